/* SPDX-License-Identifier: MIT
 * What a court's page says about the sign-on and the link. */
#include "court_page.h"

#include <string.h>

#include "text.h"

#define FILING_MENU     "DisplayMenu\\.pl\\?(Civil|Criminal|Bankruptcy|Adversary)Events([&#]|$)"
#define LOG_OUT         "login\\.pl\\?logout"
#define NO_FILING_LOGIN "(menu|DisplayMenu)\\.pl\\?(.*&)?id=-1([&#]|$)"

bool leads_to_logout(const char *reference)
{
    return text_matches(reference, LOG_OUT);
}

/* Whether an element under root has this tag and an attribute that matches. */
static bool has(const GumboNode *root, GumboTag tag, const char *name, const char *pattern)
{
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        const char *value = node_tag(node) == tag ? node_attribute(node, name) : NULL;
        if (value && text_matches(value, pattern))
            return true;
    }
    return false;
}

static bool shows_no_filing_login(const struct page *page, const GumboNode *menu)
{
    return has(menu, GUMBO_TAG_A, "href", LOG_OUT) &&
           (has(menu, GUMBO_TAG_A, "href", NO_FILING_LOGIN) ||
            has(page->document, GUMBO_TAG_SCRIPT, "src", NO_FILING_LOGIN));
}

enum court_page court_page_of(const struct page *page)
{
    const char *source = secret_string(&page->source);
    const GumboNode *menu = node_find_id(page->document, "topmenu");
    if (!menu)
        menu = page->document;
    if (has(menu, GUMBO_TAG_A, "href", FILING_MENU))
        return COURT_PAGE_LINKED;
    if (shows_no_filing_login(page, menu))
        return COURT_PAGE_UNLINKED;
    if (strcasestr(source, "csologin/login.jsf"))
        return COURT_PAGE_SIGNED_OUT;
    if (strcasestr(source, "This user has no access privileges defined"))
        return COURT_PAGE_NO_ACCESS;
    if (has(page->document, GUMBO_TAG_FORM, "name", "^GetPass$"))
        return COURT_PAGE_OLD_LOGIN;
    return COURT_PAGE_OTHER;
}
