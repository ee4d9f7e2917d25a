/* SPDX-License-Identifier: MIT
 * Do the court's name and PACER's name mean the same person? Strictly: a wrong link cannot be
 * undone. */
#ifndef CSOLINK_NAMES_H
#define CSOLINK_NAMES_H

#include <stdbool.h>

/* True if the two are equal but for case, punctuation, spaces, and the order "Last, First".
 * Anything else is for a person to decide. Empty names and names that are not UTF-8 are never
 * equal. */
bool names_equal(const char *a, const char *b);

#endif
