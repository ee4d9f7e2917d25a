/* SPDX-License-Identifier: MIT
 * The two names on a confirmation page, however the court lays them out. */
#include "names.h"
#include "pages.h"

/* clang-format off */
static const struct {
    const char *html, *court, *pacer; /* NULL: not found */
} table[] = {
    {"<table><tr><td>CM/ECF name:</td><td>Jane <b>Doe</b></td></tr>"
     "<tr><td>PACER name:</td><td>Jane Q. Doe</td></tr></table>",
     "Jane Doe", "Jane Q. Doe"},
    {"<table><tr><th>PACER Name<th>Jane&nbsp;Q.<td>Doe<tr><th>CM/ECF Name<td>DOE, JANE</table>",
     "DOE, JANE", "Jane Q. Doe"},
    {"<table><tr><td><div>CM/ECF</div></td><td><p>Jane Doe</p></td></tr>"
     "<tr><td><div>PACER</div></td><td><p>Jos&eacute; Doe</p></td></tr></table>",
     "Jane Doe", "José Doe"},
    {"<p>CM/ECF name: Jane Doe</p><p>PACER name: Jane Doe</p>", "Jane Doe", "Jane Doe"},
    {"<dl><dt>CM/ECF account name<dd>Jane Doe<dt>PACER account name<dd>Jim Roe</dl>", "Jane Doe",
     "Jim Roe"},
    {"CM/ECF Name: Jane Doe<br>PACER Name: Jane Doe", "Jane Doe", "Jane Doe"},
    {"<table><tr><td>CM/ECF login<td>jdoe<tr><td>CM/ECF name<td>Jane Doe"
     "<tr><td>PACER username<td>jdoe1234<tr><td>PACER name<td>Jane Doe</table>",
     "Jane Doe", "Jane Doe"},
    {"<p>Ensure that the CM/ECF name and PACER names match: they must be one person's.</p>"
     "<p>CM/ECF name: Jane Doe</p><p>PACER name: Jane Doe</p>",
     "Jane Doe", "Jane Doe"},
    {"<p>CM/ECF name: Jane Doe</p>", NULL, NULL},
    {"<p>CM/ECF name:</p><p>PACER name: Jane Doe</p>", NULL, NULL},
    {"<p>CM/ECF name: Jane</p><p>CM/ECF name: Jim</p><p>PACER name: Jane</p>", NULL, NULL},
    {"<p>Are the accounts yours?</p>", NULL, NULL},
};
/* clang-format on */

static void names_are_read_from_their_rows(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        PAGE_AUTO struct page page = page_of(table[i].html);
        NAMES_AUTO struct names names = {0};
        if (!names_find(&page, &names)) {
            if (table[i].court)
                fail_msg("not found: %s", table[i].html);
            continue;
        }
        if (!table[i].court)
            fail_msg("found %s and %s", names.court, names.pacer);
        assert_string_equal(names.court, table[i].court);
        assert_string_equal(names.pacer, table[i].pacer);
    }
}

static void names_outside_the_main_content_do_not_count(void **state)
{
    (void)state;
    PAGE_AUTO struct page page =
        page_of("<p>CM/ECF name: Jane</p><p>PACER name: Jane</p><div id=cmecfMainContent>?</div>");
    NAMES_AUTO struct names names = {0};
    assert_false(names_find(&page, &names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_are_read_from_their_rows),
        cmocka_unit_test(names_outside_the_main_content_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
