/* SPDX-License-Identifier: MIT
 * What csolink-net gives up before it meets a stranger's page: limits and system calls. */
#include "sandbox.h"

#include <errno.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "csolink/secret.h"

/* At the soft limit of processor time SIGXCPU ends us, by which csolink knows what happened; at the
 * hard one it would be SIGKILL. */
static const struct {
    __rlimit_resource_t resource;
    rlim_t soft, hard;
    bool keeps_hard; /* valgrind keeps that of files for itself */
} limits[] = {
    {RLIMIT_NOFILE, 64, 0, true}, /* a connection, the resolver's sockets, CA files */
    {RLIMIT_FSIZE, 0, 0, false},  /* writes no file */
    {RLIMIT_CPU, 10, 11, false},  /* pages made to be slow to parse */
};

static bool set_limits(void)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        struct rlimit limit;
        if (getrlimit(limits[i].resource, &limit) != 0)
            return false;
        limit.rlim_cur = limits[i].soft;
        if (!limits[i].keeps_hard)
            limit.rlim_max = limits[i].hard;
        if (setrlimit(limits[i].resource, &limit) != 0)
            return false;
    }
    return true;
}

/* A list of what is forbidden, not of what is allowed: curl, OpenSSL and the resolver's modules
 * call what they like from release to release. io_uring would go around the rule on sockets. */
static const int forbidden[] = {
    SCMP_SYS(execve),
    SCMP_SYS(execveat),
    SCMP_SYS(io_uring_setup),
    SCMP_SYS(add_key),
    SCMP_SYS(request_key),
    SCMP_SYS(keyctl),
    SCMP_SYS(process_vm_readv),
    SCMP_SYS(process_vm_writev),
    SCMP_SYS(fork),
    SCMP_SYS(vfork),
#ifndef __SANITIZE_ADDRESS__ /* LeakSanitizer needs it, and a process */
    SCMP_SYS(ptrace),
#endif
};

/* The resolver needs threads; a process would outlive our end and have its own processor time.
 * clone3's flags lie in memory, where a rule cannot look: without it glibc takes clone. */
static bool forbid_processes(scmp_filter_ctx filter)
{
#ifdef __SANITIZE_ADDRESS__
    (void)filter;
    return true;
#else
    const uint32_t refuse = SCMP_ACT_ERRNO(EPERM), unknown = SCMP_ACT_ERRNO(ENOSYS);
    return seccomp_rule_add(filter, unknown, SCMP_SYS(clone3), 0) == 0 &&
           seccomp_rule_add(filter, refuse, SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, CLONE_THREAD, 0)) == 0;
#endif
}

/* Local sockets lead to the session bus, and so to the keyring. */
static bool forbid_calls(void)
{
    const uint32_t refuse = SCMP_ACT_ERRNO(EPERM);
    scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
    bool good =
        filter && forbid_processes(filter) &&
        seccomp_rule_add(filter, refuse, SCMP_SYS(socket), 1, SCMP_A0(SCMP_CMP_EQ, AF_UNIX)) == 0;
    for (size_t i = 0; good && i < sizeof forbidden / sizeof *forbidden; i++)
        good = seccomp_rule_add(filter, refuse, forbidden[i], 0) == 0;
    int loaded = good ? seccomp_load(filter) : -1;
    seccomp_release(filter);
    return loaded == 0 || loaded == -EINVAL; /* a kernel without seccomp */
}

bool sandbox_enter(void)
{
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a library's word on a standard error that is a file */
    clearenv(); /* proxies, SSLKEYLOGFILE, OPENSSL_CONF, RES_OPTIONS: open's fields alone count */
    return secret_harden_process() && prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) == 0 &&
           close_range(STDERR_FILENO + 1, ~0U, 0) == 0 && set_limits() && forbid_calls();
}
