/* SPDX-License-Identifier: MIT
 * What a process in the sandbox can no longer do. Each attempt is made in a child of its own. */
#include "sandbox.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { POSSIBLE = 0, IMPOSSIBLE = 1 };

/* How attempt ends in a sandboxed child. */
static int in_sandbox(bool (*attempt)(void))
{
    int how = 0;
    pid_t child = fork();
    if (child == 0) {
        if (!sandbox_enter() || !sandbox_close_files(NULL))
            abort();
        _exit(attempt() ? POSSIBLE : IMPOSSIBLE);
    }
    assert_true(child > 0 && waitpid(child, &how, 0) == child);
    assert_true(WIFEXITED(how));
    return WEXITSTATUS(how);
}

static bool open_socket(int domain)
{
    int fd = socket(domain, SOCK_STREAM, 0);
    return fd >= 0 && close(fd) == 0;
}

static bool opens_a_local_socket(void)
{
    return open_socket(AF_UNIX);
}

static bool opens_an_internet_socket(void)
{
    return open_socket(AF_INET) || errno == EAFNOSUPPORT;
}

static bool starts_a_program(void)
{
    char *const arguments[] = {"true", NULL};
    execv("/bin/true", arguments); /* ends the child with 0, which is POSSIBLE */
    return errno != EPERM;
}

#ifndef __SANITIZE_ADDRESS__
static bool starts_a_process(void)
{
    pid_t child = fork();
    if (child == 0)
        _exit(0);
    return child > 0;
}
#endif

static void *nothing(void *unused)
{
    return unused;
}

static bool starts_a_thread(void)
{
    pthread_t thread;
    return pthread_create(&thread, NULL, nothing, NULL) == 0 && pthread_join(thread, NULL) == 0;
}

static bool reads_kernel_keys(void)
{
    return syscall(SYS_keyctl, 0, -4, 0) != -1 || errno != EPERM;
}

static bool reads(const char *path)
{
    int fd = open(path, O_RDONLY);
    return fd >= 0 && close(fd) == 0;
}

static bool reads_configuration(void)
{
    return reads("/etc/passwd");
}

static bool reads_another_folder(void)
{
    return reads("/tmp");
}

static bool writes_a_file(void)
{
    return open("/tmp/csolink-test-sandbox", O_WRONLY | O_CREAT, 0600) >= 0;
}

/* Else SIGKILL ends it, of which csolink cannot say why. */
static bool is_killed_at_its_limit(void)
{
    struct rlimit limit;
    return getrlimit(RLIMIT_CPU, &limit) != 0 || limit.rlim_cur >= limit.rlim_max;
}

static void it_keeps_what_https_needs(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(opens_an_internet_socket), POSSIBLE);
    assert_int_equal(in_sandbox(reads_configuration), POSSIBLE);
    assert_int_equal(in_sandbox(starts_a_thread), POSSIBLE);
}

static void it_cannot_reach_the_bus_the_keyring_or_kernel_keys(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(opens_a_local_socket), IMPOSSIBLE);
    assert_int_equal(in_sandbox(reads_kernel_keys), IMPOSSIBLE);
}

static void it_starts_no_program(void **state)
{
    (void)state;
    /* Not IMPOSSIBLE: valgrind ends the child when an exec fails. */
    assert_int_not_equal(in_sandbox(starts_a_program), POSSIBLE);
}

#ifndef __SANITIZE_ADDRESS__ /* LeakSanitizer needs one */
static void it_starts_no_process(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(starts_a_process), IMPOSSIBLE);
}
#endif

static void it_reads_and_writes_no_other_file(void **state)
{
    (void)state;
    if (syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION) < 1) {
        print_message("this kernel has no Landlock\n");
        skip();
    }
    assert_int_equal(in_sandbox(reads_another_folder), IMPOSSIBLE);
    assert_int_equal(in_sandbox(writes_a_file), IMPOSSIBLE);
}

static void a_signal_tells_that_its_processor_time_is_over(void **state)
{
    (void)state;
    assert_int_equal(in_sandbox(is_killed_at_its_limit), IMPOSSIBLE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_keeps_what_https_needs),
        cmocka_unit_test(it_cannot_reach_the_bus_the_keyring_or_kernel_keys),
        cmocka_unit_test(it_starts_no_program),
#ifndef __SANITIZE_ADDRESS__
        cmocka_unit_test(it_starts_no_process),
#endif
        cmocka_unit_test(it_reads_and_writes_no_other_file),
        cmocka_unit_test(a_signal_tells_that_its_processor_time_is_over),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
