/* SPDX-License-Identifier: MIT
 * Running the helper inside a host: every way it can behave, and that the host notices nothing.
 * The helpers are scripts in a temporary folder; their descriptor 0 is the socket. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"
#include "open_fds.h"

/* Far above what any helper needs that answers, and what a hanging one is given. */
enum { PLENTY_MS = 20000, LITTLE_MS = 300, SLACK_MS = 1000 };

static char folder[] = "/tmp/csolink-test-XXXXXX";
static char helper[sizeof folder + 8];

static void write_helper(const char *script)
{
    FILE *file = fopen(helper, "we");
    assert_non_null(file);
    fprintf(file, "#!/bin/sh\n%s\n", script);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(helper, 0700), 0);
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

static long long took_ms;

/* Asks the helper at path, and checks what must hold after every call. */
static struct answer ask_path(const char *path, int timeout_ms)
{
    struct record request = {0};
    struct answer answer = {0};
    int before = count_fds();
    record_add(&request, "operation", "session");
    record_add(&request, "user", "alice");
    long long start = now_ms();
    helper_ask(path, &request, timeout_ms, &answer);
    took_ms = now_ms() - start;
    record_clear(&request);
    assert_int_equal(count_fds(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    assert_int_equal(errno, ECHILD);
    return answer;
}

static struct answer ask(const char *script, int timeout_ms)
{
    write_helper(script);
    return ask_path(helper, timeout_ms);
}

/* Fails with the detail in which the script says what was wrong. */
static void assert_ok(struct answer answer)
{
    assert_string_equal(answer.detail, "");
    assert_int_equal(answer.status, STATUS_OK);
}

#define OK "printf 'status=ok\\n\\n' >&0;"

static void an_answer_is_returned(void **state)
{
    (void)state;
    assert_ok(ask(OK, PLENTY_MS));
    struct answer answer = ask("printf 'status=busy\\ndetail=later\\n\\n' >&0", PLENTY_MS);
    assert_int_equal(answer.status, STATUS_BUSY);
    assert_string_equal(answer.detail, "later");
}

static void the_request_arrives_as_one_message(void **state)
{
    (void)state;
    assert_ok(ask("dd bs=4096 count=1 of=\"$0.seen\" 2>&1;"
                  "printf 'operation=session\\nuser=alice\\n\\n' | cmp -s - \"$0.seen\" &&" OK,
                  PLENTY_MS));
}

static void a_helper_that_hangs_is_killed_at_the_deadline(void **state)
{
    (void)state;
    struct answer answer = ask("trap '' TERM; exec sleep 600", LITTLE_MS);
    assert_int_equal(answer.status, STATUS_TIMED_OUT);
    assert_in_range(took_ms, LITTLE_MS, LITTLE_MS + SLACK_MS);
}

static void a_helper_that_lingers_after_its_answer_is_killed_at_the_deadline(void **state)
{
    (void)state;
    struct answer answer = ask(OK "exec sleep 600", LITTLE_MS);
    assert_int_equal(answer.status, STATUS_TIMED_OUT);
    assert_in_range(took_ms, LITTLE_MS, LITTLE_MS + SLACK_MS);
}

static void a_helper_that_closes_the_socket_and_lingers_is_killed(void **state)
{
    (void)state;
    struct answer answer = ask("exec sleep 600 0</dev/null", LITTLE_MS);
    assert_int_equal(answer.status, STATUS_TIMED_OUT);
    assert_in_range(took_ms, LITTLE_MS, LITTLE_MS + SLACK_MS);
}

static void background_work_of_the_helper_is_not_waited_for(void **state)
{
    char path[sizeof helper + 8];
    int pid = 0;
    (void)state;
    assert_ok(ask("sleep 600 & echo $! >\"$0.pid\"; " OK, PLENTY_MS));
    assert_true(took_ms < PLENTY_MS);
    snprintf(path, sizeof path, "%s.pid", helper);
    FILE *file = fopen(path, "re");
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%d", &pid), 1);
    fclose(file);
    assert_int_equal(kill(pid, SIGKILL), 0);
}

static void a_helper_that_crashes_or_is_silent_is_an_internal_error(void **state)
{
    (void)state;
    assert_int_equal(ask("kill -SEGV $$", PLENTY_MS).status, STATUS_INTERNAL);
    assert_int_equal(ask("exit 0", PLENTY_MS).status, STATUS_INTERNAL);
    assert_true(took_ms < PLENTY_MS);
}

static void an_answer_counts_before_a_crash(void **state)
{
    (void)state;
    assert_ok(ask(OK "kill -SEGV $$", PLENTY_MS));
}

static void garbage_is_bad_input(void **state)
{
    (void)state;
    assert_int_equal(ask("printf 'hello' >&0", PLENTY_MS).status, STATUS_BAD_INPUT);
    assert_int_equal(ask("head -c 513 /dev/zero >&0", PLENTY_MS).status, STATUS_BAD_INPUT);
}

static void a_flood_ends_with_the_first_message(void **state)
{
    (void)state;
    assert_int_equal(ask("exec cat /dev/zero >&0", PLENTY_MS).status, STATUS_BAD_INPUT);
    assert_true(took_ms < PLENTY_MS);
    assert_ok(ask("while printf 'status=ok\\n\\n' >&0; do :; done", PLENTY_MS));
    assert_true(took_ms < PLENTY_MS);
}

static void a_helper_that_cannot_be_started_is_an_internal_error(void **state)
{
    (void)state;
    struct answer answer = ask_path("/nonexistent/csolink-session", PLENTY_MS);
    assert_int_equal(answer.status, STATUS_INTERNAL);
    assert_non_null(strstr(answer.detail, "/nonexistent/csolink-session: No such file"));
    write_helper(OK);
    assert_int_equal(chmod(helper, 0600), 0);
    answer = ask_path(helper, PLENTY_MS);
    assert_int_equal(answer.status, STATUS_INTERNAL);
    assert_non_null(strstr(answer.detail, "Permission denied"));
}

static void set_fd_limit(rlim_t soft)
{
    struct rlimit limit;
    getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = soft;
    setrlimit(RLIMIT_NOFILE, &limit);
}

/* Fills the descriptor table up to its limit, but for room at its end. */
static void fill_fds(int limit, int room)
{
    while (fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) >= 0)
        continue;
    for (int i = 1; i <= room; i++)
        close(limit - i);
}

static void a_full_descriptor_table_leaves_nothing_behind(void **state)
{
    enum { LIMIT = 64, ENOUGH = 3 };
    struct rlimit old;
    (void)state;
    write_helper(OK);
    getrlimit(RLIMIT_NOFILE, &old);
    for (int room = 0; room <= ENOUGH; room++) {
        struct record request = {0};
        struct answer answer = {0};
        set_fd_limit(LIMIT);
        int first = dup(STDERR_FILENO);
        fill_fds(LIMIT, room);
        helper_ask(helper, &request, PLENTY_MS, &answer);
        int left = 0;
        for (int i = 1; i <= room; i++)
            left += fcntl(LIMIT - i, F_GETFD) >= 0;
        close_range((unsigned)first, LIMIT - 1, 0);
        set_fd_limit(old.rlim_cur);
        assert_int_equal(left, 0);
        assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
        assert_int_equal(answer.status, room < ENOUGH ? STATUS_INTERNAL : STATUS_OK);
    }
}

/* glibc's posix_spawn(3) leaves its own signals 32 and 33 ignored in the child: 180000000. The
 * masks are read without another process: dash blocks everything while it starts one. */
static void the_helper_sees_nothing_of_the_host(void **state)
{
    sigset_t blocked, old;
    int leaked = fcntl(STDERR_FILENO, F_DUPFD, 70);
    (void)state;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigprocmask(SIG_BLOCK, &blocked, &old);
    signal(SIGPIPE, SIG_IGN);
    setenv("LD_AUDIT_OF_THE_HOST", "1", 1);
    struct answer answer =
        ask("no() { printf 'status=internal\\ndetail=%s\\n\\n' \"$1\" >&0; exit; }\n"
            "[ -e /proc/$$/fd/70 ] && no 'a descriptor'\n"
            "[ \"$(readlink /proc/$$/fd/1)$(readlink /proc/$$/fd/2)\" = /dev/null/dev/null ] ||"
            " no 'standard output'\n"
            "[ -z \"$(tr '\\0' x </proc/$$/environ)\" ] || no 'an environment'\n"
            "while read -r name mask; do case $name$mask in\n"
            "SigBlk:*[1-9a-f]*) no 'blocked signals';;\n"
            "SigIgn:0000000180000000) ;;\n"
            "SigIgn:*[1-9a-f]*) no 'ignored signals';;\n"
            "esac; done </proc/$$/status\n"
            "read -r _ _ _ _ _ session _ </proc/$$/stat\n"
            "[ \"$session\" = $$ ] || no 'the session'\n" OK,
            PLENTY_MS);
    unsetenv("LD_AUDIT_OF_THE_HOST");
    signal(SIGPIPE, SIG_DFL);
    sigprocmask(SIG_SETMASK, &old, NULL);
    close(leaked);
    assert_ok(answer);
}

static void a_host_that_ignores_sigchld_gets_its_answer_and_keeps_ignoring(void **state)
{
    struct sigaction now;
    (void)state;
    signal(SIGCHLD, SIG_IGN);
    struct answer answer = ask(OK, PLENTY_MS);
    sigaction(SIGCHLD, NULL, &now);
    signal(SIGCHLD, SIG_DFL);
    assert_ok(answer);
    assert_ptr_equal(now.sa_handler, SIG_IGN);
}

static void reap_all(int signal_number)
{
    int saved = errno;
    (void)signal_number;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        continue;
    errno = saved;
}

static void a_host_that_reaps_everything_gets_its_answer_and_keeps_its_handler(void **state)
{
    const struct sigaction reaping = {.sa_handler = reap_all};
    struct sigaction now;
    (void)state;
    sigaction(SIGCHLD, &reaping, NULL);
    struct answer answer = ask(OK, PLENTY_MS);
    struct answer late = ask("exec sleep 600", LITTLE_MS);
    sigaction(SIGCHLD, NULL, &now);
    signal(SIGCHLD, SIG_DFL);
    assert_ok(answer);
    assert_int_equal(late.status, STATUS_TIMED_OUT);
    assert_ptr_equal(now.sa_handler, reap_all);
}

/* What the host's threads print meanwhile must not go into our socket. */
static void a_host_without_standard_descriptors_gets_its_answer(void **state)
{
    int saved[3];
    (void)state;
    write_helper("for fd in 0 1 2; do\n"
                 "case $(readlink /proc/$PPID/fd/$fd) in socket:*) exit 1;; esac; done\n" OK);
    for (int fd = 0; fd < 3; fd++) {
        saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, 80);
        close(fd);
    }
    struct record request = {0};
    struct answer answer = {0};
    helper_ask(helper, &request, PLENTY_MS, &answer);
    int left = 0;
    for (int fd = 0; fd < 3; fd++) {
        left += fcntl(fd, F_GETFD) >= 0;
        dup2(saved[fd], fd);
        close(saved[fd]);
    }
    assert_ok(answer);
    assert_int_equal(left, 0);
}

