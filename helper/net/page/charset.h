/* SPDX-License-Identifier: MIT
 * The encoding of a court's page, and what its forms are sent in (WHATWG Encoding, where us-ascii
 * and iso-8859-1 are windows-1252). Converting tables for all the others are not there: the sandbox
 * has closed the file system. Their bytes are kept as they are, for ASCII is ASCII in all of them
 * and a hidden field only has to come back as it was. */
#ifndef CSOLINK_NET_CHARSET_H
#define CSOLINK_NET_CHARSET_H

#include <stdbool.h>

#include "csolink/secret.h"

enum charset {
    CHARSET_UTF_8,
    CHARSET_WINDOWS_1252,
    CHARSET_UTF_16_LE, /* forms of UTF-16 pages are sent in UTF-8 */
    CHARSET_UTF_16_BE,
    CHARSET_OTHER, /* bytes from 0x80 are the private characters U+F780 to U+F7FF */
};

/* The encoding of a page of these bytes: by its byte order mark, else by the charset of
 * content_type (may be NULL), else by a meta element in its first 1,024 bytes, else by its
 * bytes. */
enum charset charset_of(const char *content_type, const struct secret *bytes);

/* Appends a page's bytes as UTF-8, without a byte order mark. False: memory is out. */
bool charset_decode(enum charset charset, const struct secret *bytes, struct secret *utf8);

/* Whether each character of a UTF-8 string is there in what the page's forms are sent in. */
bool charset_has(enum charset charset, const char *utf8);

/* Appends a UTF-8 string in what the page's forms are sent in; a character that windows-1252 has
 * not becomes "&#NUMBER;", as browsers do. Call charset_has() first for CHARSET_OTHER. False:
 * memory is out. */
bool charset_encode(enum charset charset, const char *utf8, struct secret *bytes);

/* Whether the text at hand begins with one of CHARSET_OTHER's private characters, three bytes
 * long. */
bool charset_is_unread(const char *utf8);

#endif
