/* SPDX-License-Identifier: MIT
 * Our items' attributes as one table of names and members. None of the names is one that git's
 * helper or Python's keyring searches for (protocol, server, user, service, username), so neither
 * can read our items or overwrite them. */
#include "account/item_form.h"

#include <string.h>

static const struct {
    const char *name;
    size_t offset;
} attributes[] = {
    {"kind", offsetof(struct item_form, kind)},
    {"environment", offsetof(struct item_form, environment)},
    {"account", offsetof(struct item_form, account)},
    {"court", offsetof(struct item_form, court)},
    {"filing_login", offsetof(struct item_form, filing_login)},
    {"purpose", offsetof(struct item_form, purpose)},
    {"otp", offsetof(struct item_form, otp)},
    {"client_code", offsetof(struct item_form, client_code)},
};

static const char **member(const struct item_form *form, size_t index)
{
    return (const char **)((char *)form + attributes[index].offset);
}

static GHashTable *table(const struct item_form *form, const char *missing)
{
    GHashTable *all = attributes_new("application", "csolink", NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        const char *value = *member(form, i) ? *member(form, i) : missing;
        if (value)
            g_hash_table_replace(all, g_strdup(attributes[i].name), g_strdup(value));
    }
    return all;
}

GHashTable *item_form_sought(const struct item_form *form)
{
    return table(form, NULL);
}

void item_form_read(const struct item *item, struct item_form *form)
{
    for (size_t i = 0; i < G_N_ELEMENTS(attributes); i++) {
        const char *value = item_attribute(item, attributes[i].name);
        *member(form, i) = *value == '\0' || strcmp(value, "-") == 0 ? NULL : value;
    }
}

enum status item_find(struct keyring *keyring, const struct item_form *form, struct item **found)
{
    g_autoptr(GPtrArray) items = NULL;
    g_autoptr(GHashTable) sought = item_form_sought(form);
    *found = NULL;
    enum status status = keyring_search(keyring, sought, &items);
    if (status == STATUS_OK)
        *found = g_ptr_array_steal_index(items, 0);
    return status;
}

enum status item_read(struct keyring *keyring, const struct item_form *form, struct secret *value)
{
    struct item *item = NULL;
    enum status status = item_find(keyring, form, &item);
    if (status == STATUS_OK)
        status = keyring_read(keyring, item);
    if (status == STATUS_OK && !secret_set(value, secret_string(&item->value), item->value.size))
        status = STATUS_INTERNAL;
    g_clear_pointer(&item, item_free);
    return status;
}

enum status item_store(struct keyring *keyring, const struct item_form *form, const char *label,
                       const struct secret *value)
{
    g_autoptr(GHashTable) stored = table(form, "-");
    return keyring_store(keyring, ITEM_SCHEMA, stored, label, value);
}

enum status item_change(struct keyring *keyring, const struct item *item,
                        const struct item_form *form)
{
    g_autoptr(GHashTable) changed = table(form, "-");
    return keyring_set_attributes(keyring, item, ITEM_SCHEMA, changed);
}

enum status item_erase(struct keyring *keyring, const struct item_form *form)
{
    g_autoptr(GPtrArray) items = NULL;
    g_autoptr(GHashTable) sought = item_form_sought(form);
    enum status status = keyring_search(keyring, sought, &items);
    if (status == STATUS_ABSENT)
        return STATUS_OK;
    for (guint i = 0; status == STATUS_OK && i < items->len; i++) {
        status = keyring_delete(keyring, g_ptr_array_index(items, i));
        if (status == STATUS_ABSENT)
            status = STATUS_OK;
    }
    return status;
}
