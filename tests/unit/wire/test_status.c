/* SPDX-License-Identifier: MIT
 * The status table: every name finds its way back, every sentence says who, what and what now. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "csolink/status.h"

static void names_lead_back_to_their_status(void **state)
{
    (void)state;
    for (int i = 0; i < STATUS_COUNT; i++) {
        enum status found = STATUS_COUNT;
        assert_true(status_from_name(status_name((enum status)i), &found));
        assert_int_equal(found, i);
    }
    enum status untouched = STATUS_BUSY;
    assert_false(status_from_name("no_such_status", &untouched));
    assert_int_equal(untouched, STATUS_BUSY);
}

static void exit_codes_are_the_documented_ones(void **state)
{
    (void)state;
    static const struct {
        int code;
        enum status status[6];
        size_t count;
    } rows[] = {
        {0, {STATUS_OK}, 1},
        {1, {STATUS_ABSENT}, 1},
        {3,
         {STATUS_LOCKED, STATUS_NEEDS_CODE, STATUS_NEEDS_ACKNOWLEDGEMENT, STATUS_NAMES_DIFFER,
          STATUS_NEEDS_PERSON, STATUS_CANCELLED},
         6},
        {65, {STATUS_BAD_INPUT}, 1},
        {69, {STATUS_NO_KEYRING}, 1},
        {70, {STATUS_INTERNAL}, 1},
        {75, {STATUS_OFFLINE, STATUS_TIMED_OUT, STATUS_BUSY, STATUS_COURT_ERROR}, 4},
        {76,
         {STATUS_TLS_FAILED, STATUS_NOT_OFFERED, STATUS_NOT_NEXTGEN, STATUS_MANUAL_COURT,
          STATUS_PAGE_NOT_RECOGNISED},
         5},
        {77, {STATUS_REJECTED, STATUS_REFUSED_BY_POLICY}, 2},
    };
    size_t seen = 0;
    for (size_t row = 0; row < sizeof rows / sizeof rows[0]; row++) {
        for (size_t i = 0; i < rows[row].count; i++, seen++)
            assert_int_equal(status_exit_code(rows[row].status[i]), rows[row].code);
    }
    assert_int_equal(seen, STATUS_COUNT);
}

static void sentence_names_account_and_court(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    size_t length =
        status_message(text, sizeof text, STATUS_NEEDS_PERSON, "jdoe1234", "alnd", "why", NULL);
    assert_int_equal(length, strlen(text));
    assert_string_equal(text,
                        "csolink: needs_person (court alnd, account jdoe1234): a person has to "
                        "decide or type something: why; run \"csolink link alnd\" in a "
                        "terminal");
}

static void advice_names_no_court_where_there_is_none(void **state)
{
    (void)state;
    static const enum status advised[] = {STATUS_NEEDS_CODE, STATUS_NEEDS_ACKNOWLEDGEMENT,
                                          STATUS_NEEDS_PERSON};
    char text[STATUS_MESSAGE_MAX];
    for (size_t i = 0; i < sizeof advised / sizeof advised[0]; i++) {
        status_message(text, sizeof text, advised[i], "jdoe1234", NULL, NULL, NULL);
        assert_non_null(strstr(text, "in a terminal"));
        assert_null(strstr(text, "COURT"));
    }
}

static void what_forgets_a_filing_login_names_whose(void **state)
{
    (void)state;
    char next[STATUS_MESSAGE_MAX];
    status_next(next, sizeof next, STATUS_NAMES_DIFFER, "jdoe1234", "alnd");
    assert_non_null(strstr(next, "\"csolink filing remove --account=jdoe1234 alnd\""));
}

static void of_several_accounts_commands_name_one(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    static const char advice[] = "\"csolink link{as} {court}\"";
    status_fill(text, sizeof text, advice, "jdoe1234", "alnd");
    assert_string_equal(text, "\"csolink link alnd\"");
    status_several_accounts(true);
    status_fill(text, sizeof text, advice, "jdoe1234", "alnd");
    assert_string_equal(text, "\"csolink link --account=jdoe1234 alnd\"");
    status_fill(text, sizeof text, advice, NULL, NULL);
    assert_string_equal(text, "\"csolink link --account=LOGIN COURT\"");
    status_next(text, sizeof text, STATUS_NEEDS_CODE, "jdoe1234", NULL);
    assert_string_equal(text, "run \"csolink login --account=jdoe1234\" in a terminal");
    status_several_accounts(false);
}

static void each_command_repeats_the_environment(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    static const char advice[] = "\"csolink link{as} {court}\" or \"csolink otp\"";
    status_environment("qa");
    status_fill(text, sizeof text, advice, "jdoe1234", "alnd");
    assert_string_equal(text, "\"csolink --environment=qa link alnd\" or "
                              "\"csolink --environment=qa otp\"");
    status_message(text, sizeof text, STATUS_BUSY, "jdoe1234", "alnd", NULL, NULL);
    assert_null(strstr(text, "--environment"));
    status_environment(NULL);
    status_fill(text, sizeof text, advice, "jdoe1234", "alnd");
    assert_string_equal(text, "\"csolink link alnd\" or \"csolink otp\"");
}

static void a_login_in_a_command_is_one_word_of_the_shell(void **state)
{
    (void)state;
    static const struct {
        const char *login, *word;
    } rows[] = {
        {"j.doe_1@firm,us%+=:/-", "j.doe_1@firm,us%+=:/-"},
        {"a&b", "'a&b'"},
        {"do$e", "'do$e'"},
        {"x*", "'x*'"},
        {"a b", "'a b'"},
        {"a;b", "'a;b'"},
        {"a\"b`c\\d", "'a\"b`c\\d'"},
        {"it's", "'it'\\''s'"},
        {"~root", "'~root'"},
        {"\t", "'%09'"},
        {"", "''"},
        {"{as}", "'{as}'"},
    };
    char text[STATUS_MESSAGE_MAX], expected[STATUS_MESSAGE_MAX];
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        status_fill(text, sizeof text, "\"csolink account otp {account}\"", rows[i].login, NULL);
        snprintf(expected, sizeof expected, "\"csolink account otp %s\"", rows[i].word);
        assert_string_equal(text, expected);
        status_several_accounts(true);
        status_fill(text, sizeof text, "\"csolink login{as}\"", rows[i].login, NULL);
        status_several_accounts(false);
        snprintf(expected, sizeof expected, "\"csolink login --account=%s\"", rows[i].word);
        assert_string_equal(text, expected);
    }
    status_fill(text, sizeof text, "\"csolink link {court}\"", "jdoe1234", "a;b");
    assert_string_equal(text, "\"csolink link 'a;b'\"");
    status_message(text, sizeof text, STATUS_NAMES_DIFFER, "a&b", "alnd", NULL, NULL);
    assert_non_null(strstr(text, "(court alnd, account a&b)"));
    assert_non_null(strstr(text, "--account='a&b' alnd\""));
}

static void a_login_that_looks_like_an_option_is_a_word_too(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    static const char advice[] = "\"csolink account password --retry {account}\"";
    status_fill(text, sizeof text, advice, "--generate", NULL);
    assert_string_equal(text, "\"csolink account password --retry -- --generate\"");
    status_fill(text, sizeof text, advice, "-a&b", NULL);
    assert_string_equal(text, "\"csolink account password --retry -- '-a&b'\"");
    status_several_accounts(true);
    status_fill(text, sizeof text, "\"csolink login{as}\"", "-x", NULL);
    status_several_accounts(false);
    assert_string_equal(text, "\"csolink login --account=-x\"");
}

static void the_advice_alone_is_the_end_of_the_sentence(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX], next[STATUS_MESSAGE_MAX];
    for (int i = 0; i < STATUS_COUNT; i++) {
        size_t whole =
            status_message(text, sizeof text, (enum status)i, "jdoe1234", "alnd", "why", NULL);
        size_t length = status_next(next, sizeof next, (enum status)i, "jdoe1234", "alnd");
        assert_int_equal(length, strlen(next));
        assert_string_equal(text + whole - length, next);
    }
    assert_int_equal(status_next(next, 4, STATUS_LOCKED, NULL, NULL), 3);
}

static void a_callers_advice_takes_the_place_of_the_status(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    status_message(text, sizeof text, STATUS_REJECTED, "a&b", NULL, "why",
                   "run \"csolink account otp {account}\"");
    assert_string_equal(text, "csolink: rejected (account a&b): the password was refused and will "
                              "not be sent again: why; run \"csolink account otp 'a&b'\"");
}

/* The longest ones that are accepted, and each quote takes four bytes. */
static void no_detail_pushes_the_rest_out(void **state)
{
    (void)state;
    static char detail[10000], login[64 + 1], court[32 + 1];
    memset(detail, 'y', sizeof detail - 1);
    memset(login, '\'', sizeof login - 1);
    memset(court, 'c', sizeof court - 1);
    status_several_accounts(true);
    status_environment("production");
    for (int i = 0; i < STATUS_COUNT; i++) {
        char text[STATUS_MESSAGE_MAX], head[STATUS_MESSAGE_MAX], next[STATUS_MESSAGE_MAX];
        enum status status = (enum status)i;
        size_t whole = status_message(text, sizeof text, status, login, court, detail, NULL);
        size_t begins =
            (size_t)snprintf(head, sizeof head, "csolink: %s (court %s, account %s): %s: yyy",
                             status_name(status), court, login, status_what(status));
        size_t ends = status_next(next, sizeof next, status, login, court);
        assert_int_equal(whole, strlen(text));
        assert_memory_equal(text, head, begins);
        assert_string_equal(text + whole - ends, next);
        const char *cut = ends == 0 ? "yy..." : "yy...; ";
        assert_memory_equal(text + whole - ends - strlen(cut), cut, strlen(cut));
        assert_true(whole - begins - ends > 2000);
    }
    status_environment(NULL);
    status_several_accounts(false);
}

