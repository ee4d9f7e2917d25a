/* SPDX-License-Identifier: MIT
 * A sign-on by itself, without a court: for a new password that wants PACER's word at once. */
#ifndef CSOLINK_FRESH_TOKEN_H
#define CSOLINK_FRESH_TOKEN_H

#include "session/sign_on.h"

/* Takes the account's run lock, signs on and keeps the token. run->worker is NULL before and after.
 * STATUS_BUSY: another process holds the lock past our deadline; else as sign_on() and
 * worker_start(). */
enum status fresh_token(struct sign_on *run);

#endif