static void signals_do_not_prolong_the_deadline(void **state)
{
    const struct itimerval every = {.it_interval.tv_usec = 20000, .it_value.tv_usec = 20000};
    const struct itimerval never = {0};
    const struct sigaction interrupt = {.sa_handler = reap_all};
    (void)state;
    sigaction(SIGALRM, &interrupt, NULL);
    setitimer(ITIMER_REAL, &every, NULL);
    struct answer answer = ask("exec sleep 600", LITTLE_MS);
    setitimer(ITIMER_REAL, &never, NULL);
    signal(SIGALRM, SIG_DFL);
    assert_int_equal(answer.status, STATUS_TIMED_OUT);
    assert_in_range(took_ms, LITTLE_MS, LITTLE_MS + SLACK_MS);
}

static int make_folder(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(helper, sizeof helper, "%s/helper", folder);
    return 0;
}

static int remove_folder(void **state)
{
    static const char *const names[] = {"helper", "helper.pid", "helper.seen"};
    char path[sizeof folder + 16];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_returned),
        cmocka_unit_test(the_request_arrives_as_one_message),
        cmocka_unit_test(a_helper_that_hangs_is_killed_at_the_deadline),
        cmocka_unit_test(a_helper_that_lingers_after_its_answer_is_killed_at_the_deadline),
        cmocka_unit_test(a_helper_that_closes_the_socket_and_lingers_is_killed),
        cmocka_unit_test(background_work_of_the_helper_is_not_waited_for),
        cmocka_unit_test(a_helper_that_crashes_or_is_silent_is_an_internal_error),
        cmocka_unit_test(an_answer_counts_before_a_crash),
        cmocka_unit_test(garbage_is_bad_input),
        cmocka_unit_test(a_flood_ends_with_the_first_message),
        cmocka_unit_test(a_helper_that_cannot_be_started_is_an_internal_error),
        cmocka_unit_test(a_full_descriptor_table_leaves_nothing_behind),
        cmocka_unit_test(the_helper_sees_nothing_of_the_host),
        cmocka_unit_test(a_host_that_ignores_sigchld_gets_its_answer_and_keeps_ignoring),
        cmocka_unit_test(a_host_that_reaps_everything_gets_its_answer_and_keeps_its_handler),
        cmocka_unit_test(a_host_without_standard_descriptors_gets_its_answer),
        cmocka_unit_test(signals_do_not_prolong_the_deadline),
    };
    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
