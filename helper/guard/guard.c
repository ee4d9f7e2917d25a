/* SPDX-License-Identifier: MIT
 * The guard's marks in the account's state: group "password" or "filing COURT" with two lists of
 * fingerprints, rejected and sent; sent has one entry a sending that is not answered. */
#include "guard/guard.h"

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

char *guard_group(const char *what, const char *court)
{
    return court ? g_strconcat(what, " ", court, NULL) : g_strdup(what);
}

static int count_marks(GKeyFile *keys, const char *group, const char *mark, const char *fingerprint)
{
    g_auto(GStrv) list = g_key_file_get_string_list(keys, group, mark, NULL, NULL);
    int found = 0;
    for (char **entry = list; entry && *entry; entry++)
        found += strcmp(*entry, fingerprint) == 0;
    return found;
}

static void add_mark(GKeyFile *keys, const char *group, const char *mark, const char *fingerprint)
{
    g_auto(GStrv) old = g_key_file_get_string_list(keys, group, mark, NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (old)
        g_strv_builder_addv(builder, (const char **)old);
    g_strv_builder_add(builder, fingerprint);
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, group, mark, (const char *const *)list, g_strv_length(list));
}

/* At most so many; other fingerprints' marks stay. */
static void remove_marks(GKeyFile *keys, const char *group, const char *mark,
                         const char *fingerprint, int most)
{
    g_auto(GStrv) old = g_key_file_get_string_list(keys, group, mark, NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (char **entry = old; entry && *entry; entry++) {
        if (most > 0 && strcmp(*entry, fingerprint) == 0)
            most--;
        else
            g_strv_builder_add(builder, *entry);
    }
    g_auto(GStrv) list = g_strv_builder_end(builder);
    if (*list)
        g_key_file_set_string_list(keys, group, mark, (const char *const *)list,
                                   g_strv_length(list));
    else
        g_key_file_remove_key(keys, group, mark, NULL);
}

enum status guard_verdict(struct state *state, const char *group, const char *fingerprint)
{
    if (count_marks(state->keys, group, "rejected", fingerprint) > 0)
        return STATUS_REJECTED;
    if (count_marks(state->keys, group, "sent", fingerprint) >= SENT_LIMIT)
        return STATUS_REFUSED_BY_POLICY;
    return STATUS_OK;
}

void guard_mark_sent(struct state *state, const char *group, const char *fingerprint)
{
    add_mark(state->keys, group, "sent", fingerprint);
}

enum status guard_sending(struct state *state, const char *group, const char *fingerprint)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    enum status verdict = guard_verdict(state, group, fingerprint);
    if (verdict == STATUS_OK)
        guard_mark_sent(state, group, fingerprint);
    status = state_commit(state);
    return status == STATUS_OK ? verdict : status;
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

void guard_mark_answer(struct state *state, const char *group, const char *fingerprint,
                       enum guard_answer answer)
{
    if (answer == GUARD_NO_ANSWER)
        return;
    int sendings = answer == GUARD_UNUSED ? 1 : G_MAXINT;
    remove_marks(state->keys, group, "sent", fingerprint, sendings);
    if (answer == GUARD_REFUSED)
        add_mark(state->keys, group, "rejected", fingerprint);
}

enum status guard_settle(struct state *state, const char *group, const char *fingerprint,
                         enum guard_answer answer)
{
    if (answer == GUARD_NO_ANSWER)
        return STATUS_OK;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    guard_mark_answer(state, group, fingerprint, answer);
    return state_commit(state);
}

enum status guard_forget(struct state *state, const char *group, const char *fingerprint)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    remove_marks(state->keys, group, "sent", fingerprint, G_MAXINT);
    remove_marks(state->keys, group, "rejected", fingerprint, G_MAXINT);
    return state_commit(state);
}

bool guard_has_unanswered(struct state *state, const char *group)
{
    return g_key_file_has_key(state->keys, group, "sent", NULL);
}

bool guard_has_refusals(struct state *state, const char *group)
{
    return g_key_file_has_key(state->keys, group, "rejected", NULL) ||
           guard_has_unanswered(state, group);
}
