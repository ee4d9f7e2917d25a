/* SPDX-License-Identifier: MIT
 * What a page says, without its tags. */
#ifndef CSOLINK_NET_TEXT_H
#define CSOLINK_NET_TEXT_H

#include <gumbo.h>
#include <stdbool.h>
#include <stddef.h>

/* The text under node with tags stripped and spaces folded, UTF-8, no control bytes: "Query" for
 * "<u>Q</u>uery". The caller frees it; NULL: memory is out. */
char *text_of(const GumboNode *node);

/* The same, with LF between the lines that a reader sees and TAB between a row's cells. */
char *text_lines_of(const GumboNode *node);

/* How many bytes at text are white space or a control character: ASCII, C1 or no-break space. */
size_t text_blank(const char *text);

/* Whether text matches an extended regular expression, without regard to case. pattern is a
 * constant: the last one stays compiled, and is known again by its address. */
bool text_matches(const char *text, const char *pattern);

/* Overwrites each occurrence of secret, which may be empty, in text. */
void text_conceal(char *text, const char *secret);

/* Copies text without tags (it may be HTML), folded, into out: at most size - 1 bytes, whole UTF-8
 * characters. text may be NULL. */
void text_plain(char *out, size_t size, const char *text);

/* Copies folded text, cut off at a character, as above. What cannot be read becomes "?". */
void text_cut(char *out, size_t size, const char *text);

#endif
