/* SPDX-License-Identifier: MIT
 * The helper's answer: what counts as one, and that nothing in it can disturb root's log. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "internal.h"

static struct answer parse(const char *text, size_t size)
{
    struct answer answer = {.detail = "stale"};
    answer_parse(&answer, text, size);
    return answer;
}

static void a_status_with_and_without_detail_is_read(void **state)
{
    (void)state;
    struct answer answer = parse("status=ok\n\n", 11);
    assert_int_equal(answer.status, STATUS_OK);
    assert_string_equal(answer.detail, "");
    answer = parse("status=no_keyring\ndetail=no runtime directory\n\n", 47);
    assert_int_equal(answer.status, STATUS_NO_KEYRING);
    assert_string_equal(answer.detail, "no runtime directory");
}

static void what_is_no_answer_is_bad_input(void **state)
{
    static const char *const texts[] = {"",
                                        "\n",
                                        "ok\n\n",
                                        "status=\n\n",
                                        "status\n\n",
                                        "=ok\n\n",
                                        "status=fine\n\n",
                                        "detail=x\n\n",
                                        "\nstatus=ok\n"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(parse(texts[i], strlen(texts[i])).status, STATUS_BAD_INPUT);
    assert_int_equal(parse("status=ok\0x\n\n", 13).status, STATUS_BAD_INPUT);
}

static void bytes_that_are_not_printable_do_not_reach_the_log(void **state)
{
    static const char text[] = "status=ok\ndetail=a\x1b[2Jb\xc3\xa9\tc\x7f\n\n";
    (void)state;
    assert_string_equal(parse(text, sizeof text - 1).detail, "a?[2Jb???c?");
}

static void a_long_detail_is_cut(void **state)
{
    char detail[2 * SESSION_REPLY_MAX];
    struct answer answer;
    (void)state;
    memset(detail, 'x', sizeof detail);
    detail[sizeof detail - 1] = '\0';
    answer_set(&answer, STATUS_OK, detail);
    assert_int_equal(strlen(answer.detail), SESSION_REPLY_MAX - 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_status_with_and_without_detail_is_read),
        cmocka_unit_test(what_is_no_answer_is_bad_input),
        cmocka_unit_test(bytes_that_are_not_printable_do_not_reach_the_log),
        cmocka_unit_test(a_long_detail_is_cut),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
