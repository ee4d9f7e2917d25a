/* SPDX-License-Identifier: MIT
 * What a court's page says about the sign-on and the link. */
#include "page/court_page.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "page/navigation.h"
#include "page/text.h"

/* In an address: up to an argument, and what follows it. */
#define UP_TO           "\\.pl\\?(.*&)?"
#define THEN            "([&#]|$)"
#define FILING_MENU     "DisplayMenu" UP_TO "(Civil|Criminal|Bankruptcy|Adversary)Events" THEN
#define NO_FILING_LOGIN "(menu|DisplayMenu)" UP_TO "id=-1" THEN
#define MENUS_PAGE      "^[^?#]*/(login|iquery|DisplayMenu)\\.pl([?#]|$)"
#define SIGN_ON_PAGE    "csologin/login.jsf"
#define NO_ACCESS       "This user has no access privileges defined"

/* What a search looks at: all under root, but not what is under except, which may be NULL. */
struct part {
    const GumboNode *root, *except;
};

/* The menu bar; on a page without its id all that is not main content. */
static struct part menu_of(const struct page *page)
{
    const GumboNode *menu = node_find_id(page->document, "topmenu");
    if (menu)
        return (struct part){menu, NULL};
    return (struct part){page->document, node_find_id(page->document, "cmecfMainContent")};
}

static const GumboNode *last_under(const GumboNode *root)
{
    const GumboNode *last = root;
    for (const GumboNode *node = root; node; node = page_next(node, root))
        last = node;
    return last;
}

static bool matches_filing_menu(const char *href)
{
    return text_matches(href, FILING_MENU);
}

static bool matches_no_filing_login(const char *address)
{
    return text_matches(address, NO_FILING_LOGIN);
}

/* Whether an element of the part has this tag and an attribute that matches. */
static bool has(struct part part, GumboTag tag, const char *name, bool (*matches)(const char *))
{
    for (const GumboNode *node = part.root; node; node = page_next(node, part.root)) {
        const char *value = node_tag(node) == tag ? node_attribute(node, name) : NULL;
        if (node == part.except)
            node = last_under(node);
        else if (value && matches(value))
            return true;
    }
    return false;
}

static bool shows_no_filing_login(const struct page *page, struct part menu)
{
    struct part whole = {page->document, NULL};
    return has(menu, GUMBO_TAG_A, "href", address_logs_out) &&
           (has(menu, GUMBO_TAG_A, "href", matches_no_filing_login) ||
            has(whole, GUMBO_TAG_SCRIPT, "src", matches_no_filing_login));
}

/* A front page may name the sign-on page too. */
static bool leads_to_sign_on(const struct page *page)
{
    if (strcasestr(secret_string(&page->source), SIGN_ON_PAGE))
        return !page_next_link(page, NULL, COURT_FILING_ENTRY);
    char *target = page_script_location(page);
    bool leads = target && strcasestr(target, SIGN_ON_PAGE);
    free(target);
    return leads;
}

static bool denies_access(const struct page *page)
{
    return strcasestr(secret_string(&page->source), NO_ACCESS) != NULL;
}

static bool is_old_login(const char *name)
{
    return strcasecmp(name, "GetPass") == 0;
}

enum court_page court_page_of(const struct page *page)
{
    struct part menu = menu_of(page);
    if (has(menu, GUMBO_TAG_A, "href", matches_filing_menu))
        return COURT_PAGE_LINKED;
    if (shows_no_filing_login(page, menu))
        return COURT_PAGE_UNLINKED;
    if (leads_to_sign_on(page))
        return COURT_PAGE_SIGNED_OUT;
    if (denies_access(page))
        return COURT_PAGE_NO_ACCESS;
    if (has((struct part){page->document, NULL}, GUMBO_TAG_FORM, "name", is_old_login))
        return COURT_PAGE_OLD_LOGIN;
    return COURT_PAGE_OTHER;
}

bool court_page_is_spurious(const struct page *page)
{
    enum court_page kind = court_page_of(page);
    return kind == COURT_PAGE_SIGNED_OUT || (kind != COURT_PAGE_LINKED && denies_access(page));
}

bool court_page_is_menus(const struct page *page)
{
    return text_matches(page->url, MENUS_PAGE);
}
