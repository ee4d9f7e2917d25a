/* SPDX-License-Identifier: MIT
 * csolink as csolink-session starts it, and the answer that comes when it runs. This program itself
 * is installed in csolink's place, in the throw-away machine only, and tells what it was given. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "paths.h"
#include "session.h"

enum { DAEMON = 1, NOBODY = 65534, WAIT_MS = 20000, ADM = 4, SUDO = 27 };

static const char csolink[] = CSOLINK_BINDIR "/csolink";
static const char runtime_dir[] = "/run/user/65534";
static const char request[] = "operation=capture\nuser=nobody\nsecret=Invented-Password1\n\n";
static char program[PATH_MAX];

/* --- in csolink's place --- */

static void tell_descriptors(struct record *report)
{
    DIR *folder = opendir("/proc/self/fd");
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] != '.' && atoi(entry->d_name) != dirfd(folder))
            record_add(report, "fd[]", entry->d_name);
    }
    if (folder)
        closedir(folder);
}

static void tell_targets(struct record *report)
{
    static const char *const links[] = {"/proc/self/fd/1", "/proc/self/fd/2", "/proc/self/cwd"};
    for (size_t i = 0; i < 3; i++) {
        char target[PATH_MAX] = "";
        if (readlink(links[i], target, sizeof target - 1) > 0)
            record_add(report, links[i], target);
    }
}

static void tell_identity(struct record *report)
{
    gid_t groups[64];
    int count = getgroups(64, groups);
    for (int i = 0; i < count; i++) {
        char number[16];
        snprintf(number, sizeof number, "%u", groups[i]);
        record_add(report, "group[]", number);
    }
    record_add_number(report, "uid", getuid() == geteuid() ? (long long)getuid() : -1);
    record_add_number(report, "gid", getgid() == getegid() ? (long long)getgid() : -1);
    record_add_number(report, "leads_session", getsid(0) == getpid());
    record_add_number(report, "alarm", alarm(0));
}

/* Waits until it may, so that a login that waits for it is found out. */
static int be_csolink(int argc, char **argv)
{
    struct record report = {0}, received = {0};
    enum status status = record_receive(&received, STDIN_FILENO, WAIT_MS);
    record_add(&report, "arguments", argc == 2 ? argv[1] : "");
    record_add(&report, "request", status_name(status));
    record_add(&report, "secret", status == STATUS_OK ? record_get(&received, "secret") : "");
    tell_descriptors(&report);
    tell_targets(&report);
    tell_identity(&report);
    record_clear(&received);
    if (record_receive(&received, STDIN_FILENO, WAIT_MS) == STATUS_OK)
        record_send(&report, STDIN_FILENO, WAIT_MS);
    return 0;
}

/* --- the tests --- */

/* Runs csolink-session as su does, whose caller is the real user, with more groups and descriptors
 * than it may hand on. */
static pid_t start(int socket)
{
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        gid_t groups[] = {0, SUDO};
        char *environment[] = {"LD_BIND_NOW=1", "HOME=/hostile", NULL};
        int extra = open("/dev/zero", O_RDONLY);
        if (dup2(socket, STDIN_FILENO) == 0 && extra > STDERR_FILENO &&
            dup2(extra, extra + 40) > 0 && setgroups(2, groups) == 0 &&
            setresuid(DAEMON, 0, 0) == 0)
            execve(program, (char *[]){"csolink-session", NULL}, environment);
        _exit(127);
    }
    return pid;
}

/* Starts it with the request, and returns our end of the socket after its own end. */
static int run(struct record *answer)
{
    int pair[2], status = -1;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    assert_int_equal(send(pair[0], request, strlen(request), 0), strlen(request));
    pid_t pid = start(pair[1]);
    close(pair[1]);
    assert_int_equal(record_receive(answer, pair[0], WAIT_MS), STATUS_OK);
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    enum status said = STATUS_COUNT;
    assert_true(status_from_name(record_get(answer, SESSION_KEY_STATUS), &said));
    assert_int_equal(WEXITSTATUS(status), status_exit_code(said));
    return pair[0];
}

/* What the program in csolink's place was given. */
static void run_and_ask(struct record *report)
{
    struct record answer = {0}, go = {0};
    int socket = run(&answer);
    assert_string_equal(record_get(&answer, SESSION_KEY_STATUS), "ok");
    record_add(&go, "go", "1");
    assert_int_equal(record_send(&go, socket, WAIT_MS), STATUS_OK);
    assert_int_equal(record_receive(report, socket, WAIT_MS), STATUS_OK);
    record_clear(&answer);
    record_clear(&go);
    close(socket);
}

