/* SPDX-License-Identifier: MIT
 * Which account answers, as a table. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "account/choose.h"
#include "account/environment.h"

/* Accounts as "login:purpose" words. */
static GPtrArray *accounts_of(const char *words)
{
    GPtrArray *accounts = g_ptr_array_new_with_free_func((GDestroyNotify)account_free);
    g_auto(GStrv) list = g_strsplit(words, " ", -1);
    for (char **word = list; *word && **word != '\0'; word++) {
        g_auto(GStrv) parts = g_strsplit(*word, ":", 2);
        struct account *account = g_new0(struct account, 1);
        account->login = g_strdup(parts[0]);
        account->purpose = g_strdup(parts[1]);
        g_ptr_array_add(accounts, account);
    }
    return accounts;
}

static const struct {
    const char *accounts;
    /* named, purpose, unmarked_purpose, preferred, configured, username */
    struct account_choice choice;
    enum status status;
    const char *answer; /* the login, or the names */
} rows[] = {
    {"", {NULL, NULL, NULL, NULL, NULL, NULL}, STATUS_ABSENT, NULL},
    {"a:file", {NULL, NULL, NULL, NULL, NULL, NULL}, STATUS_OK, "a"},
    {"a:file b:file", {NULL, NULL, NULL, NULL, NULL, NULL}, STATUS_BAD_INPUT, "a, b"},
    {"a:file b:file", {"b", NULL, NULL, NULL, NULL, NULL}, STATUS_OK, "b"},
    {"a:file b:file", {"c", NULL, NULL, "a", "a", NULL}, STATUS_ABSENT, NULL},
    {"a:file b:file", {NULL, NULL, NULL, "b", "a", NULL}, STATUS_OK, "b"},
    {"a:file b:file", {NULL, NULL, NULL, NULL, "a", NULL}, STATUS_OK, "a"},
    {"a:file b:file", {NULL, NULL, NULL, "gone", NULL, NULL}, STATUS_BAD_INPUT, "a, b"},
    {"a:file s:search", {NULL, NULL, NULL, NULL, NULL, NULL}, STATUS_OK, "s"},
    {"a:file s:search", {NULL, "file", NULL, NULL, NULL, NULL}, STATUS_OK, "a"},
    {"a:file s:search", {NULL, NULL, "file", NULL, NULL, NULL}, STATUS_OK, "a"},
    {"a:file s:search", {NULL, NULL, NULL, "a", NULL, NULL}, STATUS_OK, "s"},
    {"a:file", {NULL, "search", NULL, NULL, NULL, NULL}, STATUS_ABSENT, NULL},
    {"a:file", {"a", "search", NULL, NULL, NULL, NULL}, STATUS_ABSENT, NULL},
    {"a:file", {NULL, "search", NULL, "a", "a", NULL}, STATUS_ABSENT, NULL},
    {"a:file", {NULL, NULL, "search", NULL, NULL, NULL}, STATUS_ABSENT, NULL},
    {"a:file b:file", {NULL, NULL, NULL, NULL, NULL, "b"}, STATUS_OK, "b"},
    {"a:file b:file", {"b", NULL, NULL, NULL, NULL, "b"}, STATUS_OK, "b"},
    {"a:file b:file", {"a", NULL, NULL, NULL, NULL, "b"}, STATUS_ABSENT, NULL},
    {"a:file s:search", {NULL, "search", NULL, NULL, NULL, "a"}, STATUS_ABSENT, NULL},
    {"a:file s:search", {NULL, NULL, "search", NULL, NULL, "a"}, STATUS_OK, "a"},
    {"a:file b:file s:search",
     {NULL, "file", "search", NULL, NULL, NULL},
     STATUS_BAD_INPUT,
     "a, b"},
    {"a:search a:file", {"a", "file", NULL, NULL, NULL, NULL}, STATUS_OK, "a"},
    {"s:search t:search", {NULL, NULL, NULL, NULL, NULL, NULL}, STATUS_BAD_INPUT, "s, t"},
};

static void the_table_of_choices(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) accounts = accounts_of(rows[i].accounts);
        g_autofree char *names = NULL;
        struct account *chosen = NULL;
        print_message("row %zu: %s\n", i, rows[i].accounts);
        assert_int_equal(account_choose(accounts, &rows[i].choice, &chosen, &names),
                         rows[i].status);
        if (rows[i].status == STATUS_OK)
            assert_string_equal(chosen->login, rows[i].answer);
        if (rows[i].status == STATUS_BAD_INPUT)
            assert_string_equal(names, rows[i].answer);
    }
}

static void one_row_decides_and_only_the_rows_above_it_were_asked(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autoptr(GPtrArray) accounts = accounts_of(rows[i].accounts);
        struct choice_walk walk = {.accounts = accounts, .choice = &rows[i].choice};
        choice_walk(&walk);
        assert_int_equal(choice_rows[walk.decided].effect, CHOICE_DECIDES);
        for (size_t row = 0; row < CHOICE_ROWS; row++) {
            bool narrows = choice_rows[row].effect == CHOICE_NARROWS;
            if (row > walk.decided)
                assert_int_equal(walk.verdicts[row], CHOICE_SKIPPED);
            else if (!narrows)
                assert_int_equal(walk.verdicts[row], row == walk.decided ? CHOICE_YES : CHOICE_NO);
        }
    }
}

static void a_shared_sign_on_host_goes_to_the_preferred_environment(void **state)
{
    (void)state;
    const char *host = "pacer.login.uscourts.gov";
    assert_string_equal(environment_by_host(host, "practice")->name, "practice");
    assert_string_equal(environment_by_host(host, "production")->name, "production");
    assert_string_equal(environment_by_host(host, "qa")->name, "production");
    assert_string_equal(environment_by_host("qa-login.uscourts.gov", "practice")->name, "qa");
    assert_null(environment_by_host("login.uscourts.gov", "production"));
}

static void logins_and_client_codes_have_rules(void **state)
{
    (void)state;
    assert_null(account_login_fault("jdoe1234"));
    assert_non_null(account_login_fault(""));
    assert_non_null(account_login_fault("j doe"));
    assert_non_null(account_login_fault("-"));
    assert_non_null(account_login_fault("j\ndoe"));
    assert_non_null(account_new_login_fault("j doe"));
    assert_non_null(account_new_login_fault("LOGIN"));
    assert_non_null(account_new_login_fault("FILING_LOGIN"));
    assert_null(account_new_login_fault("login"));
    assert_null(account_login_fault("LOGIN")); /* one that is stored can be removed */
    assert_null(account_client_code_fault("0815-17/a_b.c"));
    assert_non_null(account_client_code_fault("two words"));
    assert_non_null(account_client_code_fault("a,b"));
    assert_non_null(account_client_code_fault("123456789012345678901234567890123"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_table_of_choices),
        cmocka_unit_test(one_row_decides_and_only_the_rows_above_it_were_asked),
        cmocka_unit_test(a_shared_sign_on_host_goes_to_the_preferred_environment),
        cmocka_unit_test(logins_and_client_codes_have_rules),
    };
    return cmocka_run_group_tests_name("choice", tests, NULL, NULL);
}
