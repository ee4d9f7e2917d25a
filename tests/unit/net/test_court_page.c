/* SPDX-License-Identifier: MIT
 * What the menus of real courts (juriscraper's examples), and what comes instead, are taken for. */
#include "court_page.h"
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

static void log_out_is_known_in_each_spelling(void **state)
{
    (void)state;
    assert_true(leads_to_logout("/cgi-bin/login.pl?logout"));
    assert_true(leads_to_logout("https://ecf.alnd.uscourts.gov/cgi-bin/Login.pl?logout"));
    assert_false(leads_to_logout("/cgi-bin/login.pl"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_taken_for_what_they_are),
        cmocka_unit_test(log_out_is_known_in_each_spelling),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
