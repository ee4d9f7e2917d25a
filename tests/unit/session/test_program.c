/* SPDX-License-Identifier: MIT
 * The built csolink-session as pam_csolink.so starts it: what it answers where it cannot go on, and
 * to whom it does not listen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

enum { NOBODY = 65534, WAIT_MS = 20000 };

static char program[PATH_MAX];

/* Runs the program as uid with fd as its standard input; returns its exit code. */
static int run(int fd, uid_t uid)
{
    int status = -1;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        int quiet = open("/dev/null", O_WRONLY | O_CLOEXEC);
        if (dup2(fd, STDIN_FILENO) == 0 && dup2(quiet, STDERR_FILENO) == STDERR_FILENO &&
            (uid == geteuid() || setresuid(uid, uid, uid) == 0))
            execl(program, program, (char *)NULL);
        _exit(127);
    }
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* Sends text as uid, and returns the answer's status; detail is what it must contain. */
static enum status ask(const char *text, uid_t uid, const char *detail)
{
    struct record answer = {0};
    enum status status = STATUS_COUNT;
    int pair[2];
    uid_t self = geteuid();
    assert_int_equal(seteuid(uid), 0);
    int made = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
    assert_int_equal(seteuid(self), 0);
    assert_int_equal(made, 0);
    assert_int_equal(send(pair[0], text, strlen(text), 0), strlen(text));
    int code = run(pair[1], uid);
    assert_int_equal(record_receive(&answer, pair[0], WAIT_MS), STATUS_OK);
    assert_true(status_from_name(record_get(&answer, SESSION_KEY_STATUS), &status));
    assert_non_null(strstr(record_get(&answer, SESSION_KEY_DETAIL), detail));
    assert_int_equal(code, status_exit_code(status));
    record_clear(&answer);
    close(pair[0]);
    close(pair[1]);
    return status;
}

static void a_user_who_does_not_exist_is_absent(void **state)
{
    (void)state;
    assert_int_equal(ask("operation=session\nuser=no-such-user\n\n", geteuid(), "no such user"),
                     STATUS_ABSENT);
}

static void root_has_no_session(void **state)
{
    (void)state;
    assert_int_equal(ask("operation=session\nuser=root\n\n", geteuid(), "root"),
                     STATUS_REFUSED_BY_POLICY);
}

static void a_bad_request_is_bad_input(void **state)
{
    (void)state;
    assert_int_equal(ask("operation=shell\nuser=root\n\n", geteuid(), "operation"),
                     STATUS_BAD_INPUT);
}

static void somebody_else_is_refused_without_root(void **state)
{
    (void)state;
    assert_int_equal(
        ask("operation=session\nuser=daemon\n\n", geteuid() == 0 ? NOBODY : geteuid(), "only root"),
        STATUS_REFUSED_BY_POLICY);
}

static void a_user_without_runtime_directory_has_no_keyring(void **state)
{
    (void)state;
    if (geteuid() != 0 || access("/run/user/65534", F_OK) == 0) {
        print_message("needs root, and no /run/user/65534\n");
        skip();
    }
    assert_int_equal(ask("operation=session\nuser=nobody\n\n", 0, "no runtime directory"),
                     STATUS_NO_KEYRING);
}

/* The process that would have been csolink is ours when csolink-session has ended. */
static void nothing_waits_any_more_when_the_answer_is_no(void **state)
{
    int status = -1;
    (void)state;
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
    assert_int_equal(ask("operation=session\nuser=root\n\n", geteuid(), "root"),
                     STATUS_REFUSED_BY_POLICY);
    assert_true(waitpid(-1, &status, 0) > 0);
    assert_true(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    assert_true(waitpid(-1, &status, 0) < 0 && errno == ECHILD);
    assert_int_equal(prctl(PR_SET_CHILD_SUBREAPER, 0), 0);
}

static void a_terminal_is_not_listened_to(void **state)
{
    (void)state;
    int terminal = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(terminal >= 0 && grantpt(terminal) == 0 && unlockpt(terminal) == 0);
    int other_end = open(ptsname(terminal), O_RDWR | O_NOCTTY | O_CLOEXEC);
    assert_true(other_end >= 0);
    assert_int_equal(run(other_end, geteuid()), EXIT_USAGE);
    close(other_end);
    close(terminal);
}

static void a_file_and_a_byte_stream_are_not_listened_to(void **state)
{
    int pair[2];
    (void)state;
    int file = open("/dev/null", O_RDONLY | O_CLOEXEC);
    assert_int_equal(run(file, geteuid()), EXIT_USAGE);
    close(file);
    assert_int_equal(socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), 0);
    assert_int_equal(run(pair[1], geteuid()), EXIT_USAGE);
    close(pair[0]);
    close(pair[1]);
}

/* $CSOLINK_BUILD, else the build that this program is part of: BUILD/unit/session/test_program. */
static int find_program(void **state)
{
    char self[PATH_MAX] = "", path[PATH_MAX];
    const char *build = getenv("CSOLINK_BUILD");
    (void)state;
    if (!build && readlink("/proc/self/exe", self, sizeof self - 1) > 0)
        build = dirname(dirname(dirname(self)));
    snprintf(path, sizeof path, "%s/csolink-session", build ? build : "build");
    return realpath(path, program) ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_user_who_does_not_exist_is_absent),
        cmocka_unit_test(root_has_no_session),
        cmocka_unit_test(a_bad_request_is_bad_input),
        cmocka_unit_test(somebody_else_is_refused_without_root),
        cmocka_unit_test(a_user_without_runtime_directory_has_no_keyring),
        cmocka_unit_test(nothing_waits_any_more_when_the_answer_is_no),
        cmocka_unit_test(a_terminal_is_not_listened_to),
        cmocka_unit_test(a_file_and_a_byte_stream_are_not_listened_to),
    };
    return cmocka_run_group_tests(tests, find_program, NULL);
}
