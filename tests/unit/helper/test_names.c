/* SPDX-License-Identifier: MIT
 * The strict rule for names: what is the same person without asking, and what is not. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "court/names.h"
#include "name_pairs.h"

enum { PAIRS = sizeof pairs / sizeof pairs[0], PAIRS_AT_LEAST = 120 };

static void every_pair_is_decided_as_its_reason_says(void **state)
{
    int wrong = 0;
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        const struct pair *pair = &pairs[i];
        const char *what = NULL;
        if (names_compare(pair->a, pair->b, &what) == pair->verdict && !what == !pair->verdict)
            continue;
        print_message("[%s] [%s]: %s; got %s\n", pair->a, pair->b, pair->why,
                      what ? what : "equal");
        wrong++;
    }
    assert_int_equal(wrong, 0);
    assert_true(PAIRS >= PAIRS_AT_LEAST);
}

static void which_name_comes_first_does_not_matter(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        const char *one = "", *other = "";
        assert_int_equal(names_compare(pairs[i].a, pairs[i].b, &one),
                         names_compare(pairs[i].b, pairs[i].a, &other));
        assert_true(one == other || strcmp(one, other) == 0);
    }
}

/* Spoils one ASCII letter or digit after another: by another one, or by leaving it out. */
static void no_letter_is_nothing(void **state)
{
    (void)state;
    for (size_t i = 0; i < PAIRS; i++) {
        size_t size = strlen(pairs[i].a);
        for (size_t at = 0; at < size; at++) {
            char changed[256] = "", shorter[256] = "";
            const char *what = NULL;
            if (pairs[i].verdict != NAMES_EQUAL || !isalnum((unsigned char)pairs[i].a[at]))
                continue;
            memcpy(changed, pairs[i].a, size);
            changed[at] = changed[at] == 'x' ? 'z' : 'x';
            memcpy(shorter, pairs[i].a, at);
            memcpy(shorter + at, pairs[i].a + at + 1, size - at - 1);
            assert_int_not_equal(names_compare(changed, pairs[i].b, &what), NAMES_EQUAL);
            assert_int_not_equal(names_compare(shorter, pairs[i].b, &what), NAMES_EQUAL);
        }
    }
}

static void the_question_can_say_what_differs(void **state)
{
    static const struct {
        const char *a, *b, *what;
    } rows[] = {
        {"Jane Doe Jr.", "Jane Doe", "one has a suffix, such as Jr. or II, that the other has not"},
        {"Jane Doe", "Jane Roe", "the last names differ"},
        {"Jane Doe", "John Doe", "the first names differ"},
        {"Jane Quill Doe", "Jane Ruth Doe", "the middle names differ"},
        {"Jane Q. Doe", "Jane Doe", "one has a middle name that the other has not"},
        {"Jane Q. Doe", "Jane Quill Doe", "one has an initial for a middle name"},
        {"Doe", "Doe", "a full first and last name is not there"},
        {"", "", "they are not in a form that can be compared"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        const char *what = NULL;
        names_compare(rows[i].a, rows[i].b, &what);
        assert_string_equal(what, rows[i].what);
    }
}

/* A page can be as long as it likes. */
static void a_text_longer_than_any_name_is_none(void **state)
{
    enum { BYTES = 1 << 20 };
    char *text = malloc(BYTES + 1);
    const char *what = NULL;
    (void)state;
    assert_non_null(text);
    for (size_t i = 0; i < BYTES; i++)
        text[i] = "a "[i % 2];
    text[BYTES] = '\0';
    assert_int_equal(names_compare(text, text, &what), NAMES_DIFFER);
    text[200] = '\0';
    memset(text, 'a', 200);
    text[100] = ' ';
    assert_int_equal(names_compare(text, text, &what), NAMES_EQUAL);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_pair_is_decided_as_its_reason_says),
        cmocka_unit_test(which_name_comes_first_does_not_matter),
        cmocka_unit_test(no_letter_is_nothing),
        cmocka_unit_test(the_question_can_say_what_differs),
        cmocka_unit_test(a_text_longer_than_any_name_is_none),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
