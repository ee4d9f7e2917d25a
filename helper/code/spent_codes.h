/* SPDX-License-Identifier: MIT
 * Codes that a person gave, typed or as backup codes: each is sent once. PACER answers a second
 * time with result 13, which does not say that it was the code's fault and costs the password. */
#ifndef CSOLINK_SPENT_CODES_H
#define CSOLINK_SPENT_CODES_H

#include "csolink/secret.h"
#include "keyring/keyring.h"
#include "state/state.h"

/* Puts the code on record, durably, by its fingerprint (guard.h); to be called before it is sent.
 * STATUS_REJECTED: it is there already. Statuses of guard_key(), state_begin(), state_commit(). */
enum status spent_codes_claim(struct keyring *keyring, struct state *state,
                              const struct secret *code);

/* Takes the latest off the record: it never left this machine. Statuses as above. */
enum status spent_codes_give_back(struct state *state);

#endif
