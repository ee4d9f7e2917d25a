/* SPDX-License-Identifier: MIT
 * The option table: defaults, ranges, and that no mistake on the line does harm. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "internal.h"
#include "log_capture.h"
#include "paths.h"

static struct options parse(const char *word)
{
    struct call call = {0};
    const char *argv[] = {word};
    forget_log();
    options_parse(&call, word ? 1 : 0, argv);
    return call.options;
}

static void assert_defaults(const struct options *options)
{
    assert_false(options->debug);
    assert_string_equal(options->ignore_service, "cron,crond,atd,polkit-1,systemd-user,sudo,su,"
                                                 "su-l,runuser,runuser-l");
    assert_int_equal(options->link, LINK_FIRST_USE);
    assert_int_equal(options->minimum_uid, 1000);
    assert_int_equal(options->timeout, 2);
    assert_int_equal(options->background, BACKGROUND_HELPER);
    assert_int_equal(options->refresh, REFRESH_OFF);
    assert_false(options->capture);
    assert_string_equal(options->conf, CSOLINK_SYSCONFDIR "/pam.conf");
}

static void no_option_gives_the_documented_defaults(void **state)
{
    (void)state;
    struct options options = parse(NULL);
    assert_defaults(&options);
    assert_string_equal(logged, "");
}

static void each_option_reaches_its_field(void **state)
{
    (void)state;
    assert_true(parse("debug").debug);
    assert_string_equal(parse("ignore_service=a,b").ignore_service, "a,b");
    assert_string_equal(parse("ignore_service=").ignore_service, "");
    assert_int_equal(parse("link=login").link, LINK_LOGIN);
    assert_int_equal(parse("link=off").link, LINK_OFF);
    assert_int_equal(parse("link=first-use").link, LINK_FIRST_USE);
    assert_int_equal(parse("minimum_uid=500").minimum_uid, 500);
    assert_true(parse("minimum_uid=4294967295").minimum_uid == UINT32_MAX);
    assert_int_equal(parse("timeout=1").timeout, 1);
    assert_int_equal(parse("timeout=10").timeout, 10);
    assert_int_equal(parse("background=systemd").background, BACKGROUND_SYSTEMD);
    assert_int_equal(parse("background=helper").background, BACKGROUND_HELPER);
    assert_int_equal(parse("refresh=unlock").refresh, REFRESH_UNLOCK);
    assert_int_equal(parse("refresh=off").refresh, REFRESH_OFF);
    assert_true(parse("capture").capture);
    assert_string_equal(logged, "");
}

static void a_bad_value_is_logged_and_keeps_the_default(void **state)
{
    static const char *const words[] = {
        "timeout=0",
        "timeout=11",
        "timeout=-1",
        "timeout=2s",
        "timeout= 2",
        "timeout=",
        "timeout",
        "minimum_uid=0",
        "minimum_uid=4294967296",
        "link=",
        "link=Login",
        "minimum_uid=99999999999999999999999",
        "link",
        "link=logins",
        "ignore_service",
        "debug=yes",
        "silent=1",
        "use_first_pass=",
        "capture=no",
        "refresh",
        "refresh=on",
        "background=unit",
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct options options = parse(words[i]);
        assert_defaults(&options);
        assert_true(logged_only(LOG_ERR, words[i]));
    }
}

static void an_unknown_option_is_logged_and_ignored(void **state)
{
    static const char *const words[] = {"strict",      "xlink=login", "lin=login", "=login",
                                        "links=login", "Debug",       "",          "%s%n"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct options options = parse(words[i]);
        assert_defaults(&options);
        assert_true(logged_only(LOG_ERR, "unknown option"));
        assert_non_null(strstr(logged, words[i]));
    }
}

static void words_that_other_modules_take_are_accepted_silently(void **state)
{
    static const char *const words[] = {"silent", "use_first_pass", "try_first_pass",
                                        "use_authtok"};
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct options options = parse(words[i]);
        assert_defaults(&options);
        assert_string_equal(logged, "");
    }
}

static void the_last_of_several_wins_and_a_bad_one_does_not_undo_it(void **state)
{
    const char *argv[] = {"timeout=3", "timeout=7", "timeout=70"};
    struct call call = {0};
    (void)state;
    forget_log();
    options_parse(&call, 3, argv);
    assert_int_equal(call.options.timeout, 7);
}

static struct options parse_text(const char *text)
{
    struct call call = {0};
    static char copy[CONFIGURATION_MAX + 1];
    snprintf(copy, sizeof copy, "%s", text);
    forget_log();
    options_parse(&call, 0, NULL);
    options_parse_text(&call, copy);
    return call.options;
}

static void a_file_says_one_word_a_line(void **state)
{
    (void)state;
    struct options options = parse_text("# all lines\n\n  link=login\t# behind it\r\n"
                                        "timeout=3\ndebug\nignore_service=a,b");
    assert_int_equal(options.link, LINK_LOGIN);
    assert_int_equal(options.timeout, 3);
    assert_true(options.debug);
    assert_string_equal(options.ignore_service, "a,b");
    assert_string_equal(logged, "");
}

static void an_editors_byte_order_mark_is_no_word(void **state)
{
    (void)state;
    assert_int_equal(parse_text("\xef\xbb\xbflink=login\r\n").link, LINK_LOGIN);
    assert_string_equal(logged, "");
}

static void a_mistake_in_the_file_is_logged_and_ignored(void **state)
{
    (void)state;
    struct options options = parse_text("link = login\n");
    assert_defaults(&options);
    assert_true(logged_only(LOG_ERR, "link = login"));
    options = parse_text("link=login timeout=3\n");
    assert_defaults(&options);
    assert_true(logged_only(LOG_ERR, "bad value"));
}

static void debug_lines_are_dropped_without_the_option(void **state)
{
    struct call call = {0};
    (void)state;
    forget_log();
    call_log(&call, LOG_DEBUG, "%s", "quiet");
    assert_string_equal(logged, "");
    call.options.debug = true;
    call_log(&call, LOG_DEBUG, "%s", "loud");
    assert_true(logged_only(LOG_DEBUG, "loud"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_option_gives_the_documented_defaults),
        cmocka_unit_test(each_option_reaches_its_field),
        cmocka_unit_test(a_bad_value_is_logged_and_keeps_the_default),
        cmocka_unit_test(an_unknown_option_is_logged_and_ignored),
        cmocka_unit_test(words_that_other_modules_take_are_accepted_silently),
        cmocka_unit_test(the_last_of_several_wins_and_a_bad_one_does_not_undo_it),
        cmocka_unit_test(a_file_says_one_word_a_line),
        cmocka_unit_test(an_editors_byte_order_mark_is_no_word),
        cmocka_unit_test(a_mistake_in_the_file_is_logged_and_ignored),
        cmocka_unit_test(debug_lines_are_dropped_without_the_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
