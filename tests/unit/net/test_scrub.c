/* SPDX-License-Identifier: MIT
 * What a copy for support keeps, and above all what it does not. */
#include "csolink/worker.h"
#include "page/scrub.h"
#include "pages.h"

static const char page_with_secrets[] =
    "<html><head><title>Jane Q. Doe's page</title><script>var token='SEKRET1';</script>"
    "<style>.SEKRET2{}</style><!-- SEKRET3 --></head><body onload='go(\"SEKRET4\")'>"
    "<div id='cmecfMainContent' class='user-SEKRET5' title='SEKRET6' data-x=SEKRET7>"
    "<p>CM/ECF login or password is invalid: SEKRET8, SEKRET-9!</p>"
    "<a href='/cgi-bin/login.pl?csession=SEKRET10#SEKRET11'>Log Out</a>"
    "<form action='/cgi-bin/SEKRET12.pl?SEKRET13' method=POST enctype=multipart/form-data>"
    "<input type=hidden name=SEKRET14 value=SEKRET15><input type=password value=SEKRET16>"
    "<textarea>SEKRET17</textarea><select><option value=SEKRET18>SEKRET19</select>"
    "<input type=submit value='SEKRET20'></form><SEKRET21>Wanda Ruiz</SEKRET21>"
    "<img src='https://SEKRET22/'></div></body></html>";

static void nothing_that_is_somebodys_survives(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_of(page_with_secrets);
    char *copy = scrub(&page);
    assert_non_null(copy);
    assert_null(strcasestr(copy, "SEKRET"));
    assert_null(strcasestr(copy, "Jane"));
    assert_null(strcasestr(copy, "Ruiz"));
    free(copy);
}

/* A page of a court with everything in each place that is not for others. */
static const char confirmation[] =
    "<html><head><title>Confirm Wanda Ruiz</title><meta name=x content='SEKRET1'>"
    "<script>document.cookie='NextGenCSO=SEKRET2'; alert('Wanda Ruiz');</script></head>"
    "<body onload=\"alert('SEKRET3')\"><!-- wruiz SEKRET4 --><div id=cmecfMainContent>"
    "<form method=post action='/cgi-bin/SEKRET5.pl?SEKRET6-L_1_0-1' enctype=multipart/form-data>"
    "<table><tr><td>CM/ECF name:</td><td>Wanda Ruiz</td></tr><tr><td>PACER name:</td>"
    "<td><input readonly value='Ruiz, Wanda'></td></tr><tr><td>E-mail</td><td>wanda@ruiz.example"
    "</td></tr><tr><td>PACER login</td><td>wruiz2024</td></tr></table>"
    "<input type=hidden name=token value='SEKRET7'><select><option value=SEKRET8 selected>Ruiz"
    "</select><label for=SEKRET9>Wanda</label><input type=checkbox checked name=SEKRET10>"
    "<textarea>Ruiz</textarea><noscript>Ruiz SEKRET11</noscript><template>Ruiz</template>"
    "<svg><title>Ruiz</title></svg><iframe src=/SEKRET12 srcdoc='Wanda'></iframe>"
    "<img alt='Wanda Ruiz' src=/SEKRET13><input type=submit name=SEKRET14 value='Link Wanda Ruiz'>"
    "</form></div></body></html>";

static void a_confirmation_page_tells_nobodys_name(void **state)
{
    static const char *const secrets[] = {"SEKRET", "Wanda",   "Ruiz",  "wruiz",
                                          "2024",   "example", "L_1_0", "cookie"};
    (void)state;
    PAGE_AUTO struct page page = page_of(confirmation);
    char *copy = scrub(&page);
    for (size_t i = 0; i < sizeof secrets / sizeof *secrets; i++)
        if (strcasestr(copy, secrets[i]))
            fail_msg("%s is in %s", secrets[i], copy);
    free(copy);
}

static const char *const kept[] = {
    "<form method=\"post\" action=\"/cgi-bin/x.pl\" enctype=\"multipart/form-data\">",
    "CM/ECF name:",
    "PACER name:",
    "<input value readonly>",
    "<input type=\"hidden\" name=\"x\" value>",
    "<option value selected>",
    "<input type=\"checkbox\" name=\"x\" checked>",
    "<input type=\"submit\" name=\"x\" value>",
    "<body onload>",
};

static void what_support_needs_is_told(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_of(confirmation);
    char *copy = scrub(&page);
    for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
        if (!strstr(copy, kept[i]))
            fail_msg("%s is not in %s", kept[i], copy);
    free(copy);
}

static void the_shape_and_the_labels_survive(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_of(page_with_secrets);
    char *copy = scrub(&page);
    assert_non_null(strstr(copy, "<div id=\"cmecfMainContent\" class=\"user-x\">"));
    assert_non_null(strstr(copy, "CM/ECF login or password is invalid: x, x-x"));
    assert_non_null(strstr(copy, "<a href=\"/cgi-bin/login.pl\">\nLog Out\n</a>"));
    assert_non_null(strstr(copy, "<form method=\"POST\" action=\"/cgi-bin/x.pl\""
                                 " enctype=\"multipart/form-data\">"));
    assert_non_null(strstr(copy, "<input type=\"password\" value>"));
    free(copy);
}

static void a_copy_has_its_limit(void **state)
{
    (void)state;
    struct secret source = {0};
    struct page page = {0};
    for (int i = 0; i < 20000; i++)
        assert_true(secret_append(&source, "<p>login", 8));
    assert_int_equal(page_parse(&page, COURT_URL, NULL, &source), STATUS_OK);
    char *copy = scrub(&page);
    assert_int_equal(strlen(copy), PAGE_COPY_MAX);
    free(copy);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_that_is_somebodys_survives),
        cmocka_unit_test(a_confirmation_page_tells_nobodys_name),
        cmocka_unit_test(what_support_needs_is_told),
        cmocka_unit_test(the_shape_and_the_labels_survive),
        cmocka_unit_test(a_copy_has_its_limit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
