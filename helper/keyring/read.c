/* SPDX-License-Identifier: MIT
 * Reading the values of items, all of them with one GetSecrets.
 * The service leaves out what it cannot give without a word; here it gets one. */
#include "keyring/transfer.h"

/* Why GetSecrets left the item out. */
static enum status explain_left_out(struct keyring *keyring, const char *path)
{
    bool locked = false;
    enum status status = keyring_is_locked(keyring, path, ITEM_INTERFACE, &locked);
    if (status != STATUS_OK)
        return status;
    return locked ? STATUS_LOCKED : STATUS_INTERNAL;
}

static enum status take_value(struct keyring *keyring, GVariant *secrets, struct item *item)
{
    g_autoptr(GVariant) encoded =
        g_variant_lookup_value(secrets, item->path, G_VARIANT_TYPE("(oayays)"));
    if (!encoded)
        return explain_left_out(keyring, item->path);
    return transfer_decode(keyring, encoded, &item->value);
}

static enum status get_secrets(struct keyring *keyring, GPtrArray *items, GVariant **secrets)
{
    g_auto(GVariantBuilder) paths = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("ao"));
    g_autoptr(GVariant) reply = NULL;
    for (guint i = 0; i < items->len; i++)
        g_variant_builder_add(&paths, "o", ((struct item *)items->pdata[i])->path);
    enum status status =
        keyring_call(keyring, SERVICE_PATH, SERVICE_INTERFACE, "GetSecrets",
                     g_variant_new("(aoo)", &paths, keyring->session), "(a{o(oayays)})", &reply);
    if (status == STATUS_OK)
        *secrets = g_variant_get_child_value(reply, 0);
    return status;
}

enum status keyring_read_all(struct keyring *keyring, GPtrArray *items)
{
    g_autoptr(GVariant) secrets = NULL;
    enum status status = transfer_open(keyring);
    if (status == STATUS_OK)
        status = get_secrets(keyring, items, &secrets);
    if (status != STATUS_OK)
        return status;
    for (guint i = items->len; i > 0; i--) {
        status = take_value(keyring, secrets, items->pdata[i - 1]);
        if (status == STATUS_ABSENT)
            g_ptr_array_remove_index(items, i - 1);
        else if (status != STATUS_OK)
            return status;
    }
    return items->len > 0 ? STATUS_OK : STATUS_ABSENT;
}

enum status keyring_read(struct keyring *keyring, struct item *item)
{
    g_autoptr(GPtrArray) one = g_ptr_array_new();
    g_ptr_array_add(one, item);
    return keyring_read_all(keyring, one);
}
