/* SPDX-License-Identifier: MIT
 * What the menus of real courts (juriscraper's examples), and what comes instead, are taken for. */
#include "address.h"
#include "page/court_page.h"
#include "pages.h"

#define HEAD(script)                                                                               \
    "<html><head><title>CM/ECF NextGen</title><script type=\"text/javascript\" src=\"/cgi-bin/"    \
    "menu.pl?id=" script "\"></script></head><body BGCOLOR=ADC1CE onLoad='SetFocus()'>"            \
    "<div id=\"topmenu\" class=\"yuimenubar\"><div class=\"bd\"><ul class=\"first-of-type\">"
#define ITEM(href, label)                                                                          \
    "<li class=\"yuimenubaritem\"><a class=\"yuimenubaritemlabel\" href='" href "'>" label         \
    "</a></li>"
#define OUT  ITEM("/cgi-bin/login.pl?logout", "Log Out")
#define TAIL "</ul></div></div><div id=\"cmecfMainContent\">"

/* clang-format off */
static const struct {
    const char *what, *html;
    enum court_page kind;
} table[] = {
    {"district, signed on without a filing login",
     HEAD("-1") ITEM("/cgi-bin/iquery.pl", "<u>Q</u>uery")
         ITEM("/cgi-bin/DisplayMenu.pl?Utilities", "<u>U</u>tilities") OUT TAIL,
     COURT_PAGE_UNLINKED},
    {"district, linked",
     HEAD("5934242") ITEM("/cgi-bin/DisplayMenu.pl?CivilEvents", "C<u>i</u>vil")
         ITEM("/cgi-bin/DisplayMenu.pl?CriminalEvents", "Crimi<u>n</u>al") OUT TAIL,
     COURT_PAGE_LINKED},
    {"district, linked for criminal cases only",
     HEAD("5934242") ITEM("/cgi-bin/DisplayMenu.pl?CriminalEvents", "Criminal") OUT TAIL,
     COURT_PAGE_LINKED},
    {"bankruptcy, unlinked: the id stands in the menu, & is raw",
     "<div id=topmenu><ul>" ITEM("/cgi-bin/DisplayMenu.pl?Utilities&id=-1", "Utilities") OUT TAIL,
     COURT_PAGE_UNLINKED},
    {"bankruptcy, unlinked: & is an entity, quotes are double",
     "<div id=topmenu><ul><a href=\"/cgi-bin/DisplayMenu.pl?Reports&amp;id=-1\">Reports</a>"
     "<a href=\"/cgi-bin/login.pl?logout\">Logout</a>" TAIL,
     COURT_PAGE_UNLINKED},
    {"bankruptcy, linked",
     HEAD("2159336") ITEM("/cgi-bin/DisplayMenu.pl?BankruptcyEvents&id=2159336", "Bankruptcy")
         ITEM("/cgi-bin/DisplayMenu.pl?AdversaryEvents&id=2159336", "Adversary") OUT TAIL,
     COURT_PAGE_LINKED},
    {"an id that only begins with -1", HEAD("-12") OUT TAIL, COURT_PAGE_OTHER},
    {"a positive id without filing menus", HEAD("77") OUT TAIL, COURT_PAGE_OTHER},
    {"id=-1 without Log Out", HEAD("-1") TAIL, COURT_PAGE_OTHER},
    {"filing words in the main content alone do not link",
     HEAD("-1") OUT TAIL "<a href='/cgi-bin/DisplayMenu.pl?CivilEvents'>soon</a>",
     COURT_PAGE_UNLINKED},
    {"signed out: a script goes to PACER",
     "<html><script>location.assign(\"https://pacer.login.uscourts.gov/csologin/login.jsf?"
     "pscCourtId=ALNDC\");</script></html>",
     COURT_PAGE_SIGNED_OUT},
    {"the flake", "<p>This user has no access privileges defined.</p>", COURT_PAGE_NO_ACCESS},
    {"the login form of a court that is not on NextGen",
     "<form action=\"/cgi-bin/login.pl?1-L_1_0-1\" enctype=\"multipart/form-data\" method=\"POST\""
     " name=\"GetPass\"><input name=login><input type=password name=key></form>",
     COURT_PAGE_OLD_LOGIN},
    {"district, linked: addresses are relative, labels nest, the bar has no id",
     "<div class=bd><a href=\"../cgi-bin/DisplayMenu.pl?CivilEvents\">C<u>i</u>vil <div></div></a>"
     "<a href='../cgi-bin/login.pl?logout'>Log Out</a></div><div id=cmecfMainContent></div>",
     COURT_PAGE_LINKED},
    {"district, linked: addresses are absolute",
     "<a href='https://ecf.alnd.uscourts.gov/cgi-bin/DisplayMenu.pl?CivilEvents'>Civil</a>",
     COURT_PAGE_LINKED},
    {"bankruptcy, linked: the id comes first",
     "<div id=topmenu>" ITEM("/cgi-bin/DisplayMenu.pl?id=21&amp;AdversaryEvents", "Adversary") OUT
     TAIL, COURT_PAGE_LINKED},
    {"unlinked: the bar has no id, and the main content names a filing menu",
     "<a href='/cgi-bin/DisplayMenu.pl?Utilities&id=-1'>Utilities</a>"
     "<div id=cmecfMainContent><p><a href='DisplayMenu.pl?CivilEvents'>soon</a></div>"
     "<a href='/cgi-bin/login.pl?logout'>Logout</a>",
     COURT_PAGE_UNLINKED},
    {"the front page names the sign-on page too",
     "<a href='https://pacer.login.uscourts.gov/csologin/login.jsf'>PACER</a>"
     "<a href='/cgi-bin/login.pl'>Practice &ndash; Document Filing System</a>",
     COURT_PAGE_OTHER},
    {"signed out: the sign-on page's address is written with escapes",
     "<script>window.location='https:\\/\\/pacer.login.uscourts.gov\\/csologin\\/login.jsf?x'</script>",
     COURT_PAGE_SIGNED_OUT},
    {"signed out: a link asks to sign on again",
     "<p>Expired. <a href='https://pacer.login.uscourts.gov/csologin/login.jsf'>Log in</a>",
     COURT_PAGE_SIGNED_OUT},
    {"no access, with the menu of an unlinked account: the menu counts",
     HEAD("-1") OUT TAIL "This user has no access privileges defined.", COURT_PAGE_UNLINKED},
    {"nothing", "", COURT_PAGE_OTHER},
};
/* clang-format on */

