/* SPDX-License-Identifier: MIT
 * Choosing among an account's passwords, and what becomes of the pending one.
 * A pending password proves itself by being sent, so it is sent first; until then it may be
 * mistyped, so it is handed out last. One that PACER accepted and the keyring could not put in the
 * current one's place ("accepted" in the state) comes first in both. */
#include "password/password.h"

#include <string.h>

#include "guard/guard.h"
#include "password/password_age.h"

static const char *const send_order[] = {ITEM_KIND_PENDING, ITEM_KIND_ACCOUNT};
static const char *const print_order[] = {ITEM_KIND_ACCOUNT, ITEM_KIND_PENDING};

void password_clear(struct password *password)
{
    secret_clear(&password->text);
    g_free(password->fingerprint);
    *password = (struct password){0};
}

enum status password_read(struct keyring *keyring, const struct account *account,
                          const struct secret *key, const char *kind, struct password *password)
{
    struct item_form form = account_form(account, kind);
    password->kind = kind;
    enum status status = item_read(keyring, &form, &password->text);
    if (status == STATUS_OK)
        password->fingerprint = guard_fingerprint(key, &password->text);
    return status;
}

bool password_equal(const struct secret *a, const struct secret *b)
{
    return secret_equal(secret_string(a), a->size, secret_string(b), b->size);
}

bool password_waits_for_keyring(struct state *state)
{
    return g_key_file_has_key(state->keys, GUARD_PASSWORD, "accepted", NULL);
}

/* The first that the guard lets through. */
static enum status choose(struct keyring *keyring, const struct account *account,
                          struct state *state, bool to_send, struct password *chosen)
{
    const char *const *order =
        to_send || password_waits_for_keyring(state) ? send_order : print_order;
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key), verdict = STATUS_ABSENT;
    for (size_t i = 0; status == STATUS_OK && i < 2; i++) {
        PASSWORD_AUTO struct password password = {0};
        status = password_read(keyring, account, &key, order[i], &password);
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
    if (!guard_has_refusals(state, GUARD_PASSWORD) && !password_waits_for_keyring(state)) {
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

/* kept: the keyring has done its part. */
static enum status note_settled(struct state *state, int stored, bool kept)
{
    if (g_key_file_get_integer(state->keys, GUARD_PASSWORD, "settled", NULL) == stored &&
        kept == !password_waits_for_keyring(state))
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
    if (status == STATUS_OK && password_equal(&item->value, &password->text))
        status = keyring_delete(keyring, item);
    g_clear_pointer(&item, item_free);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

enum status password_store_current(struct keyring *keyring, const struct account *account,
                                   const struct secret *text)
{
    /* By its path: its attributes may have changed since it was found. */
    return keyring_set_value(keyring, account->item, text);
}

static enum status note_date(struct state *state, const struct password *password)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    password_age_accept(state, password->fingerprint);
    return state_commit(state);
}

enum status password_accepted(struct keyring *keyring, const struct account *account,
                              struct state *state, const struct password *password)
{
    enum status status = STATUS_OK;
    if (strcmp(password->kind, ITEM_KIND_PENDING) == 0) {
        /* The date first: after a crash in between PACER accepts it anew, and the date stays. */
        status = note_date(state, password);
        if (status == STATUS_OK)
            status = keyring_read(keyring, account->item);
        if (status == STATUS_OK)
            status = password_store_current(keyring, account, &password->text);
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
