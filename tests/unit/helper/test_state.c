/* SPDX-License-Identifier: MIT
 * State files and the guard: durable, shared, and refused where they cannot be kept. */
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "court/link_state.h"
#include "guard/guard.h"
#include "state/state.h"

static char *home;

static char *state_path(const char *name)
{
    return g_build_filename(home, ".local", "state", "csolink", "practice", name, NULL);
}

static struct state *open_state(const char *account)
{
    struct state *state = NULL;
    assert_int_equal(state_open(&state, "practice", account), STATUS_OK);
    return state;
}

static void what_is_committed_is_read_back(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *one = open_state("a/../b.c"), *two = open_state("a/../b.c");
    assert_int_equal(state_begin(one), STATUS_OK);
    g_key_file_set_string(one->keys, "group", "key", "value");
    assert_int_equal(state_commit(one), STATUS_OK);
    assert_int_equal(state_refresh(two), STATUS_OK);
    g_autofree char *value = g_key_file_get_string(two->keys, "group", "key", NULL);
    assert_string_equal(value, "value");
    g_autofree char *path = state_path("a%2F%2E%2E%2Fb%2Ec.state");
    struct stat info;
    assert_int_equal(stat(path, &info), 0);
    assert_int_equal(info.st_mode & 0777, 0600);
    g_auto(GStrv) accounts = NULL;
    assert_int_equal(state_accounts("practice", &accounts), STATUS_OK);
    assert_true(g_strv_contains((const char *const *)accounts, "a/../b.c"));
}

static void a_writer_that_dies_blocks_nobody(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("dies");
    pid_t child = fork();
    if (child == 0) {
        struct state *other = open_state("dies");
        state_begin(other);
        _exit(0);
    }
    waitpid(child, NULL, 0);
    assert_int_equal(state_begin(state), STATUS_OK);
    assert_int_equal(state_commit(state), STATUS_OK);
}

static void writers_at_once_lose_nothing(void **unused)
{
    (void)unused;
    enum { WRITERS = 8, WRITES = 25 };
    for (int i = 0; i < WRITERS; i++) {
        if (fork() == 0) {
            struct state *own = open_state("many");
            for (int n = 0; n < WRITES; n++) {
                state_begin(own);
                int count = g_key_file_get_integer(own->keys, "g", "count", NULL);
                g_key_file_set_integer(own->keys, "g", "count", count + 1);
                state_commit(own);
            }
            _exit(0);
        }
    }
    while (wait(NULL) > 0)
        continue;
    STATE_AUTO struct state *state = open_state("many");
    assert_int_equal(g_key_file_get_integer(state->keys, "g", "count", NULL), WRITERS * WRITES);
}

static void a_damaged_file_is_set_aside(void **unused)
{
    (void)unused;
    g_autofree char *path = state_path("damaged.state"), *aside = state_path("damaged.damaged");
    assert_true(g_file_set_contents(path, "no key file at all\n", -1, NULL));
    STATE_AUTO struct state *state = open_state("damaged");
    assert_int_equal(access(aside, F_OK), 0);
    assert_int_not_equal(access(path, F_OK), 0);
}

static void a_pipe_in_place_of_the_file_is_not_waited_for(void **unused)
{
    (void)unused;
    g_autofree char *path = state_path("pipe.state");
    struct state *state = NULL;
    assert_int_equal(mkfifo(path, 0600), 0);
    alarm(5);
    assert_int_equal(state_open(&state, "practice", "pipe"), STATUS_INTERNAL);
    alarm(0);
}

static void a_link_in_place_of_the_file_is_not_followed(void **unused)
{
    (void)unused;
    struct state *state = NULL;
    g_autofree char *path = state_path("link.state");
    assert_int_equal(symlink("/etc/hostname", path), 0);
    assert_int_equal(state_open(&state, "practice", "link"), STATUS_INTERNAL);
    unlink(path);
}

static void the_run_lock_has_one_holder_and_a_deadline(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *one = open_state("lock"), *two = open_state("lock");
    int first = -1, second = -1;
    assert_int_equal(state_lock_run(one, 0, &first), STATUS_OK);
    assert_int_equal(state_lock_run(two, 60, &second), STATUS_BUSY);
    close(first);
    assert_int_equal(state_lock_run(two, 0, &second), STATUS_OK);
    close(second);
}

