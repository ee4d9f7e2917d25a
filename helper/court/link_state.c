/* SPDX-License-Identifier: MIT
 * Groups "court ID", "consent ID", "run" and "login" of an account's state. */
#include "court/link_state.h"

#include <string.h>

#include "prompt/ask.h"

enum { RETRY_SECONDS = 300, RETRY_TOKEN_SECONDS = 3600, LOGIN_SECONDS = 24 * 3600 };

static gint64 now_seconds(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static char *court_group(const char *court)
{
    return g_strconcat("court ", court, NULL);
}

bool link_is_linked(struct state *state, const char *court)
{
    g_autofree char *group = court_group(court);
    return g_key_file_get_boolean(state->keys, group, "linked", NULL);
}

struct outcome link_outcome(struct state *state, const char *court)
{
    struct outcome outcome = {0};
    g_autofree char *group = court_group(court);
    g_autofree char *name = g_key_file_get_string(state->keys, group, "last_status", NULL);
    outcome.known = name && status_from_name(name, &outcome.status);
    outcome.about_filing = g_key_file_get_boolean(state->keys, group, "last_about_filing", NULL);
    outcome.token_refused = g_key_file_get_boolean(state->keys, group, "last_token_refused", NULL);
    outcome.asked = g_key_file_get_boolean(state->keys, group, "last_asked", NULL);
    outcome.at = g_key_file_get_int64(state->keys, group, "last_at", NULL);
    outcome.run = g_key_file_get_integer(state->keys, group, "last_run", NULL);
    outcome.said_no = g_key_file_get_boolean(state->keys, group, "said_no", NULL);
    if (outcome.said_no && !(outcome.known && outcome.status == STATUS_NEEDS_PERSON)) {
        outcome.known = true;
        outcome.status = STATUS_NAMES_DIFFER;
        outcome.about_filing = outcome.token_refused = false;
    }
    return outcome;
}

int link_last_run(struct state *state)
{
    return g_key_file_get_integer(state->keys, "run", "count", NULL);
}

int link_secrets_stored(struct state *state)
{
    return g_key_file_get_integer(state->keys, "run", "secrets_stored", NULL);
}

static bool is_worth_recording(enum status status)
{
    return status != STATUS_INTERNAL && status != STATUS_BUSY && status != STATUS_LOCKED &&
           status != STATUS_NO_KEYRING;
}

enum status link_answer_names(struct state *state, const char *court, bool yes)
{
    g_autofree char *group = court_group(court);
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    if (yes)
        g_key_file_remove_key(state->keys, group, "said_no", NULL);
    else
        g_key_file_set_boolean(state->keys, group, "said_no", TRUE);
    return state_commit(state);
}

enum status link_record(struct state *state, const char *court, enum status ended,
                        bool about_filing, bool token_refused, int secrets_stored)
{
    if (!is_worth_recording(ended))
        return STATUS_OK;
    g_autofree char *group = court_group(court);
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    if (ended != STATUS_OK && link_secrets_stored(state) != secrets_stored)
        return state_commit(state);
    int run = link_last_run(state) + 1;
    g_key_file_set_integer(state->keys, "run", "count", run);
    g_key_file_set_string(state->keys, group, "last_status", status_name(ended));
    g_key_file_set_boolean(state->keys, group, "last_about_filing", about_filing);
    g_key_file_set_boolean(state->keys, group, "last_token_refused", token_refused);
    g_key_file_set_boolean(state->keys, group, "last_asked", ask_reached_person());
    g_key_file_set_int64(state->keys, group, "last_at", now_seconds());
    g_key_file_set_integer(state->keys, group, "last_run", run);
    if (ended == STATUS_OK) {
        g_key_file_set_boolean(state->keys, group, "linked", TRUE);
        g_key_file_set_int64(state->keys, group, "linked_at", now_seconds());
        g_key_file_remove_key(state->keys, group, "said_no", NULL);
    }
    return state_commit(state);
}

enum status link_record_unlinked(struct state *state, const char *court)
{
    g_autofree char *group = court_group(court);
    bool was_linked = link_is_linked(state, court);
    if (!was_linked && g_key_file_has_group(state->keys, group))
        return STATUS_OK;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_key_file_set_boolean(state->keys, group, "linked", FALSE);
    g_key_file_set_int64(state->keys, group, "unlinked_at", now_seconds());
    if (was_linked)
        g_key_file_remove_key(state->keys, group, "last_status", NULL);
    return state_commit(state);
}

enum status link_forget_outcomes(struct state *state, const char *court)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_key_file_set_integer(state->keys, "run", "secrets_stored", link_secrets_stored(state) + 1);
    g_auto(GStrv) groups = g_key_file_get_groups(state->keys, NULL);
    for (char **group = groups; *group; group++) {
        if (!g_str_has_prefix(*group, "court "))
            continue;
        const char *of = *group + strlen("court ");
        if (court && strcmp(of, court) != 0)
            continue;
        g_key_file_remove_key(state->keys, *group, "last_status", NULL);
        if (court)
            g_key_file_remove_key(state->keys, *group, "said_no", NULL);
    }
    return state_commit(state);
}

