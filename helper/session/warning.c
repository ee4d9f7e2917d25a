/* SPDX-License-Identifier: MIT
 * Group "warning": text, at, and shown, the hash of the text that was shown last. */
#include "session/warning.h"

static const char group[] = "warning";

void warning_clear(struct warning *warning)
{
    g_clear_pointer(&warning->text, g_free);
}

void warning_read(struct state *state, struct warning *warning)
{
    warning->text = g_key_file_get_string(state->keys, group, "text", NULL);
    warning->at = g_key_file_get_int64(state->keys, group, "at", NULL);
}

static void keep(GKeyFile *keys, const char *text, bool shown, bool *is_new)
{
    g_autofree char *valid = g_utf8_make_valid(text, -1);
    g_autofree char *hash = g_compute_checksum_for_string(G_CHECKSUM_SHA256, valid, -1);
    g_autofree char *before = g_key_file_get_string(keys, group, "shown", NULL);
    *is_new = shown && g_strcmp0(hash, before) != 0;
    g_key_file_set_string(keys, group, "text", valid);
    g_key_file_set_int64(keys, group, "at", g_get_real_time() / G_USEC_PER_SEC);
    if (*is_new)
        g_key_file_set_string(keys, group, "shown", hash);
}

enum status warning_keep(struct state *state, const char *text, bool shown, bool *is_new)
{
    *is_new = false;
    if (!text && !g_key_file_has_group(state->keys, group))
        return STATUS_OK;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    if (text)
        keep(state->keys, text, shown, is_new);
    else
        g_key_file_remove_group(state->keys, group, NULL);
    return state_commit(state);
}
