/* SPDX-License-Identifier: MIT
 * The two names on a confirmation page, however the court lays them out. */
#include <stdio.h>
#include <time.h>

#include "page/names.h"
#include "pages.h"

#define CM          "CM/ECF name"
#define P           "PACER name"
#define TD          "</td><td>"
#define TR          "</td></tr><tr><td>"
#define TABLE(rows) "<table><tr><td>" rows "</td></tr></table>"
#define JANE        "Jane Doe"
#define JQ          "Jane Q. Doe"

/* clang-format off */
static const struct {
    const char *html, *court, *pacer; /* NULL: not found */
} table[] = {
    /* A name a row. */
    {TABLE(CM ":" TD "Jane <b>Doe</b>" TR P ":" TD JQ), JANE, JQ},
    {TABLE(P TD JQ TR CM TD JANE), JANE, JQ},
    {"<table><tr><th>PACER Name<th>Jane&nbsp;Q.&nbsp;Doe<tr><th>CM/ECF Name<td>DOE, JANE</table>",
     "DOE, JANE", JQ},
    {TABLE("<div>Name on CM/ECF account</div>" TD "<p>" JANE "</p>" TR "<div>"
     "Your PACER account name</div>" TD
           "<p>Jos&eacute; Doe</p>"), JANE, "José Doe"},
    {TABLE("CMECF Name" TD JANE TR "Pacer Name" TD JQ), JANE, JQ},
    {TABLE(CM TD TD JANE TR P TD TD JQ), JANE, JQ},
    {TABLE(CM TD JANE TD P TD JQ), JANE, JQ},
    {TABLE("<input type=hidden name=a value='Jim Roe'>" CM TD JANE TR P TD JQ), JANE, JQ},
    {"<p>CM/ECF name: Jane Doe</p><p>PACER name: Jane Q. Doe</p>", JANE, JQ},
    {"CM/ECF Name: Jane Doe<br>PACER Name: Jane Q. Doe", JANE, JQ},
    {"<b>CM/ECF name:</b> Jane Doe<br><b>PACER name:</b> Jane Q. Doe<br>Are both yours?", JANE, JQ},
    {"<dl><dt>CM/ECF account name<dd>Jane Doe<dt>PACER account name<dd>Jim Roe</dl>",
     JANE, "Jim Roe"},
    {"<ul><li>CM/ECF name: Jane Doe<li>PACER name: Jane Q. Doe</ul>", JANE, JQ},
    {"<table><tr><td><img></td><td>CM/ECF name: Jane Doe<br>PACER name: Jane Q. Doe</td></tr>"
     "</table>",
     JANE, JQ},
    {TABLE("<table><tr><td>" CM TD JANE "</table>" TD "<table><tr><td>" P TD JQ "</table>"
     ""), JANE, JQ},
    /* In fields. */
    {TABLE(CM TD "<input readonly value='Jane Doe'>"
     "" TR P TD "<input type=text disabled value='Jane Q. Doe'>"), JANE, JQ},
    {"<label>CM/ECF name</label> <input readonly value='Jane Doe'><br>"
     "<label>PACER name <input readonly value='Jane Q. Doe'></label>", JANE, JQ},
    {"<label>CM/ECF name</label> Jane Doe<br><label>PACER name</label> Jane Q. Doe", JANE, JQ},
    {TABLE(CM TD "<input type=hidden value='Jane Doe'>"
     "" TR P TD "<input type=hidden value='Jane Doe'>"), NULL, NULL},
    /* A name a column. */
    {TABLE(CM TD P TR JANE TD JQ), JANE, JQ},
    {TABLE(P TD CM TR JQ TD JANE TR "jdoe1234" TD "jdoe"), JANE, JQ},
    {TABLE("" TD "<b>CM/ECF</b>" TD "<b>PACER</b>" TR "Name" TD JANE TD JQ TR
           "Login" TD "jdoe" TD "jdoe1234" TR "Address" TD "Phoenix, AZ" TD "Phoenix, AZ" TR
           "E-mail" TD "j@x.org" TD "j@x.org"), JANE, JQ},
    {"<table><thead><tr><td><th>PACER account<th>CM/ECF account</thead><tr><td>Last name:<td>"
     "Doe<td>Doe"
     "<tr><td>First name:<td>Jane<td>Jane<tr><td>Middle name:<td>Q.<td><tr><td>Suffix:<td>"
     "Jr.<td></table>",
     JANE, "Jane Q. Doe Jr."},
    {TABLE("" TD "First" TD "Middle" TD "Last" TD "Generation" TR
           "CM/ECF" TD "Jane" TD "" TD "Doe" TD "" TR
           "PACER" TD "Jane" TD "Quincy" TD "Doe" TD "III"), JANE, "Jane Quincy Doe III"},
    {TABLE("Account" TD "Name" TR "CM/ECF" TD JANE TR "PACER" TD JQ), JANE, JQ},
    {TABLE("Account" TD "Name" TD "Role" TR "CM/ECF" TD JANE TD "Filing attorney" TR
           "PACER" TD JQ TD "Filing attorney"), JANE, JQ},
    {TABLE("Account" TD "Login name" TD "Role" TR "CM/ECF" TD JANE TD "Attorney" TR
           "PACER" TD JANE TD "Attorney"), NULL, NULL},
    {"<table><tr><th colspan=2>CM/ECF<th colspan=2>PACER<tr><th>First name<th>Last name<th>"
     "First name<th>Last name"
     "<tr><td>Jane<td>Doe<td>Jim<td>Roe</table>", JANE, "Jim Roe"},
    {"<table><tr><td rowspan=2>CM/ECF account<td>Name<td>Jane Doe<tr><td>Login<td>jdoe"
     "<tr><td rowspan=2>PACER account<td>Name<td>Jane Q. Doe<tr><td>Login<td>jdoe1234</table>"
     "", JANE, JQ},
    /* Below the label. */
    {TABLE(CM TR JANE TR P TR JQ), JANE, JQ},
    {"<div>CM/ECF name</div><div>Jane Doe</div><div>PACER name</div><div>Jane Q. Doe</div>"
     "<p>Click Submit.</p>",
     JANE, JQ},
    /* Under a heading. */
    {"<h3>CM/ECF account</h3>Name: Jane Doe<br>Login: jdoe<h3>PACER account information</h3>"
     "Name: Jane Q. Doe<br>"
     "Address: Phoenix, AZ", JANE, JQ},
    {"<table><tr><th colspan=2>PACER<tr><td>First name<td>Jane<tr><td>Last name<td>Doe</table>"
     "<table><caption>CM/ECF</caption><tr><td>First name<td>Jim<tr><td>Last name<td>"
     "Roe</table>", "Jim Roe", JANE},
    /* Before the label. */
    {TABLE(JANE TD CM TR JQ TD P), JANE, JQ},
    /* What is no name. */
    {TABLE("CM/ECF login" TD "jdoe" TR CM TD JANE TR
           "PACER username" TD "jdoe1234" TR P TD JQ), JANE, JQ},
    {TABLE("CM/ECF login:" TD "jdoe smith" TR "PACER user name:" TD "jdoe smith"), NULL, NULL},
    {TABLE("CM/ECF login name" TD "jdoe one" TR "PACER login name" TD "jdoe one"), NULL, NULL},
    {TABLE("CM/ECF firm name" TD "Doe LLP" TR "PACER firm name" TD "Doe LLP"), NULL, NULL},
    {TABLE("CM/ECF account name" TD "jdoe" TR "PACER account name" TD "jdoe"), NULL, NULL},
    {TABLE(CM TD "j@x.org (Jane)" TR P TD "j@x.org (Jane)"), NULL, NULL},
    {TABLE("CM/ECF e-mail" TD JANE TR "PACER e-mail" TD JANE), NULL, NULL},
    {TABLE("CM/ECF" TD JANE TR "PACER" TD JANE), NULL, NULL},
    {"<h3>CM/ECF</h3><p>Please verify</p><h3>PACER</h3><p>Please verify</p>", NULL, NULL},
    {TABLE("CM/ECF" TD "PACER" TR "Birmingham, AL" TD "Birmingham, AL"), NULL, NULL},
    {TABLE("" TD "CM/ECF" TD "PACER" TR "Firm" TD "Doe LLP" TD "Doe LLP"), NULL, NULL},
    {TABLE(CM TD "Not available" TR P TD "Not available"), NULL, NULL},
    {TABLE(CM TD "" TR P TD ""), NULL, NULL},
    {TABLE(CM TD "<select><option>Jane Doe<option>Jim Roe</select>" TR P TD JANE), NULL, NULL},
    /* What is in doubt. */
    {"<p>Ensure that the CM/ECF name and PACER names match: they must be one person's.</p>"
     "<p>CM/ECF name: Jane Doe</p><p>PACER name: Jane Q. Doe</p>", JANE, JQ},
    {"<p>CM/ECF name: Jane Doe</p>", NULL, NULL},
    {"<p>CM/ECF name:</p><p>PACER name: Jane Doe</p>", NULL, NULL},
    {TABLE(CM ":" TD "" TR P ":" TD JANE TR "Jim Roe" TD ""), NULL, NULL},
    {"<p>CM/ECF name: Jane Doe</p><p>CM/ECF name: Jim Roe</p><p>PACER name: Jane Doe</p>",
     NULL, NULL},
    {TABLE(CM TD JANE TR "CM/ECF first name" TD "Jim" TR P TD JANE), NULL, NULL},
    {TABLE("CM/ECF first name" TD "Jane" TR P TD JANE), NULL, NULL},
    {TABLE("" TD "PACER" TD "CM/ECF" TR CM TD JANE TD JQ TR P TD JANE TD JQ), NULL, NULL},
    {"<h3>CM/ECF account</h3>Name: Jane Doe<p>Your PACER account follows.</p>Name: Jane Doe",
     NULL, NULL},
    {"<h3>CM/ECF account</h3>Name: Jane Doe<h3>Court contact</h3>Name: Jim Roe"
     "<h3>PACER</h3>Name: Jane Doe",
     NULL, NULL},
    {"CM/ECF name: Jane Doe PACER name: Jane Doe", NULL, NULL},
    {"<p>The CM/ECF account of Jane Doe will be linked to the PACER account of Jane Doe.</p>",
     NULL, NULL},
    {"<p>Are the accounts yours?</p>", NULL, NULL},
    /* Several people, or none of them. */
    {TABLE(CM TD P TR JANE TD JANE TR "Jim Roe" TD "Ann Roe"), NULL, NULL},
    {TABLE(CM TD P TR JANE TD JQ TR "Role" TD "Attorney"), JANE, JQ},
    {TABLE(CM TD P TR JANE TD JANE "<tr><td colspan=2>Press Submit if both are right."), JANE, JANE},
    {TABLE(CM TD P TR JANE TD JANE TR "Jim Roe" TD "Jim Roe"), NULL, NULL},
    {TABLE(CM TD P TR JANE TD JANE TR "Jim Roe" TD ""), NULL, NULL},
    {TABLE(CM TD P TR JANE TD JANE TR "" TD "Jim Roe"), NULL, NULL},
    {"<p>Example:</p>CM/ECF name: John Public<br>PACER name: John Public", NULL, NULL},
    {"CM/ECF name: Jane Sample<br>PACER name: Jane Sample", "Jane Sample", "Jane Sample"},
    /* One cell for both. */
    {TABLE("" TD "CM/ECF" TD "PACER" TR "Name</td><td colspan=2>" JANE), NULL, NULL},
    {"<table><tr><td rowspan=2>Jane Doe<td>CM/ECF name<tr><td>PACER name</table>", NULL, NULL},
    {TABLE("" TD "PACER" TD "CM/ECF" TR "First name</td><td colspan=2>Jane" TR
           "Last name" TD "Doe" TD "Doe"), NULL, NULL},
    /* The page's title is no heading of the name that is read under it. */
    {"<h1>CM/ECF</h1>Name: Jane Doe" TABLE(P TD JANE TR "E-filer" TD "Jim Roe"), NULL, NULL},
    {"<h1>CM/ECF NextGen</h1><p>Name: Jane Doe</p><p>PACER name: Jane Doe</p>", NULL, NULL},
    /* Words in a name's place, and logins. */
    {"CM/ECF name: Please wait<br>PACER name: Please wait", NULL, NULL},
    {"CM/ECF name: Record unavailable<br>PACER name: Record unavailable", NULL, NULL},
    {"CM/ECF name: See below<br>PACER name: See below", NULL, NULL},
    {TABLE("Please verify" TD CM TR "Please verify" TD P), NULL, NULL},
    {"CM/ECF account name: jane.doe<br>PACER account name: jane.doe", NULL, NULL},
    {"CM/ECF account name: jane-doe<br>PACER account name: jane-doe", NULL, NULL},
    {"CM/ECF name: Doe,Jane<br>PACER name: Jane Doe", "Doe,Jane", JANE},
    /* What a reader does not see. */
    {"<div style='Display : none'><p>CM/ECF name: Jim Roe<p>PACER name: Jim Roe</div>", NULL, NULL},
    {"<div hidden><p>CM/ECF name: Jim Roe<p>PACER name: Jim Roe</div>", NULL, NULL},
    {"<body><noscript><p>CM/ECF name: Jim Roe<p>PACER name: Jim Roe</noscript>", NULL, NULL},
    {"<table><tr style='display:none'><td>CM/ECF name<td>Jane Doe<tr><td>PACER name<td>Jane Doe"
     "</table>", NULL, NULL},
    /* A part of a name under a label that is not known. */
    {"<h3>CM/ECF</h3>First name: Jim<br>Last name: Roe<br>Sfx: Sr.<h3>PACER</h3>First name: Jim"
     "<br>Last name: Roe<br>Sfx: Jr.", NULL, NULL},
    {"<h3>CM/ECF</h3>First name: Jim<br>Second: A<br>Last name: Roe<h3>PACER</h3>First name: Jim"
     "<br>Second: B.<br>Last name: Roe", NULL, NULL},
    {TABLE(CM TD "Jim Roe" TD "III" TR P TD "Jim Roe" TD "IV"), NULL, NULL},
    {"<h3>CM/ECF</h3>First name: Jim<br>M.I.: A<br>Last name: Roe<h3>PACER</h3>First name: Jim"
     "<br>M.I.: B<br>Last name: Roe", "Jim A Roe", "Jim B Roe"},
    {"<script>'CM/ECF name: Jane Doe'</script><p>PACER name: Jane Doe</p>", NULL, NULL},
    {"<!-- CM/ECF name: Jane Doe --><p>PACER name: Jane Doe</p>", NULL, NULL},
};
/* clang-format on */

