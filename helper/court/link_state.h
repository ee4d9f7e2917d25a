/* SPDX-License-Identifier: MIT
 * What is known of an account at a court: linked or not, how the last run ended, and the person's
 * consent to link. */
#ifndef CSOLINK_LINK_STATE_H
#define CSOLINK_LINK_STATE_H

#include <stdbool.h>

#include "state/state.h"

bool link_is_linked(struct state *state, const char *court);

/* How the last run for the court ended; while her no to the names stands, that comes before any
 * other failure but STATUS_NEEDS_PERSON, which then says that no menu told what her no came to. run
 * counts the account's runs, so that a waiter knows
 * whether an outcome is newer than its own wish. */
struct outcome {
    bool known;
    enum status status;
    bool about_filing;  /* STATUS_REJECTED: the filing password, not the account's; else that one
                         * was sent twice and never answered */
    bool token_refused; /* STATUS_COURT_ERROR: PACER's fresh token; each new try is a sign-on */
    bool asked;         /* a person was, so that she was not missing */
    bool said_no;       /* she, to the names; until link_answer_names() or another filing login */
    gint64 at;          /* Unix seconds */
    int run;
};
struct outcome link_outcome(struct state *state, const char *court);

/* The number of the account's last finished run. */
int link_last_run(struct state *state);

/* How often a new secret was stored. */
int link_secrets_stored(struct state *state);

/* Records the end of a run. STATUS_OK means linked. A failure is not recorded where a secret was
 * stored since secrets_stored was read: it says nothing about the new one. Nor are endings that say
 * nothing about the court or the person (internal, busy, locked, no_keyring): like a crash, they
 * let the next use try again. about_filing and token_refused as in struct outcome. */
enum status link_record(struct state *state, const char *court, enum status ended,
                        bool about_filing, bool token_refused, int secrets_stored);

/* Records her answer about names that are not equal, as soon as she gives it. Returns statuses of
 * state_begin() and state_commit(). */
enum status link_answer_names(struct state *state, const char *court, bool yes);

/* Records that the court says the account is not linked. Where it was known as linked, the next get
 * may link it again. */
enum status link_record_unlinked(struct state *state, const char *court);

/* Forgets how the last runs ended, for a new secret is there, and counts it: at one court, or at
 * all where court is NULL. What is linked stays linked; her "no" to two names is about one court's
 * filing login and outlives all other secrets. */
enum status link_forget_outcomes(struct state *state, const char *court);

/* How an account stands at a court, for people. */
enum link_standing {
    LINK_UNKNOWN,    /* never used */
    LINK_NOT_LINKED, /* and no get will change that by itself */
    LINK_PENDING,    /* the next get tries to link it */
    LINK_LINKED,
    LINK_STANDINGS
};
extern const char *const link_standing_names[LINK_STANDINGS]; /* of LINK_UNKNOWN: "" */
enum link_standing link_standing(struct state *state, const char *court);

/* Since when, Unix seconds; 0: not known. */
gint64 link_standing_since(struct state *state, const char *court);

/* The ids of the courts that the state knows of, sorted; free with g_ptr_array_unref. */
GPtrArray *link_courts(struct state *state);

/* Did the run end for want of a person? Her "no" is no such end. */
bool link_lacked_person(const struct outcome *outcome);

/* May a get try again by itself after this outcome? After 5 minutes when the network was at fault,
 * after an hour when the court refused PACER's fresh token, lest it uses up the sign-ons of all;
 * where a person was missing, when one is there; after a refused CSO password the guard decides by
 * the one that is stored now; otherwise only csolink link, or a new secret. What status_fill()
 * makes of LINK_REFUSED_ADVICE is what she can do after the court broke a rule. */
#define LINK_REFUSED_ADVICE                                                                        \
    "\"csolink link --check{as} {court}\" asks whether it is linked and sends no filing "          \
    "password; "                                                                                   \
    "if that is refused too, ask the court"
bool link_may_retry(const struct outcome *outcome, gint64 now, bool has_person);

/* The consent: who said when that this filing login may be linked to this account at this court;
 * one an account and court, the newest. All that write return statuses of state_begin() and
 * state_commit(). */
enum status link_consent(struct state *state, const char *court, const char *filing_login);
bool link_has_consent(struct state *state, const char *court, const char *filing_login);

/* The filing login that she consented to, where the account is linked; for g_free, or NULL. */
char *link_linked_login(struct state *state, const char *court);

/* The filing login is gone, and with it the consent: at one court, or at all where court is NULL.
 * That of a link which was made stays on record. */
enum status link_withdraw_consent(struct state *state, const char *court);

/* Claims the account's sign-on by a login, at most one a day however often people log in.
 * STATUS_BUSY: it was claimed in the last 24 hours. Statuses of state_begin() and state_commit().
 */
enum status link_claim_login(struct state *state);

#endif
