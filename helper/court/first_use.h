/* SPDX-License-Identifier: MIT
 * The first use of a court: from an account to a linked account, in one run that holds the
 * account's run lock from end to end. Whatever kills it, the next run finds out from the court's
 * own menu. */
#ifndef CSOLINK_FIRST_USE_H
#define CSOLINK_FIRST_USE_H

#include "account/account.h"
#include "config/config.h"
#include "court/directory.h"
#include "prompt/progress.h"
#include "state/state.h"

/* On whose behalf: a tool's get, a person's link command or link --check, which only asks the
 * court, or a login in the background. */
enum first_use_by { FIRST_USE_GET, FIRST_USE_LINK, FIRST_USE_CHECK, FIRST_USE_LOGIN };

/* Everything but detail belongs to the caller; detail is for g_free. */
struct first_use {
    const struct config *config;
    struct keyring *keyring;
    const struct account *account; /* of purpose file */
    const struct court *court;
    struct state *state;
    struct progress *progress;
    enum first_use_by by;
    int sign_on_before; /* first_use()'s own: the last sign-on before it waited for the run lock */

    char *detail;        /* for the status sentence; NULL or server text to be escaped */
    bool filing_refused; /* STATUS_REJECTED is about the filing password, not the account's; with
                          * any other status that one was sent twice and never answered */
    bool token_refused;  /* STATUS_COURT_ERROR: PACER's fresh token, by the court */
    bool unlinked; /* of FIRST_USE_CHECK: the court says so; then the status is STATUS_ABSENT */
    bool no_token; /* the run ended before a court was asked: no sign-on, or none allowed */
};

/* Is there nothing to do, and so no need of a keyring? */
bool first_use_is_done(const struct first_use *use);

/* STATUS_OK: linked, known or done now. STATUS_NOT_NEXTGEN and STATUS_MANUAL_COURT also without a
 * request, where the directory knows it (court_link.h). Any other status of csolink/worker.h and
 * session/sign_on.h; STATUS_BUSY: another process holds the run lock past our deadline. */
enum status first_use(struct first_use *use);

/* Would first_use() start a run now? If not, *status is what it would return at once. Looks at the
 * state alone: use's keyring and progress may be NULL. */
bool first_use_runs(struct first_use *use, enum status *status);

#endif
