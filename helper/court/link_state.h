/* SPDX-License-Identifier: MIT
 * What is known of an account at a court: linked or not, how the last run ended, and the person's
 * consent to link. */
#ifndef CSOLINK_LINK_STATE_H
#define CSOLINK_LINK_STATE_H

#include <stdbool.h>

#include "state/state.h"

bool link_is_linked(struct state *state, const char *court);

/* How the last run for the court ended. run counts the account's runs, so that a waiter knows whether
 * an outcome is newer than its own wish. */
struct outcome {
    bool known;
    enum status status;
    gint64 at; /* Unix seconds */
    int run;
};
struct outcome link_outcome(struct state *state, const char *court);

/* The number of the account's last finished run. */
int link_last_run(struct state *state);

/* Records the end of a run, and that the court is linked where linked is set. */
enum status link_record(struct state *state, const char *court, enum status status, bool linked);

/* May a get try again by itself after this outcome? After 5 minutes when the network was at fault;
 * where a person was missing, when one is there; otherwise only csolink link does. */
bool link_may_retry(const struct outcome *outcome, gint64 now, bool has_person);

/* The consent: who said when that this filing login may be linked to this account at this court. */
enum status link_consent(struct state *state, const char *court, const char *filing_login);
bool link_has_consent(struct state *state, const char *court, const char *filing_login);

#endif
