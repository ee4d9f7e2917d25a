/* SPDX-License-Identifier: MIT
 * The two encodings of court pages: UTF-8, and windows-1252 for all else, as browsers have it
 * (WHATWG Encoding: iso-8859-1 and us-ascii are windows-1252, and so is a page that says nothing).
 * A form is sent in the encoding of its page. */
#ifndef CSOLINK_NET_CHARSET_H
#define CSOLINK_NET_CHARSET_H

#include <stdbool.h>

#include "csolink/secret.h"

/* Whether a page of these bytes is windows-1252: by the charset of content_type (may be NULL), else
 * of the page's first 1,024 bytes, else by its bytes. */
bool charset_is_windows_1252(const char *content_type, const struct secret *bytes);

/* Appends windows-1252 bytes as UTF-8. False: memory is out. */
bool charset_decode(const struct secret *bytes, struct secret *utf8);

/* Appends a UTF-8 string as windows-1252; a character that it has not becomes "&#NUMBER;", as in a
 * form. False: memory is out. */
bool charset_encode(const char *utf8, struct secret *bytes);

#endif
