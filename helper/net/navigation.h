/* SPDX-License-Identifier: MIT
 * Ways from one page to the next: links by their text, and the meta refresh. */
#ifndef CSOLINK_NET_NAVIGATION_H
#define CSOLINK_NET_NAVIGATION_H

#include "page.h"

/* The address that reference means on this page, its base element respected; the caller frees it.
 * NULL when it is none. */
char *page_resolve(const struct page *page, const char *reference);

/* The next link (a with href) after a node whose text matches pattern (text_matches()), in document
 * order; start with after NULL. NULL when there is none. */
const GumboNode *page_next_link(const struct page *page, const GumboNode *after,
                                const char *pattern);

/* The address of that link; the caller frees it. NULL when its href is none. */
char *page_link_address(const struct page *page, const GumboNode *link);

/* Where the page's meta refresh goes, as it stands there; the caller frees it. NULL when there is
 * none that a browser follows at once: one that waits longer than a few seconds ends a session. */
char *page_refresh(const struct page *page);

#endif
