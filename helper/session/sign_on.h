/* SPDX-License-Identifier: MIT
 * Signing on at PACER, once: the right password, a code of an unused step, the acknowledgement, and
 * the guard before and after. */
#ifndef CSOLINK_SIGN_ON_H
#define CSOLINK_SIGN_ON_H

#include "account/account.h"
#include "config/config.h"
#include "prompt/progress.h"
#include "session/worker.h"
#include "state/state.h"

/* One sign-on. All members belong to the caller, and detail to be freed by g_free. The token
 * arrives through the worker's events. */
struct sign_on {
    const struct config *config;
    struct keyring *keyring;
    const struct account *account;
    struct state *state;
    struct worker *worker;
    const struct progress *progress;
    bool backup_code;     /* use up a stored backup code: at a person's word only */
    char *detail;         /* PACER's own words, or ours, for the status sentence */
    const char *asked_by; /* for the history, see there; NULL: the programs above this process */
    gint64 limited_until; /* STATUS_REFUSED_BY_POLICY by the limit of sign-ons an hour alone: when
                           * the next one is possible, Unix seconds; else 0 */
};

/* The run lock is held by the caller. STATUS_OK; STATUS_REJECTED: also without a request, when
 * every stored password was refused before; STATUS_NEEDS_CODE, NEEDS_ACKNOWLEDGEMENT;
 * STATUS_REFUSED_BY_POLICY: a password was sent twice without an answer, sign_ons_per_hour are on
 * record (run->limited_until), or nothing can be remembered; what the worker and the keyring say.
 * A pending password takes the place of the current one when PACER accepts it, and is dropped when
 * PACER refuses it. */
enum status sign_on(struct sign_on *run);

/* How the account's last sign_on() ended, for those that waited for its lock. Without one: run is 0
 * and status is STATUS_ABSENT. */
struct sign_on_outcome {
    int run; /* counts them */
    enum status status;
    gint64 at;            /* Unix seconds */
    gint64 limited_until; /* as in struct sign_on; limit_sentence() tells it */
    bool asked;           /* a person was: those that waited do not ask her again */
};
struct sign_on_outcome sign_on_last(struct state *state);

/* Puts detail, which is copied, in run->detail's place; for the parts of a sign-on. */
void sign_on_say(struct sign_on *run, const char *detail);

#endif
