/* SPDX-License-Identifier: MIT
 * What csolink starts with at login: the runtime directory that is believed, and an environment
 * with nothing of the host's in it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "session.h"

static char folder[] = "/tmp/csolink-test-XXXXXX";
static char runtime_dir[sizeof folder + 8];
static char bus[sizeof runtime_dir + 8];
static struct passwd user = {
    .pw_name = "alice", .pw_dir = "/home/alice", .pw_shell = "/bin/bash", .pw_uid = 1000};

static enum status check(uid_t uid)
{
    const char *why = NULL;
    enum status status = runtime_dir_check(runtime_dir, uid, &why);
    assert_true((status == STATUS_OK) == (why == NULL));
    return status;
}

static void the_users_own_closed_directory_is_believed(void **state)
{
    (void)state;
    assert_int_equal(check(geteuid()), STATUS_OK);
}

static void a_directory_of_somebody_else_is_not(void **state)
{
    (void)state;
    assert_int_equal(check(geteuid() + 1), STATUS_NO_KEYRING);
}

static void a_directory_that_others_can_enter_is_not(void **state)
{
    static const mode_t modes[] = {0701, 0704, 0710, 0750, 0777, 01700, 02700, 0600};
    (void)state;
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        chmod(runtime_dir, modes[i]);
        assert_int_equal(check(geteuid()), STATUS_NO_KEYRING);
    }
    chmod(runtime_dir, 0700);
}

static void a_link_a_file_or_nothing_is_not(void **state)
{
    (void)state;
    assert_int_equal(rmdir(runtime_dir), 0);
    assert_int_equal(check(geteuid()), STATUS_NO_KEYRING);
    assert_int_equal(symlink("/", runtime_dir), 0);
    assert_int_equal(check(0), STATUS_NO_KEYRING);
    unlink(runtime_dir);
    fclose(fopen(runtime_dir, "we"));
    chmod(runtime_dir, 0700);
    assert_int_equal(check(geteuid()), STATUS_NO_KEYRING);
    unlink(runtime_dir);
    assert_int_equal(mkdir(runtime_dir, 0700), 0);
}

static const char *const expected[] = {
    "HOME=/home/alice", "USER=alice",         "LOGNAME=alice",
    "SHELL=/bin/bash",  "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
};
enum { FIXED = sizeof expected / sizeof expected[0] };

static void assert_fixed_part(const struct environment *environment)
{
    char last[sizeof runtime_dir + 32];
    snprintf(last, sizeof last, "XDG_RUNTIME_DIR=%s", runtime_dir);
    for (size_t i = 0; i < FIXED; i++)
        assert_string_equal(environment->entry[i], expected[i]);
    assert_string_equal(environment->entry[FIXED], last);
}

static void the_environment_is_built_from_passwd_alone(void **state)
{
    struct environment environment = {0};
    const char *why = NULL;
    (void)state;
    setenv("OPENSSL_CONF", "/tmp/evil", 1);
    assert_int_equal(environment_build(&environment, &user, runtime_dir, &why), STATUS_OK);
    assert_fixed_part(&environment);
    assert_null(environment.entry[FIXED + 1]);
    environment_clear(&environment);
    assert_null(environment.entry[0]);
    unsetenv("OPENSSL_CONF");
}

static void the_bus_is_named_only_where_its_socket_is(void **state)
{
    struct environment environment = {0};
    const char *why = NULL;
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    char wanted[sizeof bus + 48];
    (void)state;
    fclose(fopen(bus, "we"));
    assert_int_equal(environment_build(&environment, &user, runtime_dir, &why), STATUS_OK);
    assert_null(environment.entry[FIXED + 1]);
    environment_clear(&environment);
    unlink(bus);

    int listening = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    strcpy(address.sun_path, bus);
    assert_int_equal(bind(listening, (struct sockaddr *)&address, sizeof address), 0);
    assert_int_equal(environment_build(&environment, &user, runtime_dir, &why), STATUS_OK);
    snprintf(wanted, sizeof wanted, "DBUS_SESSION_BUS_ADDRESS=unix:path=%s", bus);
    assert_fixed_part(&environment);
    assert_string_equal(environment.entry[FIXED + 1], wanted);
    assert_null(environment.entry[FIXED + 2]);
    environment_clear(&environment);
    close(listening);
    unlink(bus);
}

static void a_user_without_a_shell_gets_the_standard_one(void **state)
{
    struct environment environment = {0};
    struct passwd shellless = user;
    const char *why = NULL;
    char empty[] = "";
    (void)state;
    shellless.pw_shell = empty;
    assert_int_equal(environment_build(&environment, &shellless, runtime_dir, &why), STATUS_OK);
    assert_string_equal(environment.entry[3], "SHELL=/bin/sh");
    environment_clear(&environment);
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder))
        return -1;
    snprintf(runtime_dir, sizeof runtime_dir, "%s/run", folder);
    snprintf(bus, sizeof bus, "%s/bus", runtime_dir);
    return mkdir(runtime_dir, 0700);
}

static int tear_down(void **state)
{
    (void)state;
    unlink(bus);
    rmdir(runtime_dir);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_users_own_closed_directory_is_believed),
        cmocka_unit_test(a_directory_of_somebody_else_is_not),
        cmocka_unit_test(a_directory_that_others_can_enter_is_not),
        cmocka_unit_test(a_link_a_file_or_nothing_is_not),
        cmocka_unit_test(the_environment_is_built_from_passwd_alone),
        cmocka_unit_test(the_bus_is_named_only_where_its_socket_is),
        cmocka_unit_test(a_user_without_a_shell_gets_the_standard_one),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