static void only_values_that_are_labelled_as_names_are_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        PAGE_AUTO struct page page = page_of(table[i].html);
        NAMES_AUTO struct names names = {0};
        bool found = names_find(&page, &names);
        const char *court = found ? names.court : "-", *pacer = found ? names.pacer : "-";
        if (strcmp(court, table[i].court ? table[i].court : "-") != 0 ||
            strcmp(pacer, table[i].pacer ? table[i].pacer : "-") != 0)
            fail_msg("%s and %s in %s", court, pacer, table[i].html);
    }
}

static void a_character_that_cannot_be_read_is_shown_as_such(void **state)
{
    static const char html[] = "CM/ECF name: J\xb3n Doe<br>PACER name: J\xb3n Doe";
    (void)state;
    PAGE_AUTO struct page page = {0};
    struct secret source = {0};
    NAMES_AUTO struct names names = {0};
    assert_true(secret_set(&source, html, strlen(html)));
    assert_int_equal(page_parse(&page, COURT_URL, "text/html; charset=iso-8859-2", &source),
                     STATUS_OK);
    assert_true(names_find(&page, &names));
    assert_string_equal(names.court, "J\xef\xbf\xbdn Doe");
}

static void a_name_is_never_cut_off(void **state)
{
    (void)state;
    for (int size = 0; size < 10000; size += size < 7900 || size > 8100 ? 790 : 1) {
        char html[11000];
        snprintf(
            html, sizeof html,
            "<table><tr><td><p>%0*d</p>PACER name: Jane Doe<br>CM/ECF name: Jane Doerr</table>",
            size + 1, 0);
        PAGE_AUTO struct page page = page_of(html);
        NAMES_AUTO struct names names = {0};
        if (names_find(&page, &names))
            assert_string_equal(names.court, "Jane Doerr");
        else
            assert_true(size > 7900);
    }
}

