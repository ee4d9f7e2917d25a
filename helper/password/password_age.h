/* SPDX-License-Identifier: MIT
 * How old an account's password is. PACER wants a new one every 180 days since 25 August 2025
 * (PACER announcement of 27 June 2025, "Additional security enhancements coming soon"): its prompt
 * can be skipped three times, then the account is disabled. */
#ifndef CSOLINK_PASSWORD_AGE_H
#define CSOLINK_PASSWORD_AGE_H

#include "state/state.h"

enum { PASSWORD_DAYS = 180, PASSWORD_WARNING_DAYS = 14, PASSWORD_DATE_SIZE = 11 };

enum password_age_verdict {
    PASSWORD_AGE_UNKNOWN, /* nobody knows when it was set: no warning */
    PASSWORD_AGE_FINE,
    PASSWORD_AGE_SOON, /* day 180 is PASSWORD_WARNING_DAYS away or less */
    PASSWORD_AGE_OVER  /* it is day 180, or later */
};

struct password_age {
    enum password_age_verdict verdict;
    char set_on[PASSWORD_DATE_SIZE]; /* YYYY-MM-DD, "" where unknown */
    int days_left;                   /* until day 180; 0 or less: it is over */
};

/* The local day. */
GDate password_age_today(void);

/* Is text a day on which a password can have been set? NULL, or a constant reason: it is no date
 * YYYY-MM-DD, after today, or before 2012. */
const char *password_age_date_fault(const char *text, const GDate *today);

/* The age on a day of a password that was set on another (pure). Unknown where set_on is NULL or no
 * date. */
struct password_age password_age_on(const char *set_on, const GDate *today);

/* The age today of the password that the state speaks of. */
struct password_age password_age(struct state *state);

/* One sentence on a password that ends soon or has ended, for g_free; NULL: nothing to say. */
char *password_age_warning(const struct password_age *age, const char *login);

/* These change state->keys, between state_begin() and state_commit(). Dates belong to fingerprints,
 * so a text that is stored anew keeps its date. set_on NULL: today, or what is known. */

/* The password with this fingerprint is the current one. */
void password_age_set(struct state *state, const char *fingerprint, const char *set_on);

/* It waits for PACER's word and was set on this day; without this, the day of that word counts. */
void password_age_await(struct state *state, const char *fingerprint, const char *set_on);

/* PACER has taken it in the current one's place. */
void password_age_accept(struct state *state, const char *fingerprint);

/* The account is gone. */
void password_age_forget(struct state *state);

#endif
