/* SPDX-License-Identifier: MIT
 * git-credential-libsecret's items: their attributes, which of them match, and their text.
 * Expiry and refresh token are lines of the secret: as attributes they would make new items. */
#include "credential/git_item.h"

#include <string.h>

static const char *const extra_keys[] = {"password_expiry_utc", "oauth_refresh_token"};

static void add_attribute(GHashTable *attributes, const char *name, const char *value)
{
    if (value)
        g_hash_table_insert(attributes, g_strdup(name), g_strdup(value));
}

static void add_host(GHashTable *attributes, const char *text)
{
    g_autofree char *host = NULL;
    unsigned port = 0;
    if (!credential_split_host(text, &host, &port)) { /* it is empty */
        add_attribute(attributes, "server", text);
        return;
    }
    g_autofree char *spelled = g_strndup(text, strlen(host));
    add_attribute(attributes, "server", spelled);
    if (port != 0)
        g_hash_table_insert(attributes, g_strdup("port"), g_strdup_printf("%u", port));
}

enum status git_item_attributes(const struct record *request, GHashTable **attributes)
{
    const char *why;
    enum status status = credential_check(request, &why);
    if (status != STATUS_OK)
        return status;
    *attributes = attributes_new("protocol", record_get(request, "protocol"), NULL);
    add_host(*attributes, record_get(request, "host"));
    add_attribute(*attributes, "object", record_get(request, "path"));
    add_attribute(*attributes, "user", record_get(request, "username"));
    return STATUS_OK;
}

char *git_item_label(GHashTable *attributes)
{
    const char *port = g_hash_table_lookup(attributes, "port");
    const char *path = g_hash_table_lookup(attributes, "object");
    return g_strdup_printf("Git: %s://%s%s%s/%s",
                           (char *)g_hash_table_lookup(attributes, "protocol"),
                           (char *)g_hash_table_lookup(attributes, "server"), port ? ":" : "",
                           port ? port : "", path ? path : "");
}

bool git_item_matches(GHashTable *attributes, GHashTable *wanted)
{
    GHashTableIter iter;
    gpointer name, value;
    g_hash_table_iter_init(&iter, wanted);
    while (g_hash_table_iter_next(&iter, &name, &value)) {
        if (g_strcmp0(g_hash_table_lookup(attributes, name), value) != 0)
            return false;
    }
    return g_hash_table_contains(wanted, "port") || !g_hash_table_contains(attributes, "port");
}

static bool has_path(const struct item *item)
{
    return g_hash_table_contains(item->attributes, "object");
}

static bool any_without_path(GPtrArray *items)
{
    for (guint i = 0; i < items->len; i++) {
        if (!has_path(items->pdata[i]))
            return true;
    }
    return false;
}

enum status git_item_choose(GPtrArray *items, bool path_given, struct item **chosen, char **names)
{
    g_autoptr(GPtrArray) users = g_ptr_array_new();
    bool without_path = !path_given && any_without_path(items);
    *chosen = NULL;
    for (guint i = 0; i < items->len; i++) {
        struct item *item = items->pdata[i];
        const char *user = item_attribute(item, "user");
        if (without_path && has_path(item))
            continue;
        if (!g_ptr_array_find_with_equal_func(users, user, g_str_equal, NULL))
            g_ptr_array_add(users, (gpointer)user);
        if (!*chosen)
            *chosen = item;
    }
    if (users->len > 1) {
        g_ptr_array_add(users, NULL);
        *names = g_strjoinv(", ", (char **)users->pdata);
        return STATUS_BAD_INPUT;
    }
    return *chosen ? STATUS_OK : STATUS_ABSENT;
}

static bool append_text(struct secret *text, const char *piece)
{
    return secret_append(text, piece, strlen(piece));
}

enum status git_item_format_secret(const struct record *request, struct secret *text)
{
    const char *password = record_get(request, "password");
    bool fits = append_text(text, password);
    for (size_t i = 0; i < G_N_ELEMENTS(extra_keys); i++) {
        const char *value = record_get(request, extra_keys[i]);
        if (value)
            fits = fits && append_text(text, "\n") && append_text(text, extra_keys[i]) &&
                   append_text(text, "=") && append_text(text, value);
    }
    return fits ? STATUS_OK : STATUS_INTERNAL;
}

static enum status add_extra(struct record *answer, const char *line)
{
    for (size_t i = 0; i < G_N_ELEMENTS(extra_keys); i++) {
        size_t size = strlen(extra_keys[i]);
        if (strncmp(line, extra_keys[i], size) == 0 && line[size] == '=')
            return record_add(answer, extra_keys[i], line + size + 1);
    }
    return STATUS_OK;
}

enum status git_item_parse_secret(const struct secret *text, struct record *answer)
{
    SECRET_AUTO struct secret copy = {0};
    if (memchr(secret_string(text), '\0', text->size)) /* what follows it would be lost unseen */
        return STATUS_BAD_INPUT;
    if (!secret_set(&copy, secret_string(text), text->size))
        return STATUS_INTERNAL;
    char *rest = copy.data;
    enum status status = record_add(answer, "password", strsep(&rest, "\n"));
    while (status == STATUS_OK && rest)
        status = add_extra(answer, strsep(&rest, "\n"));
    return status;
}

bool git_item_has_password(const struct secret *text, const char *password)
{
    const char *stored = secret_string(text);
    const char *end = memchr(stored, '\n', text->size);
    size_t size = end ? (size_t)(end - stored) : text->size;
    return secret_equal(stored, size, password, strlen(password));
}
