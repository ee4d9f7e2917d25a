/* SPDX-License-Identifier: MIT
 * Addresses: what a page's reference means, and whether it is where this run may go.
 * curl's own parser does both, so what is judged here is what curl will contact. */
#ifndef CSOLINK_NET_ADDRESS_H
#define CSOLINK_NET_ADDRESS_H

#include <stdbool.h>

/* The absolute address that reference means on a page at base; the caller frees it. NULL when it is
 * none (javascript:, a malformed one, memory is out). White space around it and line breaks
 * in it are ignored, as in HTML. */
char *address_resolve(const char *base, const char *reference);

/* Whether url is https on exactly this host, on port 443 and without user information. */
bool address_is_on(const char *url, const char *host);

/* Whether address, its %XX read, has word in it, in any case. */
bool address_mentions(const char *address, const char *word);

/* Whether a reference is the court's Log Out ("login.pl?logout"), in whatever dress: it must never
 * be followed, and what only looks like it need not be. */
bool address_logs_out(const char *reference);

/* The address of a path ("/cgi-bin/login.pl") on host; the caller frees it. NULL: memory is out. */
char *address_on(const char *host, const char *path);

#endif
