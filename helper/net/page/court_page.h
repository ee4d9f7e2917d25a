/* SPDX-License-Identifier: MIT
 * What a court's page says about the sign-on and the link: recognised by its menu, never by its
 * prose. Sources: raw pages of district and bankruptcy courts among juriscraper's examples. */
#ifndef CSOLINK_NET_COURT_PAGE_H
#define CSOLINK_NET_COURT_PAGE_H

#include "page/page.h"

enum court_page {
    COURT_PAGE_OTHER,
    COURT_PAGE_LINKED,     /* the filing menus are there */
    COURT_PAGE_UNLINKED,   /* signed on, without a filing account: id=-1 */
    COURT_PAGE_SIGNED_OUT, /* its script leads to PACER's sign-on page */
    COURT_PAGE_NO_ACCESS,  /* "This user has no access privileges defined.", often for no reason */
    COURT_PAGE_OLD_LOGIN,  /* the login form of a court that is not on NextGen */
};

/* The front page's way in (step 1 of the procedure), for page_next_link(). Titles stand before it
 * and versions after it. */
#define COURT_FILING_ENTRY "document filing system"

enum court_page court_page_of(const struct page *page);

/* Whether the page treats the user as signed out or without rights, which a court sometimes does to
 * a signed-on one for no reason. An unlinked menu does not rule it out, filing menus do. Sources:
 * juriscraper's pull request 618, courtlistener's issue 2160. */
bool court_page_is_spurious(const struct page *page);

/* Whether it is, by its address, a page that CM/ECF shows for its menu: of login.pl, iquery.pl or
 * DisplayMenu.pl. Source: the menus among juriscraper's examples. */
bool court_page_is_menus(const struct page *page);

#endif
