/* SPDX-License-Identifier: MIT
 * Choosing among an account's passwords, and what becomes of the pending one.
 * A pending password proves itself by being sent, so it is sent first; until then it may be
 * mistyped, so it is handed out last. One that PACER accepted and the keyring could not put in the
 * current one's place ("accepted" in the state) comes first in both. */
#include "account/password.h"

#include <string.h>

#include "account/guard.h"

enum { CAPTURE_SECONDS = 24 * 3600 };

static const char *const send_order[] = {ITEM_KIND_PENDING, ITEM_KIND_ACCOUNT};
static const char *const print_order[] = {ITEM_KIND_ACCOUNT, ITEM_KIND_PENDING};

void password_clear(struct password *password)
{
    secret_clear(&password->text);
    g_free(password->fingerprint);
    *password = (struct password){0};
}

static enum status read_password(struct keyring *keyring, const struct account *account,
                                 const struct secret *key, const char *kind,
                                 struct password *password)
{
    struct item_form form = account_form(account, kind);
    password->kind = kind;
    enum status status = item_read(keyring, &form, &password->text);
    if (status == STATUS_OK)
        password->fingerprint = guard_fingerprint(key, &password->text);
    return status;
}

static bool waits_for_the_keyring(struct state *state)
{
    return g_key_file_has_key(state->keys, GUARD_PASSWORD, "accepted", NULL);
}

/* The first that the guard lets through. */
static enum status choose(struct keyring *keyring, const struct account *account,
                          struct state *state, bool to_send, struct password *chosen)
{
    const char *const *order = to_send || waits_for_the_keyring(state) ? send_order : print_order;
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key), verdict = STATUS_ABSENT;
    for (size_t i = 0; status == STATUS_OK && i < 2; i++) {
        PASSWORD_AUTO struct password password = {0};
        status = read_password(keyring, account, &key, order[i], &password);
        if (status == STATUS_ABSENT) {
            status = STATUS_OK;
            continue;
        }
        if (status != STATUS_OK)
            break;
        verdict = guard_verdict(state, GUARD_PASSWORD, password.fingerprint);
        /* An unanswered password may still be right: it is handed out, not sent. */
        if (verdict == STATUS_REFUSED_BY_POLICY && !to_send)
            verdict = STATUS_OK;
        if (verdict == STATUS_OK) {
            *chosen = password;
            password = (struct password){0};
            break;
        }
    }
    return status == STATUS_OK ? verdict : status;
}

enum status password_to_send(struct keyring *keyring, const struct account *account,
                             struct state *state, struct password *chosen)
{
    int stored = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL);
    enum status status = choose(keyring, account, state, true, chosen);
    chosen->stored = stored;
    return status;
}

static enum status copy(const struct secret *from, struct secret *to)
{
    return secret_set(to, secret_string(from), from->size) ? STATUS_OK : STATUS_INTERNAL;
}

enum status password_to_print(struct keyring *keyring, const struct account *account,
                              struct state *state, struct secret *text)
{
    PASSWORD_AUTO struct password password = {0};
    if (!guard_has_refusals(state, GUARD_PASSWORD) && !waits_for_the_keyring(state)) {
        /* The common get: no look at the guard's key, no second search. */
        enum status read = keyring_read(keyring, account->item);
        return read == STATUS_OK ? copy(&account->item->value, text) : read;
    }
    enum status status = choose(keyring, account, state, false, &password);
    return status == STATUS_OK ? copy(&password.text, text) : status;
}

bool password_is_pending(struct state *state)
{
    return g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL) >
           g_key_file_get_integer(state->keys, GUARD_PASSWORD, "settled", NULL);
}

static gint64 now_seconds(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* Who stored the pending one. */
enum source { BY_PERSON, BY_CAPTURE };

/* Counts a new one, which therefore waits. */
static enum status note_stored(struct state *state, enum source source)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    int stored = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL);
    g_key_file_set_integer(state->keys, GUARD_PASSWORD, "stored", stored + 1);
    if (source == BY_CAPTURE) {
        g_key_file_set_integer(state->keys, GUARD_PASSWORD, "captured", stored + 1);
        g_key_file_set_int64(state->keys, GUARD_PASSWORD, "captured_at", now_seconds());
    }
    g_key_file_remove_key(state->keys, GUARD_PASSWORD, "accepted", NULL);
    return state_commit(state);
}

/* kept: the keyring has done its part. */
static enum status note_settled(struct state *state, int stored, bool kept)
{
    if (g_key_file_get_integer(state->keys, GUARD_PASSWORD, "settled", NULL) == stored &&
        kept == !waits_for_the_keyring(state))
        return STATUS_OK;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_key_file_set_integer(state->keys, GUARD_PASSWORD, "settled", stored);
    if (kept)
        g_key_file_remove_key(state->keys, GUARD_PASSWORD, "accepted", NULL);
    else
        g_key_file_set_boolean(state->keys, GUARD_PASSWORD, "accepted", TRUE);
    return state_commit(state);
}

