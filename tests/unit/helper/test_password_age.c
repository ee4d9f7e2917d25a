/* SPDX-License-Identifier: MIT
 * The age of a password: day by day around PACER's 180, and whose date it is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "guard/guard.h"
#include "password/password_age.h"

static GDate day(GDateDay number, GDateMonth month, GDateYear year)
{
    GDate date;
    g_date_clear(&date, 1);
    g_date_set_dmy(&date, number, month, year);
    return date;
}

/* 2026-01-01 and 180 days are 2026-06-30. */
static void the_warning_begins_14_days_before_day_180(void **unused)
{
    (void)unused;
    const struct {
        GDate today;
        int days_left;
        enum password_age_verdict verdict;
    } rows[] = {
        {day(1, 1, 2026), 180, PASSWORD_AGE_FINE},   {day(15, 6, 2026), 15, PASSWORD_AGE_FINE},
        {day(16, 6, 2026), 14, PASSWORD_AGE_SOON},   {day(29, 6, 2026), 1, PASSWORD_AGE_SOON},
        {day(30, 6, 2026), 0, PASSWORD_AGE_OVER},    {day(1, 1, 2027), -185, PASSWORD_AGE_OVER},
        {day(31, 12, 2025), 181, PASSWORD_AGE_FINE}, /* a clock that was set back */
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct password_age age = password_age_on("2026-01-01", &rows[i].today);
        assert_string_equal(age.set_on, "2026-01-01");
        assert_int_equal(age.days_left, rows[i].days_left);
        assert_int_equal(age.verdict, rows[i].verdict);
        g_autofree char *warning = password_age_warning(&age, "jdoe1234");
        assert_int_equal(warning != NULL, rows[i].verdict != PASSWORD_AGE_FINE);
    }
}

static void the_29th_of_february_counts(void **unused)
{
    (void)unused;
    GDate today = day(1, 3, 2028);
    assert_int_equal(password_age_on("2028-02-28", &today).days_left, 178);
}

static void what_nobody_knows_is_not_warned_about(void **unused)
{
    (void)unused;
    static const char *const texts[] = {NULL,         "",         "yesterday",
                                        "2026-02-30", "2026-1-1", "20260101"};
    GDate today = day(1, 1, 2027);
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        struct password_age age = password_age_on(texts[i], &today);
        assert_int_equal(age.verdict, PASSWORD_AGE_UNKNOWN);
        assert_null(password_age_warning(&age, "jdoe1234"));
    }
}

static void a_day_that_cannot_be_is_named(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *word;
    } rows[] = {
        {"2026-06-30", NULL},       {"2012-01-01", NULL},         {"2026-07-01", "to come"},
        {"2011-12-31", "2012"},     {"2026-13-01", "YYYY-MM-DD"}, {"30.06.2026", "YYYY-MM-DD"},
        {"2026-06-30 ", "YYYY-MM"}, {"2026-06-3O", "YYYY-MM-DD"}, {"", "YYYY-MM-DD"},
    };
    GDate today = day(30, 6, 2026);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        const char *fault = password_age_date_fault(rows[i].text, &today);
        print_message("%s\n", rows[i].text);
        assert_int_equal(fault == NULL, rows[i].word == NULL);
        assert_true(!fault || strstr(fault, rows[i].word));
    }
}

/* --- whose date it is --- */

static struct state *new_state(void)
{
    struct state *state = g_new0(struct state, 1);
    state->keys = g_key_file_new();
    state->lock = state->folder = -1;
    return state;
}

static char *set_at(struct state *state)
{
    return g_key_file_get_string(state->keys, GUARD_PASSWORD, "set_at", NULL);
}

static void assert_set_at(struct state *state, const char *expected)
{
    g_autofree char *found = set_at(state);
    assert_string_equal(found, expected);
}

static void assert_set_today(struct state *state)
{
    struct password_age age = password_age(state);
    assert_in_range(age.days_left, PASSWORD_DAYS - 1, PASSWORD_DAYS); /* midnight */
}

static void the_same_text_stored_anew_keeps_its_date(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = new_state();
    password_age_set(state, "aa", "2026-01-01");
    password_age_set(state, "aa", NULL);
    assert_set_at(state, "2026-01-01");
    password_age_set(state, "aa", "2026-02-02");
    assert_set_at(state, "2026-02-02");
    password_age_set(state, "bb", NULL);
    assert_set_today(state);
}

static void a_new_one_is_as_old_as_pacers_word_on_it(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = new_state();
    password_age_set(state, "aa", "2026-01-01");
    password_age_accept(state, "bb");
    assert_set_today(state);
}

static void a_date_that_was_told_waits_with_its_password(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = new_state();
    password_age_set(state, "aa", "2026-01-01");
    password_age_await(state, "bb", "2026-03-03");
    assert_set_at(state, "2026-01-01");
    password_age_accept(state, "bb");
    assert_set_at(state, "2026-03-03");
    password_age_accept(state, "bb"); /* the keyring could not be written the first time */
    assert_set_at(state, "2026-03-03");
    password_age_await(state, "cc", "2026-04-04");
    password_age_accept(state, "dd");
    assert_set_today(state);
}

static void a_forgotten_account_leaves_no_date(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = new_state();
    g_key_file_set_string(state->keys, GUARD_PASSWORD, "rejected", "ff");
    password_age_set(state, "aa", "2026-01-01");
    password_age_await(state, "bb", "2026-03-03");
    password_age_forget(state);
    gsize count = 0;
    g_auto(GStrv) keys = g_key_file_get_keys(state->keys, GUARD_PASSWORD, &count, NULL);
    assert_int_equal(count, 1);
    assert_string_equal(keys[0], "rejected");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_warning_begins_14_days_before_day_180),
        cmocka_unit_test(the_29th_of_february_counts),
        cmocka_unit_test(what_nobody_knows_is_not_warned_about),
        cmocka_unit_test(a_day_that_cannot_be_is_named),
        cmocka_unit_test(the_same_text_stored_anew_keeps_its_date),
        cmocka_unit_test(a_new_one_is_as_old_as_pacers_word_on_it),
        cmocka_unit_test(a_date_that_was_told_waits_with_its_password),
        cmocka_unit_test(a_forgotten_account_leaves_no_date),
    };
    return cmocka_run_group_tests_name("password age", tests, NULL, NULL);
}