static void pages_are_taken_for_what_they_are(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        PAGE_AUTO struct page page = page_of(table[i].html);
        if (court_page_of(&page) != table[i].kind)
            fail_msg("%s: taken for %d", table[i].what, court_page_of(&page));
    }
}

/* clang-format off */
static const struct {
    const char *html;
    bool spurious;
} treatments[] = {
    {"<p>This user has no access privileges defined.</p>", true},
    {HEAD("-1") OUT TAIL "This user has no access privileges defined.", true},
    {HEAD("5") ITEM("DisplayMenu.pl?CivilEvents", "Civil") OUT TAIL
     "This user has no access privileges defined.", false},
    {"<script>location.replace('https:\\/\\/pacer.login.uscourts.gov\\/csologin\\/login.jsf')</script>",
     true},
    {HEAD("-1") OUT TAIL, false},
    {"", false},
};
/* clang-format on */

static void pages_that_come_for_no_reason_are_told_apart(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof treatments / sizeof *treatments; i++) {
        PAGE_AUTO struct page page = page_of(treatments[i].html);
        if (court_page_is_spurious(&page) != treatments[i].spurious)
            fail_msg("misjudged: %s", treatments[i].html);
    }
}

static const struct {
    const char *reference;
    bool logs_out;
} references[] = {
    {"/cgi-bin/login.pl?logout", true},
    {"https://ecf.alnd.uscourts.gov/cgi-bin/Login.pl?logout", true},
    {"../cgi-bin/LOGIN.PL?LOGOUT", true},
    {"login.pl?%6Cog%6fut", true},
    {"login%2epl%3Flogout", true},
    {"login.pl?id=-1&logout=1&x", true},
    {"login.pl?%00logout", true},
    {"login.pl?logout#here", true},
    {"/cgi-bin/login.pl", false},
    {"/cgi-bin/DisplayMenu.pl?Utilities&id=-1", false},
};

static void log_out_is_known_in_each_dress(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof references / sizeof *references; i++)
        if (address_logs_out(references[i].reference) != references[i].logs_out)
            fail_msg("misjudged: %s", references[i].reference);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_taken_for_what_they_are),
        cmocka_unit_test(pages_that_come_for_no_reason_are_told_apart),
        cmocka_unit_test(log_out_is_known_in_each_dress),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
