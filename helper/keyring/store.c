/* SPDX-License-Identifier: MIT
 * Exact writes: an item with these attributes and no others is set, or a new one is made.
 * Prompts that the service hands out are never performed: libsecret's own calls would. */
#include <string.h>

#include "keyring/attributes.h"
#include "keyring/transfer.h"

static enum status set_secret(struct keyring *keyring, const char *path, const struct secret *value)
{
    g_autoptr(GVariant) encoded = NULL, reply = NULL;
    enum status status = transfer_open(keyring);
    if (status != STATUS_OK)
        return status;
    encoded = transfer_encode(keyring, value);
    status = keyring_call(keyring, path, ITEM_INTERFACE, "SetSecret",
                          g_variant_new("(@(oayays))", encoded), "()", &reply);
    transfer_wipe(encoded);
    return status;
}

/* gnome-keyring rewrites its whole file at each change, so an equal value is left alone. */
enum status keyring_set_value(struct keyring *keyring, struct item *item,
                              const struct secret *value)
{
    enum status status = keyring_read(keyring, item);
    if (status != STATUS_OK)
        return status;
    if (secret_equal(secret_string(&item->value), item->value.size, secret_string(value),
                     value->size))
        return STATUS_OK;
    return set_secret(keyring, item->path, value);
}

static enum status create_item(struct keyring *keyring, const char *collection,
                               GVariant *properties, const struct secret *value)
{
    g_autoptr(GVariant) owned = g_variant_ref_sink(properties), encoded = NULL, reply = NULL;
    const char *prompt;
    enum status status = transfer_open(keyring);
    if (status != STATUS_OK)
        return status;
    encoded = transfer_encode(keyring, value);
    status =
        keyring_call(keyring, collection, COLLECTION_INTERFACE, "CreateItem",
                     g_variant_new("(@a{sv}@(oayays)b)", owned, encoded, FALSE), "(oo)", &reply);
    transfer_wipe(encoded);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(&o&o)", NULL, &prompt);
    return keyring_refuse_prompt(prompt);
}

static GVariant *item_properties(const char *label, GVariant *attributes)
{
    g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{sv}"));
    g_variant_builder_add(&builder, "{sv}", ITEM_INTERFACE ".Label", g_variant_new_string(label));
    g_variant_builder_add(&builder, "{sv}", ITEM_INTERFACE ".Attributes", attributes);
    return g_variant_builder_end(&builder);
}

/* The item with exactly these attributes, and *others that writers made at the same moment. It is
 * the one with the least path: all writers agree on that, so none deletes what another one keeps.
 */
static struct item *find_exact(GPtrArray *items, GHashTable *attributes, GPtrArray *others)
{
    struct item *kept = NULL;
    for (guint i = 0; i < items->len; i++) {
        struct item *item = items->pdata[i];
        if (!attributes_equal(item->attributes, attributes))
            continue;
        if (!kept) {
            kept = item;
        } else if (strcmp(item->path, kept->path) < 0) {
            g_ptr_array_add(others, kept);
            kept = item;
        } else {
            g_ptr_array_add(others, item);
        }
    }
    return kept;
}

static enum status store_exact(struct keyring *keyring, struct item *kept, GPtrArray *others,
                               const struct secret *value)
{
    enum status status = keyring_set_value(keyring, kept, value);
    for (guint i = 0; i < others->len && status == STATUS_OK; i++) {
        status = keyring_delete(keyring, others->pdata[i]);
        if (status == STATUS_ABSENT)
            status = STATUS_OK;
    }
    return status;
}

enum status keyring_store(struct keyring *keyring, const char *schema, GHashTable *attributes,
                          const char *label, const struct secret *value)
{
    g_autofree char *collection = NULL;
    g_autoptr(GPtrArray) items = NULL, others = g_ptr_array_new();
    const char *detail;
    enum status status = keyring_default_collection(keyring, &collection, &detail);
    if (status != STATUS_OK)
        return status;
    status = keyring_search(keyring, attributes, &items);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    struct item *kept = items ? find_exact(items, attributes, others) : NULL;
    if (kept) {
        status = store_exact(keyring, kept, others, value);
        if (status != STATUS_ABSENT) /* else it has just been deleted */
            return status;
    }
    if (!g_utf8_validate(label, -1, NULL))
        return STATUS_BAD_INPUT;
    return create_item(keyring, collection,
                       item_properties(label, attributes_to_variant(attributes, schema)), value);
}

enum status keyring_set_attributes(struct keyring *keyring, const struct item *item,
                                   const char *schema, GHashTable *attributes)
{
    g_autoptr(GVariant) reply = NULL;
    GVariant *variant = attributes_to_variant(attributes, schema);
    if (!variant)
        return STATUS_BAD_INPUT;
    return keyring_call(keyring, item->path, PROPERTIES_INTERFACE, "Set",
                        g_variant_new("(ssv)", ITEM_INTERFACE, "Attributes", variant), "()",
                        &reply);
}

enum status keyring_delete(struct keyring *keyring, struct item *item)
{
    g_autoptr(GVariant) reply = NULL;
    const char *prompt;
    enum status status =
        keyring_call(keyring, item->path, ITEM_INTERFACE, "Delete", NULL, "(o)", &reply);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(&o)", &prompt);
    return keyring_refuse_prompt(prompt);
}
