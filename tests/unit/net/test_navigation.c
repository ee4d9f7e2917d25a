/* SPDX-License-Identifier: MIT
 * Links by their text, what they mean, where they may go; refreshes by meta and by script. */
#include "address.h"
#include "page/navigation.h"
#include "page/text.h"
#include "pages.h"

#define HOST  "ecf.alnd.uscourts.gov"
#define ENTRY "link (a|my) (cm/ecf|filer) account to my pacer account"

/* clang-format off */
static const struct {
    const char *html, *address;
} entries[] = {
    {"<a href='/cgi-bin/x.pl?1'>Link a CM/ECF account to my PACER account</a>",
     "https://" HOST "/cgi-bin/x.pl?1"},
    {"<A HREF=\"x.pl\">LINK A CM/ECF ACCOUNT TO MY PACER ACCOUNT</A>",
     "https://" HOST "/cgi-bin/x.pl"},
    {"<a href=x.pl><b>Link a\n <u>CM</u>/ECF</b>&nbsp;Account to<br>My PACER&#32;Account </a>",
     "https://" HOST "/cgi-bin/x.pl"},
    {"<a href='/n/y?a=1&amp;b=2'>Link my filer account to my PACER account</a>",
     "https://" HOST "/n/y?a=1&b=2"},
    {"<base href='https://" HOST "/deep/er/'><a href='../z'>&gt; Link my CM/ECF account to my PACER"
     " account</a>",
     "https://" HOST "/deep/z"},
    {"<ul><li>Your Account<ul><li><div><a href='  ?here  '>Link a CM/ECF Account to my PACER"
     " Account</a></div></ul></ul>",
     "https://" HOST "/cgi-bin/DisplayMenu.pl?here"},
    {"<a href='//evil.example/x'>Link a CM/ECF account to my PACER account</a>",
     "https://evil.example/x"},
    {"<a href='javascript:go()'>Link a CM/ECF account to my PACER account</a>", NULL},
    {"<a href='java\nscript:go()'>Link a CM/ECF account to my PACER account</a>", NULL},
    {"<a href='data:text/html,x'>Link a CM/ECF account to my PACER account</a>", NULL},
    {"<a href='/cgi-bin/\nx.pl\t'>Link a CM/ECF account to my PACER account</a>",
     "https://" HOST "/cgi-bin/x.pl"},
    {"<a href=x.pl><img src=a.gif><img alt='Link a CM/ECF account to my PACER account'></a>",
     "https://" HOST "/cgi-bin/x.pl"},
    {"<base href='javascript:void(0)'><a href=x.pl>Link a CM/ECF account to my PACER account</a>",
     "https://" HOST "/cgi-bin/x.pl"},
    {"<base target=_top><base href='https://evil.example/'><base href='https://" HOST "/'>"
     "<a href=x.pl>Link a CM/ECF account to my PACER account</a>",
     "https://evil.example/x.pl"},
    {"<a href='http://" HOST "/x.pl'>Link a CM/ECF account to my PACER account</a>",
     "http://" HOST "/x.pl"},
};
/* clang-format on */

static void the_link_entry_is_found_in_each_dress(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof entries / sizeof *entries; i++) {
        PAGE_AUTO struct page page = page_of(entries[i].html);
        const GumboNode *link = page_next_link(&page, NULL, ENTRY);
        assert_non_null(link);
        char *address = page_link_address(&page, link);
        if (entries[i].address)
            assert_string_equal(address, entries[i].address);
        else
            assert_null(address);
        free(address);
    }
}

static void other_texts_are_no_link_entry(void **state)
{
    (void)state;
    PAGE_AUTO struct page page =
        page_of("<a name=x>Link a CM/ECF account to my PACER account</a>"
                "<a href=1>Link an account</a><p>Link a CM/ECF account to my PACER account</p>"
                "<script>'<a href=2>Link a CM/ECF account to my PACER account</a>'</script>"
                "<!-- <a href=3>Link a CM/ECF account to my PACER account</a> -->");
    assert_null(page_next_link(&page, NULL, ENTRY));
}