static void a_refused_secret_stays_refused(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("guard"), *later = NULL;
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f1"), STATUS_OK);
    assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f1", GUARD_REFUSED), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f2"), STATUS_OK);
    assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f2", GUARD_ACCEPTED), STATUS_OK);
    later = open_state("guard");
    assert_int_equal(guard_verdict(later, GUARD_PASSWORD, "f1"), STATUS_REJECTED);
    assert_int_equal(guard_sending(later, GUARD_PASSWORD, "f1"), STATUS_REJECTED);
    assert_int_equal(guard_verdict(later, GUARD_PASSWORD, "f2"), STATUS_OK);
    assert_int_equal(guard_verdict(later, "filing alnd", "f1"), STATUS_OK);
    assert_int_equal(guard_forget(later, GUARD_PASSWORD, "f1"), STATUS_OK);
    assert_int_equal(guard_verdict(later, GUARD_PASSWORD, "f1"), STATUS_OK);
}

static void an_unanswered_secret_gets_one_more_try(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("unanswered");
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f", GUARD_UNUSED), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_OK);
}

static void one_that_did_not_leave_does_not_excuse_one_that_did(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("flapping");
    for (int sending = 0; sending < 2; sending++) {
        assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_OK);
        assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f", GUARD_UNUSED), STATUS_OK);
        assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_OK);
        assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f", GUARD_NO_ANSWER), STATUS_OK);
    }
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f"), STATUS_REFUSED_BY_POLICY);
}

static void another_secret_does_not_excuse_an_unanswered_one(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("another");
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f1"), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f1"), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f2"), STATUS_OK);
    assert_int_equal(guard_settle(state, GUARD_PASSWORD, "f2", GUARD_REFUSED), STATUS_OK);
    assert_int_equal(guard_sending(state, GUARD_PASSWORD, "f1"), STATUS_REFUSED_BY_POLICY);
    assert_int_equal(guard_forget(state, GUARD_PASSWORD, "f1"), STATUS_OK);
    assert_int_equal(guard_forget(state, GUARD_PASSWORD, "f2"), STATUS_OK);
    assert_false(guard_has_refusals(state, GUARD_PASSWORD));
}

static void outcomes_say_when_a_get_may_try_again(void **unused)
{
    (void)unused;
    static const struct {
        enum status status;
        bool about_filing;
        int age;
        bool asked, person, may;
    } rows[] = {
        {STATUS_OFFLINE, false, 10, false, true, false},
        {STATUS_OFFLINE, false, 300, false, false, true},
        {STATUS_TIMED_OUT, false, 301, false, false, true},
        {STATUS_COURT_ERROR, false, 299, false, false, false},
        {STATUS_OFFLINE, false, -10, false, false, true},
        {STATUS_NEEDS_PERSON, false, 9999, false, false, false},
        {STATUS_NEEDS_PERSON, false, 0, false, true, true},
        {STATUS_NEEDS_ACKNOWLEDGEMENT, false, 0, true, true, false},
        {STATUS_REJECTED, false, 0, false, false, true},
        {STATUS_REJECTED, true, 9999, false, true, false},
        {STATUS_CANCELLED, false, 9999, false, true, false},
        {STATUS_PAGE_NOT_RECOGNISED, false, 9999, false, true, false},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct outcome outcome = {.known = true,
                                  .status = rows[i].status,
                                  .about_filing = rows[i].about_filing,
                                  .asked = rows[i].asked,
                                  .at = 5000,
                                  .run = 1};
        print_message("%s\n", status_name(rows[i].status));
        assert_int_equal(link_may_retry(&outcome, 5000 + rows[i].age, rows[i].person), rows[i].may);
    }
}

