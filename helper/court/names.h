/* SPDX-License-Identifier: MIT
 * Do the court's name and PACER's name mean the same person? Strictly: a wrong link cannot be
 * undone. */
#ifndef CSOLINK_NAMES_H
#define CSOLINK_NAMES_H

/* Case, punctuation, spaces and the order "Last, First" are nothing; anything else is a person's to
 * decide, who is told what differs. */
enum names_verdict {
    NAMES_EQUAL,
    NAMES_TO_CONFIRM, /* only a middle name is missing or shortened, or too little is there */
    NAMES_DIFFER
};

/* Compares them; which is which does not matter. *what: what differs, a constant clause in plain
 * ASCII such as "the last names differ"; NULL where they are equal. Names that are empty, not UTF-8
 * or longer than any name, or that hold a character that is not seen or not known (zero width,
 * direction marks, private use, "?"), are never equal, not even to themselves. */
enum names_verdict names_compare(const char *a, const char *b, const char **what);

#endif
