/* SPDX-License-Identifier: MIT
 * A page's copy for support: its structure, without what belongs to a person. */
#ifndef CSOLINK_NET_SCRUB_H
#define CSOLINK_NET_SCRUB_H

#include "page/page.h"

/* The page's tags, a few attributes and its label words, one line each, ended by LF, at most
 * PAGE_COPY_MAX bytes; the caller frees it. Only words of a fixed vocabulary survive; any other
 * piece of text becomes "x", so no name, login, password or token can come through. Of other
 * attributes, such as a field's value, only the presence is told; queries of addresses, scripts and
 * comments are left out. NULL: memory is out. */
char *scrub(const struct page *page);

#endif
