/* SPDX-License-Identifier: MIT
 * State group "code": spent is a list of fingerprints, the oldest first. */
#include "code/spent_codes.h"

#include "guard/guard.h"

/* A code of an authenticator is over after minutes, and backup codes come by the ten. */
enum { KEPT = 100 };

static const char group[] = "code", name[] = "spent";

/* At most KEPT of them, from the end. */
static void write_spent(GKeyFile *keys, char **list)
{
    guint count = g_strv_length(list), forgotten = count > KEPT ? count - KEPT : 0;
    g_key_file_set_string_list(keys, group, name, (const char *const *)list + forgotten,
                               count - forgotten);
}

static void add(GKeyFile *keys, char **spent, const char *fingerprint)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    if (spent)
        g_strv_builder_addv(builder, (const char **)spent);
    g_strv_builder_add(builder, fingerprint);
    g_auto(GStrv) list = g_strv_builder_end(builder);
    write_spent(keys, list);
}

enum status spent_codes_claim(struct keyring *keyring, struct state *state,
                              const struct secret *code)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key);
    if (status == STATUS_OK)
        status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_autofree char *fingerprint = guard_fingerprint(&key, code);
    g_auto(GStrv) spent = g_key_file_get_string_list(state->keys, group, name, NULL, NULL);
    if (spent && g_strv_contains((const char *const *)spent, fingerprint)) {
        state_abandon(state);
        return STATUS_REJECTED;
    }
    add(state->keys, spent, fingerprint);
    return state_commit(state);
}

enum status spent_codes_give_back(struct state *state)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_auto(GStrv) spent = g_key_file_get_string_list(state->keys, group, name, NULL, NULL);
    guint count = spent ? g_strv_length(spent) : 0;
    if (count > 0) {
        g_clear_pointer(&spent[count - 1], g_free);
        write_spent(state->keys, spent);
    }
    return state_commit(state);
}
