/* SPDX-License-Identifier: MIT
 * The guard: no secret that was refused is ever sent again, by any process, also when the same text
 * is typed in anew; one that was sent without an answer gets one more try.
 *
 * A secret is known by its fingerprint: HMAC-SHA256 under a random key that lies in the keyring.
 * "sent" is written and fsynced before the secret leaves the machine; the answer settles it. */
#ifndef CSOLINK_GUARD_H
#define CSOLINK_GUARD_H

#include "csolink/record.h"
#include "keyring/keyring.h"
#include "state/state.h"

/* What the guard watches: the account's password, or the filing password of one court. */
#define GUARD_PASSWORD "password"
#define GUARD_FILING   "filing" /* with the court's id */

/* The key, made at the first need. Statuses of the keyring. */
enum status guard_key(struct keyring *keyring, struct secret *key);

/* Hexadecimal fingerprint of a secret, for g_free. */
char *guard_fingerprint(const struct secret *key, const struct secret *value);

/* The state group that a watched secret has: "password", or "filing alnd". For g_free. */
char *guard_group(const char *what, const char *court);

/* May it be sent? STATUS_OK; STATUS_REJECTED: it was refused before; STATUS_REFUSED_BY_POLICY: it
 * was sent twice and never answered. Reads the state as it is in memory. */
enum status guard_verdict(struct state *state, const char *group, const char *fingerprint);

/* Puts "sent" on record, durably. Only after STATUS_OK may the secret leave. STATUS_REJECTED and
 * STATUS_REFUSED_BY_POLICY as above, decided under the state's lock; or a status of state_begin()
 * or state_commit(). */
enum status guard_sending(struct state *state, const char *group, const char *fingerprint);

/* "sent" and the answer for whoever puts more on record with them, between state_begin() and
 * state_commit(): after a guard_verdict() of STATUS_OK, and as guard_settle() below. */
void guard_mark_sent(struct state *state, const char *group, const char *fingerprint);

/* How a sending ended. */
enum guard_answer {
    GUARD_ACCEPTED, /* it works; older refusals of other texts stay */
    GUARD_REFUSED,  /* never again */
    GUARD_UNUSED,   /* it did not leave, or the answer was about something else: does not count */
    GUARD_NO_ANSWER /* it left and nothing came back: "sent" stays on record */
};

/* What the worker's status and result record (csolink/worker.h: sent, answered) say about a secret;
 * an empty result, of a worker that died, says that it may have left. */
enum guard_answer guard_answer_of(enum status status, const struct record *result);

void guard_mark_answer(struct state *state, const char *group, const char *fingerprint,
                       enum guard_answer answer);

/* Puts the answer on record. Statuses of state_begin() and state_commit(). */
enum status guard_settle(struct state *state, const char *group, const char *fingerprint,
                         enum guard_answer answer);

/* A person's way around: forgets what is on record about this fingerprint. */
enum status guard_forget(struct state *state, const char *group, const char *fingerprint);

/* Was one of this group sent, and never answered? */
bool guard_has_unanswered(struct state *state, const char *group);

/* Has this group refused fingerprints at all? Saves the common get a look at the key. */
bool guard_has_refusals(struct state *state, const char *group);

#endif
