/* SPDX-License-Identifier: MIT
 * The bar: what it says, and that it never leaves its line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <glib.h>
#include <string.h>

#include "prompt/progress.h"

static const struct {
    struct progress progress;
    int step, width;
    const char *text, *bar;
} rows[] = {
    {{.court = "alnd"}, 7, 80, "Submit", "alnd    [=============>        ]  7/11 Submit"},
    {{.court = "alnd"}, 11, 80, "Linked", "alnd    [=====================>] 11/11 Linked"},
    {{.court = NULL}, 2, 80, "Sign on", "PACER   [===>                  ]  2/11 Sign on"},
    {{.court = "alnb", .nth = 3, .courts = 40},
     0,
     80,
     "",
     "3 of 40  alnb    [                      ]  0/11 "},
    {{.court = "alnd"}, 99, 80, "x", "alnd    [=====================>] 99/11 x"},
    {{.court = "alnd"}, 7, 42, "Submit", "alnd    [=============>        ]  7/11 Su"},
    {{.court = "alnd"},
     7,
     80,
     "a\r\n\033[2J\xc3\xa9",
     "alnd    [=============>        ]  7/11 a???[2J??"},
};

static void the_bar_names_court_and_step_and_stays_on_its_line(void **state)
{
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        g_autofree char *bar =
            progress_bar(&rows[i].progress, rows[i].step, 11, rows[i].text, rows[i].width);
        assert_string_equal(bar, rows[i].bar);
        assert_true(strlen(bar) < (size_t)rows[i].width);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_bar_names_court_and_step_and_stays_on_its_line)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
