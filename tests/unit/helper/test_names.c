/* SPDX-License-Identifier: MIT
 * The strict rule for names: what is the same person without asking, and what is not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "court/names.h"

struct pair {
    const char *a, *b;
};

static const struct pair equal[] = {
    {"Jane Q. Doe", "Jane Q. Doe"},   {"Jane Q. Doe", "JANE Q DOE"},
    {"Jane Q. Doe", "Doe, Jane Q."},  {"Jane  Q.\tDoe ", " jane q doe"},
    {"Sean O'Neil", "Sean ONeil"},    {"Anne-Marie Roe", "AnneMarie Roe"},
    {"Jane Doe, Jr.", "Jane Doe Jr"}, {"Jos\xc3\xa9 Roe", "JOSE\xcc\x81 ROE"},
};

static const struct pair different[] = {
    {"Jane Q. Doe", "Jane Doe"},
    {"Jane Q. Doe", "Jane R. Doe"},
    {"Jane Q. Doe", "John Q. Doe"},
    {"Jane Doe", "Jane Roe"},
    {"Jane Doe Jr.", "Jane Doe Sr."},
    {"Jane Doe, Jr.", "Jane Doe"},
    {"Jane Doe", "Doe Jane"},
    {"Sean O'Neil", "Sean O Neil"},
    {"Jose Roe", "Jos\xc3\xa9 Roe"},
    {"", ""},
    {"...", "---"},
    {"Jane Doe\xff", "Jane Doe\xff"},
};

static void same_names_are_equal_both_ways(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof equal / sizeof equal[0]; i++) {
        print_message("%s | %s\n", equal[i].a, equal[i].b);
        assert_true(names_equal(equal[i].a, equal[i].b));
        assert_true(names_equal(equal[i].b, equal[i].a));
    }
}

static void anything_else_is_for_a_person(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof different / sizeof different[0]; i++) {
        print_message("%s | %s\n", different[i].a, different[i].b);
        assert_false(names_equal(different[i].a, different[i].b));
        assert_false(names_equal(different[i].b, different[i].a));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(same_names_are_equal_both_ways),
        cmocka_unit_test(anything_else_is_for_a_person),
    };
    return cmocka_run_group_tests_name("names", tests, NULL, NULL);
}
