/* SPDX-License-Identifier: MIT
 * Addresses: what a page's reference means, and whether it is where this run may go.
 * curl's own parser does both, so what is judged here is what curl will contact. */
#ifndef CSOLINK_NET_ADDRESS_H
#define CSOLINK_NET_ADDRESS_H

#include <stdbool.h>

/* The absolute address that reference means on a page at base; the caller frees it. NULL when it is
 * none (javascript:, a malformed one, memory is out). White space around it is ignored, as in
 * HTML. */
char *address_resolve(const char *base, const char *reference);

/* Whether url is https on exactly this host, on port 443 and without user information. */
bool address_is_on(const char *url, const char *host);

/* The address of a path ("/cgi-bin/login.pl") on host; the caller frees it. NULL: memory is out. */
char *address_on(const char *host, const char *path);

#endif
