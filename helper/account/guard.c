/* SPDX-License-Identifier: MIT
 * The guard's marks in the account's state: group "password" or "filing COURT" with the keys
 * rejected (a list), sent and sent_count. */
#include "account/guard.h"

#include <string.h>
#include <sys/random.h>

#include "account/item_form.h"

enum { KEY_BYTES = 32, SENT_LIMIT = 2 };

static bool new_key(struct secret *key)
{
    unsigned char bytes[KEY_BYTES];
    char text[2 * KEY_BYTES + 1];
    bool good = getrandom(bytes, sizeof bytes, 0) == (ssize_t)sizeof bytes;
    for (size_t i = 0; i < sizeof bytes; i++)
        g_snprintf(text + 2 * i, 3, "%02x", bytes[i]);
    good = good && secret_set(key, text, 2 * KEY_BYTES);
    explicit_bzero(bytes, sizeof bytes);
    explicit_bzero(text, sizeof text);
    return good;
}

enum status guard_key(struct keyring *keyring, struct secret *key)
{
    struct item_form form = {.kind = ITEM_KIND_GUARD};
    enum status status = item_read(keyring, &form, key);
    if (status != STATUS_ABSENT)
        return status;
    SECRET_AUTO struct secret fresh = {0};
    if (!new_key(&fresh))
        return STATUS_INTERNAL;
    status = item_store(keyring, &form, "csolink: key of the fingerprints", &fresh);
    /* Two processes may have made one at once: what the keyring holds now is the key of both. */
    return status == STATUS_OK ? item_read(keyring, &form, key) : status;
}

char *guard_fingerprint(const struct secret *key, const struct secret *value)
{
    return g_compute_hmac_for_data(G_CHECKSUM_SHA256, (const guchar *)secret_string(key), key->size,
                                   (const guchar *)secret_string(value), value->size);
}

char *guard_group(const char *what, const char *court)
{
    return court ? g_strconcat(what, " ", court, NULL) : g_strdup(what);
}

static bool is_rejected(GKeyFile *keys, const char *group, const char *fingerprint)
{
    g_auto(GStrv) list = g_key_file_get_string_list(keys, group, "rejected", NULL, NULL);
    return list && g_strv_contains((const char *const *)list, fingerprint);
}

static int times_sent(GKeyFile *keys, const char *group, const char *fingerprint)
{
    g_autofree char *sent = g_key_file_get_string(keys, group, "sent", NULL);
    if (!sent || strcmp(sent, fingerprint) != 0)
        return 0;
    return g_key_file_get_integer(keys, group, "sent_count", NULL);
}

static void forget_sent(GKeyFile *keys, const char *group)
{
    g_key_file_remove_key(keys, group, "sent", NULL);
    g_key_file_remove_key(keys, group, "sent_count", NULL);
}

enum status guard_verdict(struct state *state, const char *group, const char *fingerprint)
{
    if (is_rejected(state->keys, group, fingerprint))
        return STATUS_REJECTED;
    if (times_sent(state->keys, group, fingerprint) >= SENT_LIMIT)
        return STATUS_REFUSED_BY_POLICY;
    return STATUS_OK;
}

enum status guard_sending(struct state *state, const char *group, const char *fingerprint)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    enum status verdict = guard_verdict(state, group, fingerprint);
    if (verdict == STATUS_OK) {
        int count = times_sent(state->keys, group, fingerprint) + 1;
        g_key_file_set_string(state->keys, group, "sent", fingerprint);
        g_key_file_set_integer(state->keys, group, "sent_count", count);
    }
    status = state_commit(state);
    return status == STATUS_OK ? verdict : status;
}

static void add_rejected(GKeyFile *keys, const char *group, const char *fingerprint)
{
    g_auto(GStrv) old = g_key_file_get_string_list(keys, group, "rejected", NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (is_rejected(keys, group, fingerprint))
        return;
    if (old)
        g_strv_builder_addv(builder, (const char **)old);
    g_strv_builder_add(builder, fingerprint);
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, group, "rejected", (const char *const *)list,
                               g_strv_length(list));
}

static void remove_rejected(GKeyFile *keys, const char *group, const char *fingerprint)
{
    g_auto(GStrv) old = g_key_file_get_string_list(keys, group, "rejected", NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (char **entry = old; entry && *entry; entry++) {
        if (strcmp(*entry, fingerprint) != 0)
            g_strv_builder_add(builder, *entry);
    }
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, group, "rejected", (const char *const *)list,
                               g_strv_length(list));
}

enum guard_answer guard_answer_of(enum status status, const struct record *result)
{
    bool sent = record_get_number(result, "sent", 1) != 0;
    bool answered = record_get_number(result, "answered", 0) != 0;
    if (status == STATUS_OK)
        return GUARD_ACCEPTED;
    if (status == STATUS_REJECTED)
        return GUARD_REFUSED;
    return sent && !answered ? GUARD_NO_ANSWER : GUARD_UNUSED;
}

enum status guard_settle(struct state *state, const char *group, const char *fingerprint,
                         enum guard_answer answer)
{
    if (answer == GUARD_NO_ANSWER)
        return STATUS_OK;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    forget_sent(state->keys, group);
    if (answer == GUARD_REFUSED)
        add_rejected(state->keys, group, fingerprint);
    return state_commit(state);
}

enum status guard_forget(struct state *state, const char *group, const char *fingerprint)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    forget_sent(state->keys, group);
    remove_rejected(state->keys, group, fingerprint);
    return state_commit(state);
}

bool guard_has_refusals(struct state *state, const char *group)
{
    g_auto(GStrv) list = g_key_file_get_string_list(state->keys, group, "rejected", NULL, NULL);
    return (list && *list) || g_key_file_has_key(state->keys, group, "sent", NULL);
}
