/* SPDX-License-Identifier: MIT
 * What csolink-net gives up before it meets a stranger's page: limits and system calls. */
#include "sandbox.h"

#include <errno.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "csolink/secret.h"

static const struct {
    __rlimit_resource_t resource;
    rlim_t most;
} limits[] = {
    {RLIMIT_NOFILE, 64}, /* a connection, the resolver's sockets, CA files */
    {RLIMIT_FSIZE,  0 }, /* writes no file */
    {RLIMIT_CPU,    20}, /* a page made to be slow to parse */
};

static bool set_limits(void)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].resource, &limit) != 0)
            return false;
        limit.rlim_cur = limits[i].most;
        if (limits[i].resource != RLIMIT_NOFILE) /* valgrind keeps this hard limit */
            limit.rlim_max = limits[i].most;
        if (setrlimit(limits[i].resource, &limit) != 0)
            return false;
    }
    return true;
}

#if defined(__x86_64__)
#define OUR_ARCH AUDIT_ARCH_X86_64
#elif defined(__aarch64__)
#define OUR_ARCH AUDIT_ARCH_AARCH64
#endif

#ifdef OUR_ARCH
#define LOAD(field)       BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, field))
#define ANSWER(what)      BPF_STMT(BPF_RET | BPF_K, (what))
#define UNLESS(value, n)  BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (value), 0, (n))
#define NOT_PERMITTED     ANSWER(SECCOMP_RET_ERRNO | EPERM)
#define FORBID(number)    UNLESS((number), 1), NOT_PERMITTED
#define X32_SYSCALL_FIRST 0x40000000 /* x86_64's second set of numbers for the same calls */

/* A list of what is forbidden, not of what is allowed: curl, OpenSSL and the resolver's modules
 * call what they like from release to release. io_uring would go around the rule on sockets. */
static struct sock_filter filter[] = {
    LOAD(arch),
    UNLESS(OUR_ARCH, 1),
    BPF_JUMP(BPF_JMP | BPF_JA, 1, 0, 0),
    ANSWER(SECCOMP_RET_KILL_PROCESS),
    LOAD(nr),
    BPF_JUMP(BPF_JMP | BPF_JGE | BPF_K, X32_SYSCALL_FIRST, 0, 1),
    NOT_PERMITTED,
    FORBID(SYS_execve),
    FORBID(SYS_execveat),
    FORBID(SYS_io_uring_setup),
    FORBID(SYS_add_key),
    FORBID(SYS_request_key),
    FORBID(SYS_keyctl),
    FORBID(SYS_process_vm_readv),
    FORBID(SYS_process_vm_writev),
#ifndef __SANITIZE_ADDRESS__ /* LeakSanitizer needs it */
    FORBID(SYS_ptrace),
#endif
    UNLESS(SYS_socket, 3),
    LOAD(args[0]), /* its low half: both machines are little-endian */
    UNLESS(AF_UNIX, 1),
    NOT_PERMITTED,
    ANSWER(SECCOMP_RET_ALLOW),
};

static bool forbid_calls(void)
{
    const struct sock_fprog program = {.len = sizeof filter / sizeof *filter, .filter = filter};
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0 || errno == EINVAL;
}
#else
static bool forbid_calls(void)
{
    return true;
}
#endif

bool sandbox_enter(void)
{
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a library's word on a standard error that is a file */
    clearenv(); /* proxies, SSLKEYLOGFILE, OPENSSL_CONF, RES_OPTIONS: open's fields alone count */
    return secret_harden_process() && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
           close_range(STDERR_FILENO + 1, ~0U, 0) == 0 && set_limits() && forbid_calls();
}
