/* SPDX-License-Identifier: MIT
 * Tables of attributes: made, compared, turned into D-Bus values and back.
 * Only exact comparison keeps an item with more attributes than ours from being overwritten. */
#include "keyring/attributes.h"

#include <stdarg.h>
#include <string.h>

#include "keyring/keyring.h"

static GHashTable *table_new(void)
{
    return g_hash_table_new_full(g_str_hash, g_str_equal, g_free, g_free);
}

GHashTable *attributes_new(const char *name, ...)
{
    GHashTable *attributes = table_new();
    va_list arguments;
    va_start(arguments, name);
    for (; name; name = va_arg(arguments, const char *))
        g_hash_table_insert(attributes, g_strdup(name), g_strdup(va_arg(arguments, const char *)));
    va_end(arguments);
    return attributes;
}

static bool is_schema(const char *name)
{
    return strcmp(name, ATTRIBUTE_SCHEMA) == 0;
}

GVariant *attributes_to_variant(GHashTable *attributes, const char *schema)
{
    g_auto(GVariantBuilder) builder = G_VARIANT_BUILDER_INIT(G_VARIANT_TYPE("a{ss}"));
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, attributes);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        if (!g_utf8_validate(name, -1, NULL) || !g_utf8_validate(value, -1, NULL))
            return NULL;
        if (!is_schema(name))
            g_variant_builder_add(&builder, "{ss}", name, value);
    }
    if (schema)
        g_variant_builder_add(&builder, "{ss}", ATTRIBUTE_SCHEMA, schema);
    return g_variant_builder_end(&builder);
}

GHashTable *attributes_from_variant(GVariant *variant)
{
    GHashTable *attributes = table_new();
    GVariantIter iter;
    char *name, *value;
    g_variant_iter_init(&iter, variant);
    while (g_variant_iter_next(&iter, "{ss}", &name, &value))
        g_hash_table_insert(attributes, name, value);
    return attributes;
}

static guint count_without_schema(GHashTable *attributes)
{
    return g_hash_table_size(attributes) -
           (g_hash_table_contains(attributes, ATTRIBUTE_SCHEMA) ? 1 : 0);
}

bool attributes_equal(GHashTable *a, GHashTable *b)
{
    GHashTableIter iter;
    gpointer name, value;
    if (count_without_schema(a) != count_without_schema(b))
        return false;
    g_hash_table_iter_init(&iter, a);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        if (!is_schema(name) && g_strcmp0(g_hash_table_lookup(b, name), value) != 0)
            return false;
    }
    return true;
}
