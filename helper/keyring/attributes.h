/* SPDX-License-Identifier: MIT
 * Attribute tables as D-Bus carries and compares them. */
#ifndef CSOLINK_ATTRIBUTES_H
#define CSOLINK_ATTRIBUTES_H

#include <glib.h>
#include <stdbool.h>

#define ATTRIBUTE_SCHEMA "xdg:schema"

/* A floating a{ss} of the table without its xdg:schema, and with schema as xdg:schema where that is
 * not NULL. NULL when a name or value is not UTF-8, which D-Bus cannot carry. */
GVariant *attributes_to_variant(GHashTable *attributes, const char *schema);

/* A new table from an a{ss}. */
GHashTable *attributes_from_variant(GVariant *variant);

/* Are names and values the same, xdg:schema left aside? */
bool attributes_equal(GHashTable *a, GHashTable *b);

#endif
