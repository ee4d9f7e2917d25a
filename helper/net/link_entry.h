/* SPDX-License-Identifier: MIT
 * The way through the court's menu to the link form, and back to the menu: steps 4, 5 and 10 of the
 * procedure. No secret is needed here but the token. */
#ifndef CSOLINK_NET_LINK_ENTRY_H
#define CSOLINK_NET_LINK_ENTRY_H

#include "run.h"

/* Step 4: Utilities, found in run->menu, becomes page; where the menu has none, run->menu itself.
 * *menu_page is then the address of a page with the menu; the caller frees it. */
enum status link_entry_open_utilities(struct run *run, struct page *page, char **menu_page);

/* Step 5: what the link entry leads to becomes page. The entry is a link or button on page, else an
 * item of the script menu.pl that page names. *linked instead, where there is none and the filing
 * menus are there. STATUS_NOT_OFFERED: neither. STATUS_PAGE_NOT_RECOGNISED: entries that lead to
 * different places, or none that leads anywhere. STATUS_COURT_ERROR and a spurious page
 * (court_page_is_spurious()), twice: the token has to be renewed. */
enum status link_entry_open_form(struct run *run, struct page *page, bool *linked);

/* Step 10: the page with the menu, anew. STATUS_COURT_ERROR also for a spurious page. */
enum status link_entry_update_menu(struct run *run, const char *menu_page, struct page *page);

#endif
