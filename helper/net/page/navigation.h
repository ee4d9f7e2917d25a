/* SPDX-License-Identifier: MIT
 * Ways from one page to the next: links by their text, the meta refresh, a
 * script that does nothing else. */
#ifndef CSOLINK_NET_NAVIGATION_H
#define CSOLINK_NET_NAVIGATION_H

#include "page/page.h"

/* The address that reference means on this page, its base element respected; the caller frees it.
 * NULL when it is none. */
char *page_resolve(const struct page *page, const char *reference);

/* What a reader sees on a link or button: its text, or that of an image where it has none. The
 * caller frees it; NULL: memory is out. */
char *node_label(const GumboNode *node);

/* The next link (a with href) after a node whose label matches pattern (text_matches()), in
 * document order; start with after NULL. NULL when there is none. */
const GumboNode *page_next_link(const struct page *page, const GumboNode *after,
                                const char *pattern);

/* The address of that link; the caller frees it. NULL when its href is none. */
char *page_link_address(const struct page *page, const GumboNode *link);

/* Where the page's meta refresh goes, as it stands there; the caller frees it. NULL when there is
 * none that a browser follows at once (one that waits longer than a few seconds ends a session), or
 * only one for browsers without scripts. */
char *page_refresh(const struct page *page);

/* Where the script of a page that shows nothing goes (location.assign("…") and the like), as above.
 * NULL when the page shows anything, alert() included, or when scripts name no place, several, or
 * one that they put together while they run. */
char *page_script_location(const struct page *page);

#endif
