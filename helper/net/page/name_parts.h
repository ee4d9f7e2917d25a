/* SPDX-License-Identifier: MIT
 * One person's name as a page has it, whole or in parts, until it is known to be exactly one. */
#ifndef CSOLINK_NET_NAME_PARTS_H
#define CSOLINK_NET_NAME_PARTS_H

#include <stddef.h>

#include "page/label.h"

/* How many values there are for each part, and the last. {0} is none. */
struct name_parts {
    size_t counts[PARTS];
    const char *values[PARTS];
};

/* value is borrowed. */
void name_parts_add(struct name_parts *parts, enum part part, const char *value);

/* How many values, of all parts together. */
size_t name_parts_count(const struct name_parts *parts);

/* The whole name, or its parts in the order of writing, for free(); NULL where they are not exactly
 * one name, or a value does not look like its part. */
char *name_parts_join(const struct name_parts *parts);

#endif
