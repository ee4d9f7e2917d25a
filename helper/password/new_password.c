/* SPDX-License-Identifier: MIT
 * Storing a new password: beside the current one until PACER accepts it. */
#include <string.h>

#include "guard/guard.h"
#include "password/password.h"
#include "password/password_age.h"

/* Counts a new one, which therefore waits. */
static enum status note_stored(struct state *state, enum password_source source)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    int stored = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL);
    g_key_file_set_integer(state->keys, GUARD_PASSWORD, "stored", stored + 1);
    if (source == PASSWORD_BY_CAPTURE) {
        g_key_file_set_integer(state->keys, GUARD_PASSWORD, "captured", stored + 1);
        g_key_file_set_int64(state->keys, GUARD_PASSWORD, "captured_at",
                             g_get_real_time() / G_USEC_PER_SEC);
    }
    g_key_file_remove_key(state->keys, GUARD_PASSWORD, "accepted", NULL);
    return state_commit(state);
}

static enum status fingerprint_of(struct keyring *keyring, const struct secret *text,
                                  char **fingerprint)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key);
    if (status == STATUS_OK)
        *fingerprint = guard_fingerprint(&key, text);
    return status;
}

enum status password_verdict(struct keyring *keyring, struct state *state,
                             const struct secret *text)
{
    g_autofree char *fingerprint = NULL;
    enum status status = fingerprint_of(keyring, text, &fingerprint);
    return status == STATUS_OK ? guard_verdict(state, GUARD_PASSWORD, fingerprint) : status;
}

/* Keeps a date by one of password_age.h's functions. */
static enum status note_date(struct state *state,
                             void (*note)(struct state *, const char *, const char *),
                             const char *fingerprint, const char *set_on)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    note(state, fingerprint, set_on);
    return state_commit(state);
}

enum status password_note_date(struct keyring *keyring, struct state *state,
                               const struct secret *text, const char *set_on)
{
    g_autofree char *fingerprint = NULL;
    enum status status = fingerprint_of(keyring, text, &fingerprint);
    return status == STATUS_OK ? note_date(state, password_age_set, fingerprint, set_on) : status;
}

static enum status store_pending(struct keyring *keyring, const struct account *account,
                                 const struct secret *text)
{
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    g_autofree char *label = g_strdup_printf("PACER account %s, new password", account->login);
    return item_store(keyring, &pending, label, text);
}

/* Noted before, for a crash in between, and after, for a run that settles in between. */
enum status password_store_waiting(struct keyring *keyring, const struct account *account,
                                   struct state *state, const struct secret *text,
                                   enum password_source source)
{
    enum status status = note_stored(state, source);
    if (status == STATUS_OK)
        status = store_pending(keyring, account, text);
    return status == STATUS_OK ? note_stored(state, source) : status;
}

/* It is the current one already: what is known of its day stays. */
static enum status keep_current(struct keyring *keyring, const struct account *account,
                                struct state *state, const char *fingerprint, const char *set_on)
{
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    enum status status = item_erase(keyring, &pending);
    return status == STATUS_OK && set_on ? note_date(state, password_age_set, fingerprint, set_on)
                                         : status;
}

/* Puts it beside the current one. PACER does not say why it refuses: a mistyped code may have cost
 * a right password; nor does one that never answers. The guard keeps it from being sent and handed
 * out until she says --retry. */
static enum status keep_beside(struct keyring *keyring, const struct account *account,
                               struct state *state, const struct secret *text, enum status verdict)
{
    if (verdict == STATUS_OK)
        return password_store_waiting(keyring, account, state, text, PASSWORD_BY_PERSON);
    enum status status = store_pending(keyring, account, text);
    return status == STATUS_OK ? verdict : status;
}

enum status password_store_new(struct keyring *keyring, const struct account *account,
                               struct state *state, const struct secret *text, const char *set_on)
{
    g_autofree char *fingerprint = NULL;
    enum status status = fingerprint_of(keyring, text, &fingerprint);
    if (status != STATUS_OK)
        return status;
    enum status verdict = guard_verdict(state, GUARD_PASSWORD, fingerprint);
    if (verdict != STATUS_OK && verdict != STATUS_REJECTED && verdict != STATUS_REFUSED_BY_POLICY)
        return verdict;
    status = keyring_read(keyring, account->item);
    if (status != STATUS_OK)
        return status;
    if (password_equal(text, &account->item->value))
        return verdict == STATUS_OK ? keep_current(keyring, account, state, fingerprint, set_on)
                                    : verdict;
    if (set_on)
        status = note_date(state, password_age_await, fingerprint, set_on);
    return status == STATUS_OK ? keep_beside(keyring, account, state, text, verdict) : status;
}

static enum status forget(struct keyring *keyring, const struct account *account,
                          struct state *state, const struct secret *key, const char *kind)
{
    PASSWORD_AUTO struct password password = {0};
    enum status status = password_read(keyring, account, key, kind, &password);
    if (status == STATUS_OK)
        status = guard_forget(state, GUARD_PASSWORD, password.fingerprint);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

enum status password_retry(struct keyring *keyring, const struct account *account,
                           struct state *state)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key);
    if (status == STATUS_OK)
        status = forget(keyring, account, state, &key, ITEM_KIND_ACCOUNT);
    if (status == STATUS_OK)
        status = forget(keyring, account, state, &key, ITEM_KIND_PENDING);
    return status == STATUS_OK ? note_stored(state, PASSWORD_BY_PERSON) : status;
}
