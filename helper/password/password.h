/* SPDX-License-Identifier: MIT
 * An account's passwords: the current one, and a new one that is pending beside it until PACER
 * accepts it. Neither a mistyped password nor a captured one can replace one that works. */
#ifndef CSOLINK_PASSWORD_H
#define CSOLINK_PASSWORD_H

#include "account/account.h"
#include "state/state.h"

/* Says that it was sent twice and never answered, and the way out; for status_fill(). */
#define PASSWORD_SPENT                                                                             \
    "the password was sent twice and never answered; only \"csolink account password --retry "     \
    "{account}\" lets it be sent once more"

/* One of the two. {0} is empty. */
struct password {
    const char *kind; /* ITEM_KIND_ACCOUNT or ITEM_KIND_PENDING */
    struct secret text;
    char *fingerprint; /* as the guard knows it */
    int stored;        /* how often a new one had been stored when this one was chosen */
};
void password_clear(struct password *password);
#define PASSWORD_AUTO __attribute__((cleanup(password_clear)))

/* The one to send: the pending one, else the current one, whichever the guard lets through.
 * STATUS_REJECTED: all were refused; STATUS_REFUSED_BY_POLICY: the current one was sent twice and
 * never answered; statuses of the keyring. */
enum status password_to_send(struct keyring *keyring, const struct account *account,
                             struct state *state, struct password *chosen);

/* The one to hand out: the current one, else a pending one, whichever the guard has not seen
 * refused. Without network. STATUS_OK; STATUS_REJECTED; statuses of the keyring. */
enum status password_to_print(struct keyring *keyring, const struct account *account,
                              struct state *state, struct secret *text);

/* Does a new one wait for PACER's word? Then the next run signs on, whatever is linked. */
bool password_is_pending(struct state *state);

/* Keeps what PACER said of the password that was chosen to be sent: a pending one, accepted, takes
 * the current one's place; refused, it goes, unless another one was stored in its place meanwhile.
 * No new one waits then, but one stored meanwhile. Where the keyring cannot be written, an accepted
 * one stays beside the current one, is handed out first, and takes over at the next sign-on. An
 * account that was removed meanwhile stays removed: STATUS_ABSENT. Statuses of the keyring and of
 * state_begin() and state_commit(). */
enum status password_accepted(struct keyring *keyring, const struct account *account,
                              struct state *state, const struct password *password);
enum status password_refused(struct keyring *keyring, const struct account *account,
                             struct state *state, const struct password *password);

/* May this text be sent as the account's password? guard_verdict(), or a status of the keyring. */
enum status password_verdict(struct keyring *keyring, struct state *state,
                             const struct secret *text);

/* Keeps the day on which text, the current password, was set (password_age.h); set_on NULL: today,
 * unless its day is known. Statuses of the keyring, of state_begin() and state_commit(). */
enum status password_note_date(struct keyring *keyring, struct state *state,
                               const struct secret *text, const char *set_on);

/* Puts a new password beside the current one until PACER accepts it; if it is the current one, the
 * pending one goes. STATUS_REJECTED: it was refused before; STATUS_REFUSED_BY_POLICY: it was sent
 * twice and never answered; both are kept beside the current one for password_retry(), unsent.
 * set_on: the day on which it was set, NULL: the day on which it takes the current one's place.
 * Statuses of the keyring, and of state_begin() and state_commit(). */
enum status password_store_new(struct keyring *keyring, const struct account *account,
                               struct state *state, const struct secret *text, const char *set_on);

/* The same for a login password that PAM captured: a guess, which nobody has typed for PACER. Where
 * it is the current or the pending one, or was refused or never answered, nothing is changed;
 * neither where a new one waits that a person stored, or that PACER accepted, nor in the day after
 * a capture that PACER was sent. *kept: it is pending now. account is of purpose file. STATUS_OK,
 * also where nothing was to be changed, and the other statuses of password_store_new(). */
enum status password_store_captured(struct keyring *keyring, const struct account *account,
                                    struct state *state, const struct secret *text, bool *kept);

/* A person's way around the guard: both passwords may be sent again. Statuses of the keyring and of
 * guard_forget(). */
enum status password_retry(struct keyring *keyring, const struct account *account,
                           struct state *state);

/* What password.c (choosing and settling), new_password.c and captured.c have in common. */

/* Reads one of the two with its fingerprint. Statuses of the keyring; ABSENT: there is none. */
enum status password_read(struct keyring *keyring, const struct account *account,
                          const struct secret *key, const char *kind, struct password *password);

/* Puts text in the current one's place. Statuses of the keyring. */
enum status password_store_current(struct keyring *keyring, const struct account *account,
                                   const struct secret *text);

/* Puts text beside the current one and counts it, so that it waits. Statuses as above. */
enum password_source { PASSWORD_BY_PERSON, PASSWORD_BY_CAPTURE };
enum status password_store_waiting(struct keyring *keyring, const struct account *account,
                                   struct state *state, const struct secret *text,
                                   enum password_source source);

/* Has PACER accepted one that the keyring could not put in the current one's place? */
bool password_waits_for_keyring(struct state *state);

bool password_equal(const struct secret *a, const struct secret *b);

#endif
