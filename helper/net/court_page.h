/* SPDX-License-Identifier: MIT
 * What a court's page says about the sign-on and the link: recognised by its menu, never by its
 * prose. Sources: raw pages of district and bankruptcy courts among juriscraper's examples. */
#ifndef CSOLINK_NET_COURT_PAGE_H
#define CSOLINK_NET_COURT_PAGE_H

#include "page.h"

enum court_page {
    COURT_PAGE_OTHER,
    COURT_PAGE_LINKED,     /* the filing menus are there */
    COURT_PAGE_UNLINKED,   /* signed on, without a filing account: id=-1 */
    COURT_PAGE_SIGNED_OUT, /* its script leads to PACER's sign-on page */
    COURT_PAGE_NO_ACCESS,  /* "This user has no access privileges defined.", often for no reason */
    COURT_PAGE_OLD_LOGIN,  /* the login form of a court that is not on NextGen */
};

enum court_page court_page_of(const struct page *page);

/* Whether a reference is the menu's Log Out, which must never be followed. */
bool leads_to_logout(const char *reference);

#endif