/* Deletes the pending item, if it still holds this password. */
static enum status drop(struct keyring *keyring, const struct account *account,
                        const struct password *password)
{
    struct item *item = NULL;
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    enum status status = item_find(keyring, &pending, &item);
    if (status == STATUS_OK)
        status = keyring_read(keyring, item);
    if (status == STATUS_OK && secret_equal(secret_string(&item->value), item->value.size,
                                            secret_string(&password->text), password->text.size))
        status = keyring_delete(keyring, item);
    g_clear_pointer(&item, item_free);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

static enum status store_current(struct keyring *keyring, const struct account *account,
                                 const struct secret *text)
{
    struct item_form form;
    item_form_read(account->item, &form);
    g_autofree char *label = g_strdup_printf("PACER account %s", account->login);
    return item_store(keyring, &form, label, text);
}

enum status password_accepted(struct keyring *keyring, const struct account *account,
                              struct state *state, const struct password *password)
{
    enum status status = STATUS_OK;
    if (strcmp(password->kind, ITEM_KIND_PENDING) == 0) {
        status = keyring_read(keyring, account->item);
        if (status == STATUS_OK)
            status = store_current(keyring, account, &password->text);
        if (status == STATUS_OK)
            status = drop(keyring, account, password);
    }
    if (status == STATUS_ABSENT)
        return status;
    /* Also where the keyring could not be written, or every use would sign on. */
    enum status settled = note_settled(state, password->stored, status == STATUS_OK);
    return status == STATUS_OK ? settled : status;
}

enum status password_refused(struct keyring *keyring, const struct account *account,
                             struct state *state, const struct password *password)
{
    enum status status = STATUS_OK;
    if (strcmp(password->kind, ITEM_KIND_PENDING) == 0)
        status = drop(keyring, account, password);
    return status == STATUS_OK ? note_settled(state, password->stored, true) : status;
}

enum status password_verdict(struct keyring *keyring, struct state *state,
                             const struct secret *text)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key);
    if (status != STATUS_OK)
        return status;
    g_autofree char *fingerprint = guard_fingerprint(&key, text);
    return guard_verdict(state, GUARD_PASSWORD, fingerprint);
}

static enum status store_pending(struct keyring *keyring, const struct account *account,
                                 const struct secret *text)
{
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    g_autofree char *label = g_strdup_printf("PACER account %s, new password", account->login);
    return item_store(keyring, &pending, label, text);
}

/* Noted before, for a crash in between, and after, for a run that settles in between. */
static enum status store_waiting(struct keyring *keyring, const struct account *account,
                                 struct state *state, const struct secret *text, enum source source)
{
    enum status status = note_stored(state, source);
    if (status == STATUS_OK)
        status = store_pending(keyring, account, text);
    return status == STATUS_OK ? note_stored(state, source) : status;
}

static bool equal(const struct secret *a, const struct secret *b)
{
    return secret_equal(secret_string(a), a->size, secret_string(b), b->size);
}

enum status password_store_new(struct keyring *keyring, const struct account *account,
                               struct state *state, const struct secret *text)
{
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    const struct secret *current = &account->item->value;
    enum status verdict = password_verdict(keyring, state, text);
    if (verdict != STATUS_OK && verdict != STATUS_REJECTED)
        return verdict;
    enum status status = keyring_read(keyring, account->item);
    if (status != STATUS_OK)
        return status;
    if (equal(text, current))
        return verdict == STATUS_OK ? item_erase(keyring, &pending) : verdict;
    if (strcmp(account->purpose, "search") == 0)
        return verdict == STATUS_OK ? store_current(keyring, account, text) : verdict;
    if (verdict == STATUS_REJECTED) {
        /* PACER does not say why: a mistyped code may have cost a right one. The guard keeps it
         * from being sent and handed out until she says --retry. */
        status = store_pending(keyring, account, text);
        return status == STATUS_OK ? verdict : status;
    }
    return store_waiting(keyring, account, state, text, BY_PERSON);
}

/* Is it the current or the pending one already? STATUS_OK: neither. */
static enum status find_equal(struct keyring *keyring, const struct account *account,
                              const struct secret *text, bool *found)
{
    SECRET_AUTO struct secret pending = {0};
    struct item_form form = account_form(account, ITEM_KIND_PENDING);
    enum status status = keyring_read(keyring, account->item);
    if (status != STATUS_OK)
        return status;
    status = item_read(keyring, &form, &pending);
    *found = equal(text, &account->item->value) || (status == STATUS_OK && equal(text, &pending));
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* A clock that was set back must not stop us for longer. */
static bool was_captured_today(struct state *state)
{
    gint64 at = g_key_file_get_int64(state->keys, GUARD_PASSWORD, "captured_at", NULL);
    return now_seconds() >= at && now_seconds() < at + CAPTURE_SECONDS;
}

/* What a person stored is not replaced while it waits. Of captured ones PACER is sent one a day:
 * with a one-time code typed behind it, a login password is another one at each login. */
static bool must_stay(struct state *state)
{
    int stored = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL);
    int captured = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "captured", NULL);
    if (waits_for_the_keyring(state))
        return true;
    if (captured != stored)
        return password_is_pending(state);
    bool was_sent = !password_is_pending(state) || guard_has_unanswered(state, GUARD_PASSWORD);
    return was_sent && was_captured_today(state);
}

enum status password_store_captured(struct keyring *keyring, const struct account *account,
                                    struct state *state, const struct secret *text, bool *kept)
{
    bool found = false;
    *kept = false;
    if (must_stay(state))
        return STATUS_OK;
    enum status status = find_equal(keyring, account, text, &found);
    if (status != STATUS_OK || found)
        return status;
    status = password_verdict(keyring, state, text);
    if (status == STATUS_OK)
        status = store_waiting(keyring, account, state, text, BY_CAPTURE);
    *kept = status == STATUS_OK;
    return status == STATUS_REJECTED || status == STATUS_REFUSED_BY_POLICY ? STATUS_OK : status;
}

static enum status forget(struct keyring *keyring, const struct account *account,
                          struct state *state, const struct secret *key, const char *kind)
{
    PASSWORD_AUTO struct password password = {0};
    enum status status = read_password(keyring, account, key, kind, &password);
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
    return status == STATUS_OK ? note_stored(state, BY_PERSON) : status;
}