bool link_lacked_person(const struct outcome *outcome)
{
    return !outcome->asked && !outcome->said_no &&
           (outcome->status == STATUS_NEEDS_PERSON || outcome->status == STATUS_NEEDS_CODE ||
            outcome->status == STATUS_NEEDS_ACKNOWLEDGEMENT);
}

bool link_may_retry(const struct outcome *outcome, gint64 now, bool has_person)
{
    gint64 pause = outcome->token_refused ? RETRY_TOKEN_SECONDS : RETRY_SECONDS;
    if (!outcome->known)
        return true;
    if (outcome->said_no)
        return false;
    if (link_lacked_person(outcome))
        return has_person;
    switch (outcome->status) {
    case STATUS_OK: /* linked, and yet something is to be done: a new password */
        return true;
    case STATUS_OFFLINE:
    case STATUS_TIMED_OUT:
    case STATUS_COURT_ERROR:
        /* A clock that was set back must not stop us for longer. */
        return now >= outcome->at + pause || now < outcome->at;
    case STATUS_REJECTED:
        return !outcome->about_filing;
    default:
        return false;
    }
}

const char *const link_standing_names[LINK_STANDINGS] = {
    [LINK_UNKNOWN] = "",
    [LINK_NOT_LINKED] = "not linked",
    [LINK_PENDING] = "pending",
    [LINK_LINKED] = "linked",
};

static char *consent_group(const char *court)
{
    return g_strconcat("consent ", court, NULL);
}

enum link_standing link_standing(struct state *state, const char *court)
{
    g_autofree char *group = court_group(court), *consent = consent_group(court);
    struct outcome last = link_outcome(state, court);
    if (link_is_linked(state, court))
        return LINK_LINKED;
    if (last.known)
        return link_may_retry(&last, G_MAXINT64, false) ? LINK_PENDING : LINK_NOT_LINKED;
    if (g_key_file_has_group(state->keys, consent))
        return LINK_PENDING;
    return g_key_file_has_group(state->keys, group) ? LINK_NOT_LINKED : LINK_UNKNOWN;
}

gint64 link_standing_since(struct state *state, const char *court)
{
    g_autofree char *group = court_group(court), *consent = consent_group(court);
    const struct {
        const char *group, *key;
    } places[] = {{group, link_is_linked(state, court) ? "linked_at" : "unlinked_at"},
                  {consent, "at"},
                  {group, "last_at"}};
    gint64 since = 0;
    for (size_t i = 0; i < G_N_ELEMENTS(places) && since == 0; i++)
        since = g_key_file_get_int64(state->keys, places[i].group, places[i].key, NULL);
    return since;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

GPtrArray *link_courts(struct state *state)
{
    GPtrArray *courts = g_ptr_array_new_with_free_func(g_free);
    g_auto(GStrv) groups = g_key_file_get_groups(state->keys, NULL);
    for (char **group = groups; *group; group++) {
        const char *space = strchr(*group, ' ');
        if (space && (g_str_has_prefix(*group, "court ") || g_str_has_prefix(*group, "consent ")) &&
            !g_ptr_array_find_with_equal_func(courts, space + 1, g_str_equal, NULL))
            g_ptr_array_add(courts, g_strdup(space + 1));
    }
    g_ptr_array_sort(courts, by_name);
    return courts;
}

enum status link_consent(struct state *state, const char *court, const char *filing_login)
{
    g_autofree char *group = consent_group(court);
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_key_file_set_string(state->keys, group, "account", state->account);
    g_key_file_set_string(state->keys, group, "court", court);
    g_key_file_set_string(state->keys, group, "filing_login", filing_login);
    g_key_file_set_int64(state->keys, group, "at", now_seconds());
    g_key_file_set_string(state->keys, group, "by", g_get_user_name());
    return state_commit(state);
}

static char *consent_login(struct state *state, const char *court)
{
    g_autofree char *group = consent_group(court);
    return g_key_file_get_string(state->keys, group, "filing_login", NULL);
}

bool link_has_consent(struct state *state, const char *court, const char *filing_login)
{
    g_autofree char *login = consent_login(state, court);
    return login && strcmp(login, filing_login) == 0;
}

char *link_linked_login(struct state *state, const char *court)
{
    return link_is_linked(state, court) ? consent_login(state, court) : NULL;
}

enum status link_withdraw_consent(struct state *state, const char *court)
{
    static const char prefix[] = "consent ";
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_auto(GStrv) groups = g_key_file_get_groups(state->keys, NULL);
    for (char **group = groups; *group; group++) {
        const char *of = *group + strlen(prefix);
        if (g_str_has_prefix(*group, prefix) && (!court || strcmp(of, court) == 0) &&
            !link_is_linked(state, of))
            g_key_file_remove_group(state->keys, *group, NULL);
    }
    return state_commit(state);
}

enum status link_claim_login(struct state *state)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    gint64 last = g_key_file_get_int64(state->keys, "login", "signed_on_at", NULL);
    bool may = now_seconds() >= last + LOGIN_SECONDS || now_seconds() < last;
    if (may)
        g_key_file_set_int64(state->keys, "login", "signed_on_at", now_seconds());
    status = state_commit(state);
    return status == STATUS_OK && !may ? STATUS_BUSY : status;
}
