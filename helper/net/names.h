/* SPDX-License-Identifier: MIT
 * The two names on the court's confirmation page (step 8 of the procedure). */
#ifndef CSOLINK_NET_NAMES_H
#define CSOLINK_NET_NAMES_H

#include "page.h"

/* Each owned by this struct; free with names_clear(). */
struct names {
    char *court, *pacer;
};

/* Reads the rows labelled CM/ECF and PACER ("CM/ECF name: Jane Doe") in the page's main content.
 * False, and *names empty, unless there is exactly one of each. */
bool names_find(const struct page *page, struct names *names);
void names_clear(struct names *names);
#define NAMES_AUTO __attribute__((cleanup(names_clear)))

#endif