static void a_detail_is_cut_at_a_character_and_only_if_it_must(void **state)
{
    (void)state;
    char whole[STATUS_MESSAGE_MAX], text[STATUS_MESSAGE_MAX];
    static const char *const details[] = {"abcdefghijkl", "abé€cdefgh"};
    static const char *const cut[][5] = {
        {"abcdefgh...", "abcdefg...", "abcdef...", "abcde...", "abcd..."},
        {"ab%c3%a9%e2%82%accd...", "ab%c3%a9%e2%82%acc...", "ab%c3%a9%e2%82%ac...", "ab%c3%a9...",
         "ab%c3%a9..."}};
    for (size_t i = 0; i < 2; i++) {
        size_t length =
            status_message(whole, sizeof whole, STATUS_LOCKED, NULL, NULL, details[i], "next");
        assert_int_equal(
            status_message(text, length + 1, STATUS_LOCKED, NULL, NULL, details[i], "next"),
            length);
        assert_string_equal(text, whole);
        for (size_t less = 0; less < 5; less++) {
            char expected[STATUS_MESSAGE_MAX];
            snprintf(expected, sizeof expected, "csolink: locked: the keyring is locked: %s; next",
                     cut[i][less]);
            status_message(text, length - less, STATUS_LOCKED, NULL, NULL, details[i], "next");
            assert_string_equal(text, expected);
        }
    }
}

