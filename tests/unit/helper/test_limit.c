/* SPDX-License-Identifier: MIT
 * The limit of sign-ons an hour: a sliding hour, and a clock that is set. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "guard/limit.h"

enum { NOW = 1800000000, MOST = 3 };

static GKeyFile *taken(const gint64 *times, size_t count)
{
    GKeyFile *keys = g_key_file_new();
    gint64 next = 0;
    for (size_t i = 0; i < count; i++)
        assert_int_equal(limit_take(keys, MOST, times[i], &next), STATUS_OK);
    return keys;
}

static void the_next_one_is_possible_when_the_oldest_is_an_hour_old(void **unused)
{
    (void)unused;
    const gint64 times[] = {NOW, NOW + 10, NOW + 20};
    g_autoptr(GKeyFile) keys = taken(times, 3);
    gint64 next = 0;
    for (int tries = 0; tries < 5; tries++)
        assert_int_equal(limit_take(keys, MOST, NOW + 30, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, NOW + LIMIT_SECONDS);
    assert_int_equal(limit_take(keys, MOST, next - 1, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(limit_take(keys, MOST, NOW + LIMIT_SECONDS, &next), STATUS_OK);
    assert_int_equal(limit_take(keys, MOST, NOW + LIMIT_SECONDS, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, NOW + 10 + LIMIT_SECONDS);
}

static void a_lower_limit_waits_for_as_many_as_it_takes(void **unused)
{
    (void)unused;
    const gint64 times[] = {NOW, NOW + 10, NOW + 20};
    g_autoptr(GKeyFile) keys = taken(times, 3);
    gint64 next = 0;
    assert_int_equal(limit_take(keys, 1, NOW + 30, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, NOW + 20 + LIMIT_SECONDS);
}

static void a_clock_that_is_set_back_frees_nothing_and_blocks_for_an_hour(void **unused)
{
    (void)unused;
    const gint64 times[] = {NOW, NOW + 10, NOW + 20};
    g_autoptr(GKeyFile) keys = taken(times, 3);
    const gint64 back = NOW - 1000000;
    gint64 next = 0;
    assert_int_equal(limit_take(keys, MOST, back, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, back + LIMIT_SECONDS);
    assert_int_equal(limit_take(keys, MOST, back + LIMIT_SECONDS - 1, &next),
                     STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, back + LIMIT_SECONDS);
    assert_int_equal(limit_take(keys, MOST, back + LIMIT_SECONDS, &next), STATUS_OK);
}

static void one_that_did_not_leave_does_not_count(void **unused)
{
    (void)unused;
    const gint64 times[] = {NOW, NOW + 10, NOW + 20};
    g_autoptr(GKeyFile) keys = taken(times, 3);
    gint64 next = 0;
    limit_give_back(keys);
    assert_int_equal(limit_take(keys, MOST, NOW + 30, &next), STATUS_OK);
    assert_int_equal(limit_take(keys, MOST, NOW + 30, &next), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(next, NOW + LIMIT_SECONDS);
}

static void what_is_damaged_counts_for_an_hour_at_most(void **unused)
{
    (void)unused;
    g_autoptr(GKeyFile) keys = g_key_file_new();
    gint64 next = 0;
    g_key_file_set_string(keys, "limit", "at", "x;;-7;99999999999999999999;");
    assert_int_equal(limit_take(keys, 2, NOW, &next), STATUS_OK);
    assert_int_equal(limit_take(keys, 2, NOW, &next), STATUS_REFUSED_BY_POLICY);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_next_one_is_possible_when_the_oldest_is_an_hour_old),
        cmocka_unit_test(a_lower_limit_waits_for_as_many_as_it_takes),
        cmocka_unit_test(a_clock_that_is_set_back_frees_nothing_and_blocks_for_an_hour),
        cmocka_unit_test(one_that_did_not_leave_does_not_count),
        cmocka_unit_test(what_is_damaged_counts_for_an_hour_at_most),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