static void an_outcome_counts_runs_and_a_new_secret_forgets_it(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("outcome");
    assert_int_equal(link_record(state, "alnd", STATUS_REJECTED, true, false, 0), STATUS_OK);
    assert_int_equal(link_record(state, "alnd", STATUS_INTERNAL, false, false, 0), STATUS_OK);
    struct outcome outcome = link_outcome(state, "alnd");
    assert_true(outcome.known && outcome.about_filing);
    assert_int_equal(outcome.status, STATUS_REJECTED);
    assert_int_equal(outcome.run, link_last_run(state));
    assert_int_equal(link_forget_outcomes(state, "alnb"), STATUS_OK);
    assert_true(link_outcome(state, "alnd").known);
    assert_int_equal(link_forget_outcomes(state, NULL), STATUS_OK);
    assert_false(link_outcome(state, "alnd").known);
    assert_false(link_is_linked(state, "alnd"));
    assert_int_equal(link_record(state, "alnd", STATUS_OK, false, false, 0), STATUS_OK);
    assert_true(link_is_linked(state, "alnd"));
}

static void a_no_to_the_names_outlives_secrets_that_are_not_the_courts(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("no");
    assert_int_equal(link_answer_names(state, "alnd", false), STATUS_OK);
    assert_int_equal(link_record(state, "alnd", STATUS_NAMES_DIFFER, false, false, 0), STATUS_OK);
    assert_int_equal(link_forget_outcomes(state, NULL), STATUS_OK);
    assert_int_equal(link_outcome(state, "alnd").status, STATUS_NAMES_DIFFER);
    assert_int_equal(link_forget_outcomes(state, "alnd"), STATUS_OK);
    assert_false(link_outcome(state, "alnd").known);
}

static void a_no_to_the_names_outlives_other_ends_until_a_yes_or_the_link(void **unused)
{
    (void)unused;
    STATE_AUTO struct state *state = open_state("other-ends");
    static const enum status ends[] = {STATUS_COURT_ERROR, STATUS_NEEDS_PERSON, STATUS_CANCELLED};
    assert_int_equal(link_answer_names(state, "alnd", false), STATUS_OK);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        assert_int_equal(link_record(state, "alnd", ends[i], false, false, 0), STATUS_OK);
        struct outcome outcome = link_outcome(state, "alnd");
        assert_true(outcome.known && outcome.said_no);
        assert_int_equal(outcome.status,
                         ends[i] == STATUS_NEEDS_PERSON ? ends[i] : STATUS_NAMES_DIFFER);
        assert_false(link_may_retry(&outcome, outcome.at + 7200, true));
    }
    assert_int_equal(link_answer_names(state, "alnd", true), STATUS_OK);
    assert_int_equal(link_outcome(state, "alnd").status, STATUS_CANCELLED);
    assert_int_equal(link_answer_names(state, "alnd", false), STATUS_OK);
    assert_int_equal(link_record(state, "alnd", STATUS_OK, false, false, 0), STATUS_OK);
    assert_false(link_outcome(state, "alnd").said_no);
}

static int make_home(void **unused)
{
    (void)unused;
    home = g_dir_make_tmp("state-XXXXXX", NULL);
    return g_setenv("HOME", home, TRUE) ? 0 : -1;
}

static int remove_home(void **unused)
{
    (void)unused;
    const char *const argv[] = {"rm", "-r", home, NULL};
    return g_spawn_sync(NULL, (char **)argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL,
                        NULL, NULL)
               ? 0
               : -1;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_committed_is_read_back),
        cmocka_unit_test(a_writer_that_dies_blocks_nobody),
        cmocka_unit_test(writers_at_once_lose_nothing),
        cmocka_unit_test(a_damaged_file_is_set_aside),
        cmocka_unit_test(a_pipe_in_place_of_the_file_is_not_waited_for),
        cmocka_unit_test(a_link_in_place_of_the_file_is_not_followed),
        cmocka_unit_test(the_run_lock_has_one_holder_and_a_deadline),
        cmocka_unit_test(a_refused_secret_stays_refused),
        cmocka_unit_test(an_unanswered_secret_gets_one_more_try),
        cmocka_unit_test(one_that_did_not_leave_does_not_excuse_one_that_did),
        cmocka_unit_test(another_secret_does_not_excuse_an_unanswered_one),
        cmocka_unit_test(outcomes_say_when_a_get_may_try_again),
        cmocka_unit_test(an_outcome_counts_runs_and_a_new_secret_forgets_it),
        cmocka_unit_test(a_no_to_the_names_outlives_secrets_that_are_not_the_courts),
        cmocka_unit_test(a_no_to_the_names_outlives_other_ends_until_a_yes_or_the_link),
    };
    return cmocka_run_group_tests_name("state", tests, make_home, remove_home);
}
