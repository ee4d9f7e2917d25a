/* SPDX-License-Identifier: MIT
 * Group "acknowledgement" of an account's state: at, by, text_sha256. */
#include "account/acknowledgement.h"

#include <string.h>

#include "prompt/ask.h"
#include "prompt/terminal.h"

const char acknowledgement_text[] =
    "All filers must redact: Social Security or taxpayer identification numbers; dates of birth; "
    "names of minor children; financial account numbers; and in criminal cases, home addresses in "
    "compliance with Fed. R. App. P. 25(a)(5), Fed. R. Civ. P. 5.2, Fed. R. Crim. P. 49.1, Fed. R. "
    "Bankr. P. 9037. This requirement applies to all documents, including attachments. Please "
    "verify that you have read and will comply with the redaction rules.";

bool acknowledgement_given(struct state *state)
{
    return g_key_file_has_key(state->keys, "acknowledgement", "text_sha256", NULL);
}

static char *hash_of(const char *text)
{
    return g_compute_checksum_for_string(G_CHECKSUM_SHA256, text, -1);
}

bool acknowledgement_is_of(struct state *state, const char *text)
{
    g_autofree char *hash = hash_of(text);
    g_autofree char *given =
        g_key_file_get_string(state->keys, "acknowledgement", "text_sha256", NULL);
    return given && strcmp(given, hash) == 0;
}

static enum status record(struct state *state, const char *text)
{
    g_autofree char *hash = hash_of(text);
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_key_file_set_string(state->keys, "acknowledgement", "text_sha256", hash);
    g_key_file_set_int64(state->keys, "acknowledgement", "at", g_get_real_time() / G_USEC_PER_SEC);
    g_key_file_set_string(state->keys, "acknowledgement", "by", g_get_user_name());
    return state_commit(state);
}

enum status acknowledgement_ask(const struct config *config, struct state *state, const char *text)
{
    g_autofree char *safe = terminal_escape(text);
    g_autofree char *question =
        g_strdup_printf("PACER asks every filer:\n\n%s\n\nDo you, %s, acknowledge this for account "
                        "%s?",
                        g_strstrip(safe), g_get_user_name(), state->account);
    if (ask_yes(config, question) != STATUS_OK)
        return STATUS_NEEDS_ACKNOWLEDGEMENT;
    return record(state, text);
}
