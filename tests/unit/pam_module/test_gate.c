/* SPDX-License-Identifier: MIT
 * Whose sessions are ours: the two rules of the gate, without PAM. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "internal.h"

static const struct options options = {.ignore_service = "cron,su,su-l", .minimum_uid = 1000};

static void a_listed_service_is_ignored(void **state)
{
    (void)state;
    assert_non_null(gate_service(&options, "cron"));
    assert_non_null(gate_service(&options, "su"));
    assert_non_null(gate_service(&options, "su-l"));
}

static void a_service_that_only_resembles_a_listed_one_is_not_ignored(void **state)
{
    static const char *const names[] = {"sshd", "cro", "cronx", "u", "su-", "cron,su", "", NULL};
    const struct options none = {.ignore_service = ""};
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
        assert_null(gate_service(&options, names[i]));
    assert_null(gate_service(&none, ""));
    assert_null(gate_service(&none, "cron"));
}

static void a_person_is_admitted_when_the_host_is_root_or_herself(void **state)
{
    const struct passwd person = {.pw_uid = 1000};
    (void)state;
    assert_null(gate_user(&options, &person, 0));
    assert_null(gate_user(&options, &person, 1000));
}

static void a_host_that_is_somebody_else_is_refused(void **state)
{
    const struct passwd person = {.pw_uid = 1000};
    (void)state;
    assert_non_null(gate_user(&options, &person, 1001));
    assert_non_null(gate_user(&options, &person, 1));
}

static void root_and_system_users_are_refused(void **state)
{
    const struct options lowest = {.minimum_uid = 0};
    const struct passwd root = {.pw_uid = 0}, greeter = {.pw_uid = 999};
    (void)state;
    assert_non_null(gate_user(&lowest, &root, 0));
    assert_non_null(gate_user(&options, &root, 0));
    assert_non_null(gate_user(&options, &greeter, 0));
    assert_null(gate_user(&lowest, &greeter, 0));
}

static void a_user_without_passwd_entry_is_refused(void **state)
{
    (void)state;
    assert_non_null(gate_user(&options, NULL, 0));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_listed_service_is_ignored),
        cmocka_unit_test(a_service_that_only_resembles_a_listed_one_is_not_ignored),
        cmocka_unit_test(a_person_is_admitted_when_the_host_is_root_or_herself),
        cmocka_unit_test(a_host_that_is_somebody_else_is_refused),
        cmocka_unit_test(root_and_system_users_are_refused),
        cmocka_unit_test(a_user_without_passwd_entry_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