static const struct {
    const char *address;
    bool ours;
} addresses[] = {
    {"https://" HOST "/x", true},
    {"https://" HOST ":443/x", true},
    {"HTTPS://ECF.ALND.uscourts.gov/x", true},
    {"http://" HOST "/x", false},
    {"http://" HOST ":443/x", false},
    {"https://" HOST ":8443/x", false},
    {"https://ecf-train.alnd.uscourts.gov/x", false},
    {"https://" HOST ".evil.example/x", false},
    {"https://evil.example/" HOST, false},
    {"https://" HOST "@evil.example/x", false},
    {"https://someone@" HOST "/x", false},
    {"https://evil.example#@" HOST "/x", false},
    {"ftp://" HOST "/x", false},
    {"https://" HOST "./x", false},
    {"https://ECF.ALND.USCOURTS.GOV", true},
    {"https://\xd0\xb5"
     "cf.alnd.uscourts.gov/x",
     false},
    {"https://xn--cf-1lc.alnd.uscourts.gov/x", false},
    {"https:/\\evil.example/x", false},
    {"//" HOST "/x", false},
    {"data:text/html,x", false},
    {"javascript:alert(1)", false},
    {"", false},
};

static void only_https_on_the_very_host_is_ours(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof addresses / sizeof *addresses; i++)
        if (address_is_on(addresses[i].address, HOST) != addresses[i].ours)
            fail_msg("misjudged: %s", addresses[i].address);
}

/* clang-format off */
static const struct {
    const char *html, *target;
} refreshes[] = {
    {"<html><meta http-equiv='REFRESH' content='0;url=/cgi-bin/ShowIndex.pl'></html>",
     "/cgi-bin/ShowIndex.pl"},
    {"<meta http-equiv=refresh content=\"0; URL='/a b'\">", "/a b"},
    {"<meta http-equiv=Refresh content='3, \"/q\" tail'>", "/q"},
    {"<meta http-equiv=refresh content='0.5;https://evil.example/'>", "https://evil.example/"},
    {"<meta http-equiv=refresh content='0;url=x?a=1&amp;b=2'>", "x?a=1&b=2"},
    {"<meta http-equiv=refresh content='1800;url=/cgi-bin/login.pl?logout'>", NULL},
    {"<meta http-equiv=refresh content='5'>", NULL},
    {"<meta http-equiv=refresh content='url=/x'>", NULL},
    {"<meta http-equiv=refresh content=''>", NULL},
    {"<META HTTP-EQUIV=\"Refresh\" CONTENT=\"1 ; Url = /x\">", "/x"},
    {"<meta http-equiv=refresh content='0;url=x'><meta http-equiv=refresh content='0;url=y'>", "x"},
    {"<meta http-equiv=refresh content='5;url=/x'>", "/x"},
    {"<meta http-equiv=refresh content='6;url=/x'>", NULL},
    {"<meta http-equiv=refresh content='-1;url=/x'>", NULL},
    {"<meta http-equiv=refresh content='0;url='>", NULL},
    {"<meta http-equiv=refresh content='0;url=\"\"'>", NULL},
    {"<noscript><meta http-equiv=refresh content='0;url=/no-script.html'></noscript>", NULL},
    {"<noscript><b></noscript><meta http-equiv=refresh content='0;url=/x'>", "/x"},
    {"<meta name=refresh content='0;url=/x'>", NULL},
    {"<meta http-equiv=refresh>", NULL},
};
/* clang-format on */

static void meta_refreshes_are_read_as_browsers_do(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refreshes / sizeof *refreshes; i++) {
        PAGE_AUTO struct page page = page_of(refreshes[i].html);
        char *target = page_refresh(&page);
        if (!target != !refreshes[i].target || (target && strcmp(target, refreshes[i].target) != 0))
            fail_msg("%s: goes to %s", refreshes[i].html, target ? target : "no place");
        free(target);
    }
}

#define SCRIPT(text) "<html><head><title>CM/ECF</title></head><script>" text "</script></html>"

