/* SPDX-License-Identifier: MIT
 * The two names on the court's confirmation page (step 8 of the procedure). */
#ifndef CSOLINK_NET_NAMES_H
#define CSOLINK_NET_NAMES_H

#include "page/page.h"

/* Each owned by this struct; free with names_clear(). */
struct names {
    char *court, *pacer;
};

/* Reads the two names in the page's main content: rows ("CM/ECF name: Jane Doe"), columns, sections
 * under a heading, whole or as first, middle, last name and suffix, which are joined. A value
 * counts only where its labels say that it is a name and whose, for both sides in the same way;
 * hidden text, a cell that spans both and anything else in doubt is no name. A
 * character that cannot be read is U+FFFD. False, and *names empty, unless there is exactly one of
 * each. */
bool names_find(const struct page *page, struct names *names);
void names_clear(struct names *names);
#define NAMES_AUTO __attribute__((cleanup(names_clear)))

#endif
