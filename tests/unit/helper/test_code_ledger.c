/* SPDX-License-Identifier: MIT
 * The ledger of time steps: none is given twice, whoever asks, whatever the clock and the period
 * do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "code/code_ledger.h"

enum { PROCESSES = 50, CLAIMS = 20, FOR_EVER = 1 << 30 };

struct claim {
    gint64 start, end;
};

static char *home;

static struct state *open_state(const char *account)
{
    struct state *state = NULL;
    assert_int_equal(state_open(&state, "practice", account), STATUS_OK);
    return state;
}

static gint64 claim(struct state *state, gint64 now, int period)
{
    gint64 start = -1;
    assert_int_equal(code_claim(state, now, period, FOR_EVER, &start), STATUS_OK);
    return start;
}

static void the_step_of_now_is_given_first_and_the_next_one_after_it(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *one = open_state("first"), *other = open_state("first");
    assert_int_equal(claim(one, 30007, 30), 30000);
    assert_int_equal(claim(other, 30007, 30), 30030);
    assert_int_equal(claim(one, 30059, 30), 30060);
    assert_int_equal(claim(one, 99000, 30), 99000);
}

static void a_step_too_far_away_is_not_claimed(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("far");
    gint64 start = 0;
    assert_int_equal(claim(state, 30007, 30), 30000);
    assert_int_equal(code_claim(state, 30007, 30, 22, &start), STATUS_BUSY);
    assert_int_equal(start, 30030);
    assert_int_equal(code_claim(state, 30007, 30, 23, &start), STATUS_OK);
    assert_int_equal(start, 30030);
}

static void a_clock_that_is_set_back_gets_no_step_again(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("back");
    for (gint64 step = 0; step < 5; step++)
        assert_int_equal(claim(state, 30000 + step * 30, 30), 30000 + step * 30);
    assert_int_equal(claim(state, 30000, 30), 30150);
    assert_int_equal(claim(state, 30095, 30), 30180);
}

static void what_the_ledger_forgot_is_not_given_again(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("forgot");
    gint64 start = 0;
    for (gint64 step = 0; step < 100; step++)
        claim(state, 30000 + step * 3600, 30);
    for (gint64 step = 0; step < 60; step++) {
        assert_int_equal(code_claim(state, 30000 + step * 3600, 30, 60, &start), STATUS_BUSY);
        assert_true(start > 30000 + step * 3600);
    }
    assert_int_equal(code_claim(state, 0, 30, 60, &start), STATUS_BUSY);
}

static void a_clock_that_was_a_year_ahead_blocks_nothing(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("ahead");
    assert_int_equal(claim(state, 30000 + 365 * 86400, 30), 30000 + 365 * 86400);
    for (gint64 step = 0; step < 100; step++)
        assert_int_equal(claim(state, 30000 + step * 30, 30), 30000 + step * 30);
}

static void a_step_of_another_period_shares_no_second_with_a_used_one(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("period");
    assert_int_equal(claim(state, 60, 60), 60);
    assert_int_equal(claim(state, 119, 2), 120);
    assert_int_equal(claim(state, 100, 30), 150);
    assert_int_equal(claim(state, 90, 60), 180);
    assert_int_equal(claim(state, 123, 7), 126);
    assert_int_equal(claim(state, 123, 300), 300);
}

static void a_damaged_ledger_neither_overflows_nor_gives_a_step_of_the_past(void **unused)
{
    static const char *const texts[] = {
        "used=9223372036854775807+9223372036854775807;", "used=30000+9223372036854775807;",
        "used=-9223372036854775808+-1;30000;x;", "before=-9223372036854775808"};
    (void)unused;
    STATE_AUTO struct state *state = open_state("damaged");
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        g_autofree char *text = g_strdup_printf("[code]\n%s\n", texts[i]);
        assert_int_equal(state_begin(state), STATUS_OK);
        assert_true(g_key_file_load_from_data(state->keys, text, strlen(text), 0, NULL));
        assert_int_equal(state_commit(state), STATUS_OK);
        assert_int_equal(claim(state, 30007, 30), 30000);
    }
    assert_int_equal(state_begin(state), STATUS_OK);
    g_key_file_set_int64(state->keys, "code", "before", G_MAXINT64);
    assert_int_equal(state_commit(state), STATUS_OK);
    gint64 start = 0;
    assert_int_equal(code_claim(state, 30007, 30, 60, &start), STATUS_BUSY);
    assert_true(start > 30007);
}

/* Each with a clock of its own, which jumps; some with another period. */
static void claim_many(int process, int out)
{
    struct state *state = NULL;
    if (state_open(&state, "practice", "many") != STATUS_OK)
        _exit(1);
    for (int i = 0; i < CLAIMS; i++) {
        int period = process % 5 == 0 ? 45 : 30;
        gint64 now = 1000000 + (process * 7919 + i * 104729) % 3600;
        struct claim made = {0};
        if (code_claim(state, now, period, FOR_EVER, &made.start) != STATUS_OK)
            _exit(1);
        made.end = made.start + period;
        if (write(out, &made, sizeof made) != (ssize_t)sizeof made)
            _exit(1);
    }
    _exit(0);
}

static int compare(const void *a, const void *b)
{
    const struct claim *one = a, *other = b;
    return (one->start > other->start) - (one->start < other->start);
}

static void a_thousand_claims_of_fifty_processes_give_no_step_twice(void **unused)
{
    (void)unused;
    static struct claim claims[PROCESSES * CLAIMS + 1];
    int ends[2], status = 0;
    assert_int_equal(pipe(ends), 0);
    for (int i = 0; i < PROCESSES; i++) {
        if (fork() == 0)
            claim_many(i, ends[1]);
    }
    close(ends[1]);
    size_t count = 0;
    while (count <= PROCESSES * CLAIMS && read(ends[0], &claims[count], sizeof claims[0]) > 0)
        count++;
    close(ends[0]);
    for (int i = 0; i < PROCESSES; i++) {
        assert_true(wait(&status) > 0);
        assert_int_equal(status, 0);
    }
    assert_int_equal(count, PROCESSES * CLAIMS);
    qsort(claims, count, sizeof claims[0], compare);
    for (size_t i = 1; i < count; i++)
        assert_true(claims[i - 1].end <= claims[i].start);
}

static int make_home(void **unused)
{
    (void)unused;
    home = g_dir_make_tmp("ledger-XXXXXX", NULL);
    return g_setenv("HOME", home, TRUE) ? 0 : -1;
}

static int remove_home(void **unused)
{
    (void)unused;
    const char *const argv[] = {"rm", "-r", home, NULL};
    gboolean good = g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL,
                                 NULL, NULL, NULL);
    g_free(home);
    return good ? 0 : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_step_of_now_is_given_first_and_the_next_one_after_it),
        cmocka_unit_test(a_step_too_far_away_is_not_claimed),
        cmocka_unit_test(a_clock_that_is_set_back_gets_no_step_again),
        cmocka_unit_test(what_the_ledger_forgot_is_not_given_again),
        cmocka_unit_test(a_clock_that_was_a_year_ahead_blocks_nothing),
        cmocka_unit_test(a_step_of_another_period_shares_no_second_with_a_used_one),
        cmocka_unit_test(a_damaged_ledger_neither_overflows_nor_gives_a_step_of_the_past),
        cmocka_unit_test(a_thousand_claims_of_fifty_processes_give_no_step_twice),
    };
    return cmocka_run_group_tests_name("code ledger", tests, make_home, remove_home);
}
