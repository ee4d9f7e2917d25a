/* SPDX-License-Identifier: MIT
 * get, store and erase for hosts that are no court.
 * Answers are decided before they are given; what is erased is compared item by item. */

#include "credential/git_item.h"

/* The items that the request describes, newest first. STATUS_ABSENT where there is none. */
static enum status find_items(struct keyring *keyring, const struct record *request,
                              GPtrArray **found)
{
    g_autoptr(GHashTable) wanted = NULL;
    g_autoptr(GPtrArray) items = NULL;
    enum status status = git_item_attributes(request, &wanted);
    if (status == STATUS_OK)
        status = keyring_search(keyring, wanted, &items);
    if (status != STATUS_OK)
        return status;
    for (guint i = items->len; i > 0; i--) {
        struct item *item = items->pdata[i - 1];
        if (!git_item_matches(item->attributes, wanted))
            g_ptr_array_remove_index(items, i - 1);
    }
    if (items->len == 0)
        return STATUS_ABSENT;
    *found = g_steal_pointer(&items);
    return STATUS_OK;
}

static enum status add_username(const struct item *item, struct record *answer)
{
    const char *user = g_hash_table_lookup(item->attributes, "user");
    return user ? record_add(answer, "username", user) : STATUS_OK;
}

enum status credential_get(struct keyring *keyring, const struct record *request,
                           struct record *answer, char **names)
{
    g_autoptr(GPtrArray) items = NULL;
    struct item *item = NULL;
    *names = NULL;
    enum status status = find_items(keyring, request, &items);
    if (status == STATUS_OK)
        status = git_item_choose(items, record_get(request, "path") != NULL, &item, names);
    if (status == STATUS_OK)
        status = keyring_read(keyring, item);
    if (status == STATUS_OK)
        status = add_username(item, answer);
    if (status == STATUS_OK)
        status = git_item_parse_secret(&item->value, answer);
    return status;
}

/* git's booleans; what is none of them is taken for true, so that nothing is kept by mistake. */
static bool is_ephemeral(const struct record *request)
{
    static const char *const no[] = {"", "0", "false", "no", "off"};
    const char *value = record_get(request, "ephemeral");
    if (!value)
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(no); i++) {
        if (g_ascii_strcasecmp(value, no[i]) == 0)
            return false;
    }
    return true;
}

static bool is_complete(const struct record *request)
{
    return record_get(request, "protocol") && record_get(request, "host") &&
           record_get(request, "username") && record_get(request, "password");
}

enum status credential_store(struct keyring *keyring, const struct record *request)
{
    SECRET_AUTO struct secret text = {0};
    g_autoptr(GHashTable) attributes = NULL;
    if (!is_complete(request) || is_ephemeral(request))
        return STATUS_OK;
    enum status status = git_item_attributes(request, &attributes);
    if (status == STATUS_OK)
        status = git_item_format_secret(request, &text);
    if (status != STATUS_OK)
        return status;
    g_autofree char *label = git_item_label(attributes);
    return keyring_store(keyring, GIT_ITEM_SCHEMA, attributes, label, &text);
}

static enum status erase_items(struct keyring *keyring, GPtrArray *items, const char *password)
{
    enum status status = password ? keyring_read_all(keyring, items) : STATUS_OK;
    for (guint i = 0; i < items->len && status == STATUS_OK; i++) {
        struct item *item = items->pdata[i];
        if (password && !git_item_has_password(&item->value, password))
            continue;
        status = keyring_delete(keyring, item);
        if (status == STATUS_ABSENT) /* another one was faster */
            status = STATUS_OK;
    }
    return status;
}

enum status credential_erase(struct keyring *keyring, const struct record *request)
{
    g_autoptr(GPtrArray) items = NULL;
    enum status status = find_items(keyring, request, &items);
    if (status == STATUS_OK)
        status = erase_items(keyring, items, record_get(request, "password"));
    return status == STATUS_ABSENT ? STATUS_OK : status;
}
