/* SPDX-License-Identifier: MIT
 * What a label on a confirmation page announces: whose name, and which part of it. */
#ifndef CSOLINK_NET_LABEL_H
#define CSOLINK_NET_LABEL_H

#include <stdbool.h>

enum side { SIDE_NONE, SIDE_COURT, SIDE_PACER, SIDE_BOTH, SIDES };

/* Parts in the order in which a name is written. */
enum part { PART_NONE, PART_WHOLE, PART_FIRST, PART_MIDDLE, PART_LAST, PART_SUFFIX, PARTS };

struct label {
    enum side side; /* what the text mentions, label or not */
    enum part part;
    bool is_label; /* nothing but a side, a part, and words that say no more */
};

/* Reads a piece of text: "Name on the PACER account:" is a label, and so is "CM/ECF"; "CM/ECF
 * login", "PACER user name" and "Firm name" are none. */
struct label label_read(const char *text);

/* Whether a value can be a name, or a part of one: letters, no "@", not "unknown" and the like.
 * A whole name has two words and a blank or comma, so that no login passes for one. */
bool label_fits(enum part part, const char *value);

/* Whether a text is nothing but an initial or a generation ("Q.", "Jr."). */
bool label_is_name_scrap(const char *text);

#endif
