/* SPDX-License-Identifier: MIT
 * Becoming the user: completely, for good, and nobody else than one may. Each try is made in a
 * child of its own, for there is no way back from it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <grp.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "session.h"

#ifdef __SANITIZE_ADDRESS__
#define SANITIZED 1 /* stays dumpable, for LeakSanitizer */
#else
#define SANITIZED 0
#endif

enum { DAEMON = 1, NOBODY = 65534 };

/* Runs check in a child; it returns 0 when all is well, else the line that was not. */
static int in_child(int (*check)(void))
{
    int status = -1;
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0)
        _exit(check());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* The line modulo an exit status' range, so that a failure says where. */
#define NEED(condition)                                                                            \
    if (!(condition))                                                                              \
    return __LINE__ % 255 + 1

static void need_root(void)
{
    if (geteuid() != 0) {
        print_message("needs root, to become somebody else\n");
        skip();
    }
}

static struct passwd person(void)
{
    return (struct passwd){.pw_name = "nobody", .pw_uid = NOBODY, .pw_gid = NOBODY};
}

static int become_nobody(void)
{
    const char *why = NULL;
    struct passwd user = person();
    gid_t host[] = {0, 4, 27}, groups[16], expected[16];
    int count = 16;
    NEED(setgroups(3, host) == 0);
    NEED(become_user(&user, GROUPS_OF_USER, &why) == STATUS_OK);
    NEED(getgrouplist("nobody", NOBODY, expected, &count) >= 0);
    NEED(getgroups(16, groups) == count);
    for (int i = 0; i < count; i++)
        NEED(groups[i] != 0 && groups[i] != 4 && groups[i] != 27);
    NEED(getuid() == NOBODY && geteuid() == NOBODY && getgid() == NOBODY && getegid() == NOBODY);
    NEED(setresuid((uid_t)-1, 0, (uid_t)-1) != 0 && setresgid((gid_t)-1, 0, (gid_t)-1) != 0);
    NEED(setgroups(3, host) != 0);
    return 0;
}

static void root_becomes_the_user_with_his_groups_only_and_for_good(void **state)
{
    (void)state;
    need_root();
    assert_int_equal(in_child(become_nobody), 0);
}

static int become_nobody_without_groups(void)
{
    const char *why = NULL;
    struct passwd user = person();
    gid_t host[] = {0, 4, 27};
    NEED(setgroups(3, host) == 0);
    NEED(become_user(&user, GROUPS_NONE, &why) == STATUS_OK);
    NEED(getgroups(0, NULL) == 0);
    NEED(getuid() == NOBODY && geteuid() == NOBODY && getgid() == NOBODY && getegid() == NOBODY);
    NEED(setresuid((uid_t)-1, 0, (uid_t)-1) != 0 && setresgid((gid_t)-1, 0, (gid_t)-1) != 0);
    NEED(prctl(PR_GET_DUMPABLE) == 0 || SANITIZED);
    return 0;
}

static void root_becomes_the_user_with_no_groups_where_none_are_needed(void **state)
{
    (void)state;
    need_root();
    assert_int_equal(in_child(become_nobody_without_groups), 0);
}

/* su: real user the caller, effective user root. */
static int become_nobody_from_setuid_host(void)
{
    NEED(setresuid(DAEMON, 0, 0) == 0);
    return become_nobody();
}

static void a_setuid_hosts_caller_is_forgotten(void **state)
{
    (void)state;
    need_root();
    assert_int_equal(in_child(become_nobody_from_setuid_host), 0);
}

static int become_root(void)
{
    const char *why = NULL;
    struct passwd root = {.pw_name = "root"};
    NEED(become_user(&root, GROUPS_OF_USER, &why) == STATUS_REFUSED_BY_POLICY && why);
    return 0;
}

static void root_is_nobodys_session(void **state)
{
    (void)state;
    assert_int_equal(in_child(become_root), 0);
}

static int become_another(void)
{
    const char *why = NULL;
    struct passwd user = person();
    if (geteuid() == 0)
        NEED(setresuid(DAEMON, DAEMON, DAEMON) == 0);
    user.pw_uid = geteuid() + 1;
    NEED(become_user(&user, GROUPS_OF_USER, &why) == STATUS_REFUSED_BY_POLICY && why);
    return 0;
}

static void without_root_only_oneself_is_accepted(void **state)
{
    (void)state;
    assert_int_equal(in_child(become_another), 0);
}

static int become_oneself(void)
{
    const char *why = NULL;
    struct passwd user = person();
    if (geteuid() == 0) {
        NEED(setgroups(0, NULL) == 0);
        /* A setgid host: effective and saved group are not the user's. */
        NEED(setresgid(NOBODY, DAEMON, DAEMON) == 0);
        NEED(setresuid(NOBODY, NOBODY, NOBODY) == 0);
    }
    user.pw_uid = geteuid();
    NEED(become_user(&user, GROUPS_OF_USER, &why) == STATUS_OK);
    NEED(getegid() == getgid() && setresgid((gid_t)-1, DAEMON, (gid_t)-1) != 0);
    return 0;
}

static void without_root_a_setgid_hosts_group_is_dropped(void **state)
{
    (void)state;
    assert_int_equal(in_child(become_oneself), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(root_becomes_the_user_with_his_groups_only_and_for_good),
        cmocka_unit_test(root_becomes_the_user_with_no_groups_where_none_are_needed),
        cmocka_unit_test(a_setuid_hosts_caller_is_forgotten),
        cmocka_unit_test(root_is_nobodys_session),
        cmocka_unit_test(without_root_only_oneself_is_accepted),
        cmocka_unit_test(without_root_a_setgid_hosts_group_is_dropped),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
