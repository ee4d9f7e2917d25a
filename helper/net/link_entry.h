/* SPDX-License-Identifier: MIT
 * The way through the court's menu to the link form, and back to the menu: steps 4, 5 and 10 of the
 * procedure. No secret is needed here but the token. */
#ifndef CSOLINK_NET_LINK_ENTRY_H
#define CSOLINK_NET_LINK_ENTRY_H

#include "run.h"

/* Step 4: Utilities, found in run->menu, becomes page. *menu_page is then the address of a page with
 * the menu; the caller frees it. */
enum status link_entry_open_utilities(struct run *run, struct page *page, char **menu_page);

/* Step 5: what the link entry on page leads to becomes page. *linked instead, where the filing menus
 * are there. STATUS_NOT_OFFERED: no entry, and no filing menu. */
enum status link_entry_open_form(struct run *run, struct page *page, bool *linked);

/* Step 10: the page with the menu, anew. */
enum status link_entry_update_menu(struct run *run, const char *menu_page, struct page *page);

#endif
