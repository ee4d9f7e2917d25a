/* SPDX-License-Identifier: MIT
 * What a court says after a submission: on the page, or in a pop-up window (JavaScript's alert()),
 * as the Southern District of West Virginia tells of its own. */
#ifndef CSOLINK_NET_MESSAGE_H
#define CSOLINK_NET_MESSAGE_H

#include "page/page.h"

/* The texts of the page's alerts, then its main content; tags stripped, spaces folded. The caller
 * frees it; NULL: memory is out. It is told, not trusted. */
char *message_of(const struct page *page);

/* Whether a page without a form refuses what was sent: an alert after which the browser goes back,
 * or "login attempt failed" at the beginning of the main content. */
bool message_refuses(const struct page *page);

#endif
