/* SPDX-License-Identifier: MIT
 * An item that was found, for whoever looks at it. */
#include "keyring/keyring.h"

void item_free(struct item *item)
{
    g_free(item->path);
    g_hash_table_unref(item->attributes);
    secret_clear(&item->value);
    g_free(item);
}

const char *item_attribute(const struct item *item, const char *name)
{
    const char *value = g_hash_table_lookup(item->attributes, name);
    return value ? value : "";
}
