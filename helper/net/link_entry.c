/* SPDX-License-Identifier: MIT
 * The way through the court's menu to the link form, and back to the menu. */
#include "link_entry.h"

#include <stdlib.h>

#include "court_page.h"
#include "navigation.h"
#include "visit.h"

#define UTILITIES  "^utilities$"
#define LINK_ENTRY "link (a|my) (cm/ecf|filer) account to my pacer account"

enum status link_entry_open_utilities(struct run *run, struct page *page, char **menu_page)
{
    const struct page *menu = &run->menu;
    const GumboNode *entry = page_next_link(menu, NULL, UTILITIES);
    *menu_page = entry ? page_link_address(menu, entry) : NULL;
    if (!*menu_page)
        return visit_not_recognised(run, menu);
    return visit(run, *menu_page, NULL, page, NULL);
}

enum status link_entry_open_form(struct run *run, struct page *page, bool *linked)
{
    const GumboNode *entry = page_next_link(page, NULL, LINK_ENTRY);
    enum court_page kind = court_page_of(page);
    if (!entry && kind == COURT_PAGE_LINKED) {
        *linked = true;
        return STATUS_OK;
    }
    if (!entry)
        return kind == COURT_PAGE_UNLINKED ? STATUS_NOT_OFFERED : visit_not_recognised(run, page);
    char *url = page_link_address(page, entry);
    enum status status = url ? visit(run, url, NULL, page, NULL) : visit_not_recognised(run, page);
    free(url);
    return status;
}

enum status link_entry_update_menu(struct run *run, const char *menu_page, struct page *page)
{
    return visit(run, menu_page, NULL, page, NULL);
}
