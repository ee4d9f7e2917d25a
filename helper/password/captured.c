/* SPDX-License-Identifier: MIT
 * A login password that PAM captured: a guess at the account's new password, which must not crowd
 * out what a person stored. */
#include <string.h>

#include "guard/guard.h"
#include "password/password.h"

enum { CAPTURE_SECONDS = 24 * 3600 };

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
    *found = password_equal(text, &account->item->value) ||
             (status == STATUS_OK && password_equal(text, &pending));
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* A clock that was set back must not stop us for longer. */
static bool was_captured_today(struct state *state)
{
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    gint64 at = g_key_file_get_int64(state->keys, GUARD_PASSWORD, "captured_at", NULL);
    return now >= at && now < at + CAPTURE_SECONDS;
}

/* What a person stored is not replaced while it waits. Of captured ones PACER is sent one a day:
 * with a one-time code typed behind it, a login password is another one at each login. */
static bool must_stay(struct state *state)
{
    int stored = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "stored", NULL);
    int captured = g_key_file_get_integer(state->keys, GUARD_PASSWORD, "captured", NULL);
    if (password_waits_for_keyring(state))
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
        status = password_store_waiting(keyring, account, state, text, PASSWORD_BY_CAPTURE);
    *kept = status == STATUS_OK;
    return status == STATUS_REJECTED || status == STATUS_REFUSED_BY_POLICY ? STATUS_OK : status;
}