static void assert_list(const struct record *report, const char *key, const char *expected)
{
    char list[256] = "";
    const char *value;
    for (size_t position = 0; (value = record_list(report, key, &position)) != NULL;) {
        strncat(list, value, sizeof list - strlen(list) - 2);
        strcat(list, " ");
    }
    assert_string_equal(list, expected);
}

/* The answer has come, and csolink-session ended, while csolink still waits to be told to go on. */
static void csolink_outlives_the_answer_and_finds_the_request(void **state)
{
    struct record report = {0};
    (void)state;
    run_and_ask(&report);
    assert_string_equal(record_get(&report, "arguments"), "session");
    assert_string_equal(record_get(&report, "request"), "ok");
    assert_string_equal(record_get(&report, "secret"), "Invented-Password1");
    record_clear(&report);
}

static void csolink_has_three_descriptors_and_a_session_of_its_own(void **state)
{
    struct record report = {0};
    (void)state;
    run_and_ask(&report);
    assert_list(&report, "fd[]", "0 1 2 ");
    assert_string_equal(record_get(&report, "/proc/self/fd/1"), "/dev/null");
    assert_string_equal(record_get(&report, "/proc/self/fd/2"), "/dev/null");
    assert_string_equal(record_get(&report, "/proc/self/cwd"), "/");
    assert_int_equal(record_get_number(&report, "leads_session", 0), 1);
    assert_int_equal(record_get_number(&report, "alarm", -1), 0);
    record_clear(&report);
}

static void csolink_is_the_user_with_his_groups_alone(void **state)
{
    struct record report = {0};
    gid_t groups[16];
    char expected[256] = "";
    int count = 16;
    (void)state;
    assert_true(getgrouplist("nobody", NOBODY, groups, &count) >= 0);
    for (int i = 0; i < count; i++)
        snprintf(expected + strlen(expected), sizeof expected - strlen(expected), "%u ", groups[i]);
    run_and_ask(&report);
    assert_int_equal(record_get_number(&report, "uid", 0), NOBODY);
    assert_int_equal(record_get_number(&report, "gid", 0), NOBODY);
    assert_list(&report, "group[]", expected);
    record_clear(&report);
}

static void assert_not_started(const char *reason)
{
    struct record answer = {0};
    close(run(&answer));
    assert_string_equal(record_get(&answer, SESSION_KEY_STATUS), "internal");
    assert_non_null(strstr(record_get(&answer, SESSION_KEY_DETAIL),
                           "cannot start " CSOLINK_BINDIR "/csolink: "));
    assert_non_null(strstr(record_get(&answer, SESSION_KEY_DETAIL), reason));
    record_clear(&answer);
}

static void a_csolink_that_cannot_be_started_is_told_with_its_reason(void **state)
{
    (void)state;
    assert_int_equal(chmod(csolink, 0600), 0);
    assert_not_started("Permission denied");
    assert_int_equal(unlink(csolink), 0);
    assert_not_started("No such file");
}

/* An administrator may keep csolink for a group, which csolink-session gives up before it answers. */
static void a_csolink_for_a_group_of_the_users_is_started(void **state)
{
    struct record report = {0};
    (void)state;
    assert_int_equal(system("usermod --append --groups adm nobody"), 0);
    assert_int_equal(chown(csolink, 0, ADM), 0);
    assert_int_equal(chmod(csolink, 0750), 0);
    run_and_ask(&report);
    assert_string_equal(record_get(&report, "request"), "ok");
    record_clear(&report);
    assert_int_equal(chmod(csolink, 0755), 0);
    assert_int_equal(system("usermod --groups '' nobody"), 0);
}

static void a_process_that_is_gone_is_told_with_its_reason(void **state)
{
    const struct passwd *user = getpwnam("nobody");
    const char *why = NULL;
    int go = -1, status;
    (void)state;
    assert_non_null(user);
    pid_t tester = fork();
    assert_true(tester >= 0);
    if (tester == 0) {
        bool forked = csolink_fork(user, runtime_dir, &go, &why) == STATUS_OK;
        pid_t child = -1;
        FILE *children = fopen("/proc/thread-self/children", "re");
        bool gone = forked && children && fscanf(children, "%d", &child) == 1 &&
                    kill(child, SIGKILL) == 0 && waitpid(child, NULL, 0) == child;
        _exit(gone && csolink_go(go, &why) == STATUS_INTERNAL && strstr(why, "Broken pipe") ? 0
                                                                                            : 1);
    }
    assert_int_equal(waitpid(tester, &status, 0), tester);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), 0);
}

/* The system log's socket, which a test reads or does not. */
static int open_log(void)
{
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    const struct timeval wait = {.tv_sec = WAIT_MS / 1000};
    int log = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (bind(log, (const struct sockaddr *)&address, sizeof address) != 0) {
        print_message("needs a /dev/log of its own: %s\n", strerror(errno));
        skip();
    }
    assert_int_equal(chmod(address.sun_path, 0666), 0);
    assert_int_equal(setsockopt(log, SOL_SOCKET, SO_RCVTIMEO, &wait, sizeof wait), 0);
    return log;
}