/* clang-format off */
static const struct {
    const char *html, *target;
} locations[] = {
    {SCRIPT("location.assign(\"/x\");"), "/x"},
    {SCRIPT("window.location.replace('/x')"), "/x"},
    {SCRIPT("location='/x'"), "/x"},
    {SCRIPT("window . location . href = \"/x?a=1&b=2\" ;"), "/x?a=1&b=2"},
    {SCRIPT("document.location='\\/cgi-bin\\x2flogin\\u002Epl'"), "/cgi-bin/login.pl"},
    {SCRIPT("top.location.href = '/x'\nvar a"), "/x"},
    {SCRIPT("window.top.location = '/a' + \"b\";"), "/ab"},
    {SCRIPT("<!-- \nif (top == self) { self.location='/x' }\n//-->"), "/x"},
    {SCRIPT("document.cookie=\"PRTYPE=web; path=/;\"; location.assign('/x')"), "/x"},
    {SCRIPT("location='/x'") SCRIPT("location='/x'"), "/x"},
    {"<body onload=\"window.location.href='/x'\"></body>", "/x"},
    {SCRIPT("location='/x'") "<body><noscript>Please switch scripts on.</noscript>", "/x"},
    {SCRIPT("location='https://evil.example/'"), "https://evil.example/"},
    /* More than one place, or one that is made while the script runs. */
    {SCRIPT("if (a) location='/x'; else location='/y';"), NULL},
    {SCRIPT("location='/x' + document.cookie"), NULL},
    {SCRIPT("location='/x'\n + b"), NULL},
    {SCRIPT("location='/x'.replace('x', 'y')"), NULL},
    {SCRIPT("location.replace('/x', 1)"), NULL},
    {SCRIPT("location.assign(place)"), NULL},
    {SCRIPT("location=`/${a}`"), NULL},
    {SCRIPT("location='/x'; location = y"), NULL},
    /* No place at all. */
    {SCRIPT("if (location.href == '/x') a = location; if (location === '/x') b"), NULL},
    {SCRIPT("map.location = '/x'; pins[1].location='/y'; locations='/z'"), NULL},
    {SCRIPT("// location='/x'\n/* location='/x' */ a = \"location='/x'\""), NULL},
    {SCRIPT("location.reload()"), NULL},
    {SCRIPT("location=''"), NULL},
    {SCRIPT(""), NULL},
    {"<script src='/x.js'></script>", NULL},
    /* A page that shows something is read by a person first. */
    {"<p>Welcome</p>" SCRIPT("location='/x'"), NULL},
    {SCRIPT("location='/x'") "<a href='/y'>", NULL},
    {SCRIPT("location='/x'") "<form action=/y>", NULL},
    {SCRIPT("alert('The accounts are linked.'); location='/x'"), NULL},
    {SCRIPT("document.write('<p>x'); location='/x'"), NULL},
};
/* clang-format on */

static void a_page_that_is_only_a_script_goes_where_that_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof locations / sizeof *locations; i++) {
        PAGE_AUTO struct page page = page_of(locations[i].html);
        char *target = page_script_location(&page);
        if (!target != !locations[i].target || (target && strcmp(target, locations[i].target) != 0))
            fail_msg("%s: goes to %s", locations[i].html, target ? target : "no place");
        free(target);
    }
}

static void text_is_folded_and_plain(void **state)
{
    char out[16];
    (void)state;
    text_plain(out, sizeof out, " <b>Cl</b>osed&nbsp;\r\n now<script>x</script><br>end ");
    assert_string_equal(out, "Closed now end");
    text_plain(out, sizeof out, "123456789012345\xc3\xa9");
    assert_string_equal(out, "123456789012345");
    text_plain(out, sizeof out, "12345678901234\xc3\xa9");
    assert_string_equal(out, "12345678901234");
    text_plain(out, sizeof out, NULL);
    assert_string_equal(out, "");
    text_cut(out, sizeof out, "a\r\nb\x1b[1m\x7f");
    assert_string_equal(out, "a  b [1m ");
}

static void a_page_of_nothing_but_depth_is_survived(void **state)
{
    (void)state;
    enum { DEPTH = 20000 };
    struct secret source = {0};
    struct page page = {0};
    for (int i = 0; i < DEPTH; i++)
        assert_true(secret_append(&source, "<b>", 3));
    assert_true(secret_append(&source, "deep", 4));
    assert_int_equal(page_parse(&page, COURT_URL, NULL, &source), STATUS_OK);
    char *text = text_of(page.document);
    assert_string_equal(text, "deep");
    free(text);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_link_entry_is_found_in_each_dress),
        cmocka_unit_test(other_texts_are_no_link_entry),
        cmocka_unit_test(only_https_on_the_very_host_is_ours),
        cmocka_unit_test(meta_refreshes_are_read_as_browsers_do),
        cmocka_unit_test(a_page_that_is_only_a_script_goes_where_that_says),
        cmocka_unit_test(text_is_folded_and_plain),
        cmocka_unit_test(a_page_of_nothing_but_depth_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