static void foreign_bytes_cannot_move_the_cursor(void **state)
{
    (void)state;
    char text[STATUS_MESSAGE_MAX];
    status_message(text, sizeof text, STATUS_LOCKED, "a\033[2J", NULL, "line\nfeed", NULL);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\n'));
    assert_non_null(strstr(text, "a%1b[2J"));
}

static void short_room_is_never_overrun(void **state)
{
    (void)state;
    char text[16];
    memset(text, 'x', sizeof text);
    assert_int_equal(status_message(text, 10, STATUS_LOCKED, NULL, NULL, NULL, NULL), 9);
    assert_int_equal(text[9], '\0');
    assert_int_equal(text[10], 'x');
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_lead_back_to_their_status),
        cmocka_unit_test(exit_codes_are_the_documented_ones),
        cmocka_unit_test(sentence_names_account_and_court),
        cmocka_unit_test(advice_names_no_court_where_there_is_none),
        cmocka_unit_test(what_forgets_a_filing_login_names_whose),
        cmocka_unit_test(of_several_accounts_commands_name_one),
        cmocka_unit_test(each_command_repeats_the_environment),
        cmocka_unit_test(a_login_in_a_command_is_one_word_of_the_shell),
        cmocka_unit_test(a_login_that_looks_like_an_option_is_a_word_too),
        cmocka_unit_test(the_advice_alone_is_the_end_of_the_sentence),
        cmocka_unit_test(a_callers_advice_takes_the_place_of_the_status),
        cmocka_unit_test(no_detail_pushes_the_rest_out),
        cmocka_unit_test(a_detail_is_cut_at_a_character_and_only_if_it_must),
        cmocka_unit_test(foreign_bytes_cannot_move_the_cursor),
        cmocka_unit_test(short_room_is_never_overrun),
    };
    return cmocka_run_group_tests_name("status", tests, NULL, NULL);
}
