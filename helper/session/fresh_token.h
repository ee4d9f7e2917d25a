/* SPDX-License-Identifier: MIT
 * The one sign-on of an account: the first process that needs a token makes it, under the account's
 * run lock, and the others that wait for the lock share its outcome. */
#ifndef CSOLINK_FRESH_TOKEN_H
#define CSOLINK_FRESH_TOKEN_H

#include "session/sign_on.h"

/* For a new password that wants PACER's word: takes the account's run lock, signs on and keeps the
 * token. run->worker is NULL before and after. STATUS_BUSY: another process holds the lock past our
 * deadline; else as sign_on() and worker_start(). */
enum status fresh_token(struct sign_on *run);

/* The token that is kept, else of a sign-on: of another process where one ended after the sign-on
 * that before counts (sign_on_last().run), else of ours. Where it cannot be kept it is good for
 * this process alone, and a line on standard error says so. Statuses as above, and that of the
 * other process. */
enum status shared_token(struct sign_on *run, int before, struct secret *token);

/* With the run lock held and the state fresh: a sign-on that failed after the one that before
 * counts speaks for us too, unless it lacked a person whom we have. One whom it asked is not asked
 * again. */
bool sign_on_failed_since(const struct config *config, struct state *state, int before,
                          enum status *status);

#endif
