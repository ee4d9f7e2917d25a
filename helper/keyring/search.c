/* SPDX-License-Identifier: MIT
 * Finding items: one SearchItems, then one Properties.GetAll for each item.
 * Without xdg:schema and without unlocking; what is locked is told from what is not there. */
#include "keyring/attributes.h"
#include "keyring/service.h"

static enum status load_item(struct keyring *keyring, const char *path, struct item **item)
{
    g_autoptr(GVariant) reply = NULL, properties = NULL, attributes = NULL;
    enum status status = keyring_call(keyring, path, PROPERTIES_INTERFACE, "GetAll",
                                      g_variant_new("(s)", ITEM_INTERFACE), "(a{sv})", &reply);
    if (status != STATUS_OK)
        return status;
    properties = g_variant_get_child_value(reply, 0);
    attributes = g_variant_lookup_value(properties, "Attributes", G_VARIANT_TYPE("a{ss}"));
    if (!attributes)
        return STATUS_INTERNAL;
    *item = g_new0(struct item, 1);
    (*item)->path = g_strdup(path);
    (*item)->attributes = attributes_from_variant(attributes);
    g_variant_lookup(properties, "Modified", "t", &(*item)->modified);
    return STATUS_OK;
}

static void free_element(gpointer item)
{
    item_free(item);
}

/* Stable, so that items of one second stay in the service's order: gnome-keyring's is newest first.
 */
static int compare_newest_first(gconstpointer a, gconstpointer b)
{
    const struct item *first = *(struct item *const *)a, *second = *(struct item *const *)b;
    return (first->modified < second->modified) - (first->modified > second->modified);
}

static enum status load_items(struct keyring *keyring, GVariant *paths, GPtrArray **loaded)
{
    g_autoptr(GPtrArray) items = g_ptr_array_new_with_free_func(free_element);
    GVariantIter iter;
    const char *path;
    g_variant_iter_init(&iter, paths);
    while (g_variant_iter_next(&iter, "&o", &path)) {
        struct item *item;
        enum status status = load_item(keyring, path, &item);
        if (status == STATUS_OK)
            g_ptr_array_add(items, item);
        else if (status != STATUS_ABSENT) /* gone since the search */
            return status;
    }
    if (items->len == 0)
        return STATUS_ABSENT;
    g_ptr_array_sort(items, compare_newest_first);
    *loaded = g_steal_pointer(&items);
    return STATUS_OK;
}

/* Why nothing unlocked was found. */
static enum status explain_nothing(struct keyring *keyring, GVariant *locked)
{
    const char *detail;
    if (g_variant_n_children(locked) > 0)
        return STATUS_LOCKED;
    enum status status = keyring_state(keyring, &detail);
    return status == STATUS_OK ? STATUS_ABSENT : status;
}

enum status keyring_search(struct keyring *keyring, GHashTable *attributes, GPtrArray **items)
{
    g_autoptr(GVariant) reply = NULL, unlocked = NULL, locked = NULL;
    GVariant *wanted = attributes_to_variant(attributes, NULL);
    if (!wanted)
        return STATUS_BAD_INPUT;
    enum status status = keyring_call(keyring, SERVICE_PATH, SERVICE_INTERFACE, "SearchItems",
                                      g_variant_new("(@a{ss})", wanted), "(aoao)", &reply);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(@ao@ao)", &unlocked, &locked);
    status = load_items(keyring, unlocked, items);
    return status == STATUS_ABSENT ? explain_nothing(keyring, locked) : status;
}