static void fill_log(void)
{
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_int_equal(connect(sender, (const struct sockaddr *)&address, sizeof address), 0);
    while (send(sender, "", 1, 0) == 1)
        continue;
    assert_int_equal(errno, EAGAIN);
    close(sender);
}

static void close_log(int log)
{
    close(log);
    unlink("/dev/log");
}

/* Runs csolink-session with a csolink that the kernel cannot execute; returns our end. */
static int run_what_is_no_program(void)
{
    struct record answer = {0};
    unlink(csolink); /* the last test's may still run */
    assert_int_equal(close(open(csolink, O_WRONLY | O_CREAT | O_EXCL, 0755)), 0);
    int socket = run(&answer);
    assert_string_equal(record_get(&answer, SESSION_KEY_STATUS), "ok");
    record_clear(&answer);
    return socket;
}

/* Found out after the answer: only the system log can still be told. */
static void a_csolink_that_is_no_program_is_told_to_the_log(void **state)
{
    char line[512] = "";
    (void)state;
    int log = open_log();
    close(run_what_is_no_program());
    assert_true(recv(log, line, sizeof line - 1, 0) > 0);
    assert_non_null(
        strstr(line, "nobody: cannot start " CSOLINK_BINDIR "/csolink: Exec format error"));
    close_log(log);
}

/* Takes the ten seconds of csolink-session's alarm. */
static void a_log_that_takes_nothing_is_not_waited_for(void **state)
{
    char byte;
    (void)state;
    int log = open_log();
    fill_log();
    int socket = run_what_is_no_program();
    struct pollfd ended = {.fd = socket, .events = POLLIN};
    assert_int_equal(poll(&ended, 1, WAIT_MS), 1);
    assert_true(recv(socket, &byte, 1, 0) <= 0);
    close(socket);
    close_log(log);
}

/* --- setting up --- */

static bool install_self(void)
{
    unlink(csolink);
    int from = open("/proc/self/exe", O_RDONLY | O_CLOEXEC);
    int to = open(csolink, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    struct stat info;
    if (from < 0 || to < 0 || fstat(from, &info) != 0 || fchmod(to, 0755) != 0 ||
        sendfile(to, from, NULL, (size_t)info.st_size) != info.st_size)
        return false;
    close(from);
    return close(to) == 0;
}

/* Every process of these tests looks up groups in a name service that leaves its file open. */
static bool install_name_service(const char *folder)
{
    char command[PATH_MAX + 128];
    snprintf(command, sizeof command,
             "cp '%s/libnss_odd.so.2' /usr/lib/ && "
             "sed -i.old '/^group:/d; $agroup: files odd' /etc/nsswitch.conf",
             folder);
    return system(command) == 0;
}

static int set_up(void **state)
{
    char self[PATH_MAX] = "", path[PATH_MAX + 32];
    (void)state;
    if (!install_self() || mkdir(runtime_dir, 0700) != 0 ||
        chown(runtime_dir, NOBODY, NOBODY) != 0 ||
        readlink("/proc/self/exe", self, sizeof self - 1) <= 0 ||
        !install_name_service(dirname(self)))
        return -1;
    snprintf(path, sizeof path, "%s/csolink-session", dirname(dirname(self)));
    return realpath(path, program) ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    unlink(csolink);
    bool restored = rename("/etc/nsswitch.conf.old", "/etc/nsswitch.conf") == 0 &&
                    unlink("/usr/lib/libnss_odd.so.2") == 0;
    return rmdir(runtime_dir) == 0 && restored ? 0 : -1;
}

int main(int argc, char **argv)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csolink_outlives_the_answer_and_finds_the_request),
        cmocka_unit_test(csolink_has_three_descriptors_and_a_session_of_its_own),
        cmocka_unit_test(csolink_is_the_user_with_his_groups_alone),
        cmocka_unit_test(a_csolink_for_a_group_of_the_users_is_started),
        cmocka_unit_test(a_process_that_is_gone_is_told_with_its_reason),
        cmocka_unit_test(a_csolink_that_is_no_program_is_told_to_the_log),
        cmocka_unit_test(a_log_that_takes_nothing_is_not_waited_for),
        cmocka_unit_test(a_csolink_that_cannot_be_started_is_told_with_its_reason),
    };
    if (strcmp(argv[0], "csolink") == 0)
        return be_csolink(argc, argv);
    /* /run/machine: what is written to /usr here is gone when the machine is. */
    if (geteuid() != 0 || access("/run/machine", F_OK) != 0) {
        print_message("needs root in a throw-away machine, to install a program: skipped\n");
        return 0;
    }
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