static void a_page_made_to_be_slow_has_no_names(void **state)
{
    static const char *const pieces[] = {"<p>CM/ECF name: Jane Doe", "<tr><td>CM/ECF name<td>x",
                                         "<table><tr><td>", "<td>CM/ECF name", "PACER name "};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct secret source = {0};
        PAGE_AUTO struct page page = {0};
        NAMES_AUTO struct names names = {0};
        size_t most = strstr(pieces[i], "<table><tr>") ? 20000 : 150000;
        assert_true(secret_append(&source, "<table>", 7));
        while (source.size < most)
            assert_true(secret_append(&source, pieces[i], strlen(pieces[i])));
        assert_int_equal(page_parse(&page, COURT_URL, "charset=utf-8", &source), STATUS_OK);
        clock_t start = clock();
        assert_false(names_find(&page, &names));
        assert_true(clock() - start < CLOCKS_PER_SEC);
    }
}

static void names_outside_the_main_content_do_not_count(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_of(
        "<p>CM/ECF name: Jane Doe</p><p>PACER name: Jane Doe</p><div id=cmecfMainContent>?</div>");
    NAMES_AUTO struct names names = {0};
    assert_false(names_find(&page, &names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(only_values_that_are_labelled_as_names_are_read),
        cmocka_unit_test(a_character_that_cannot_be_read_is_shown_as_such),
        cmocka_unit_test(a_name_is_never_cut_off),
        cmocka_unit_test(a_page_made_to_be_slow_has_no_names),
        cmocka_unit_test(names_outside_the_main_content_do_not_count),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
