/* SPDX-License-Identifier: MIT
 * Is there anything to do, may it be done now, and who does it: the decisions around a link run.
 * One process holds the run lock; those that waited for it adopt its outcome. */
#include "court/first_use.h"

#include <unistd.h>

#include "court/court_link.h"
#include "court/filing_advice.h"
#include "court/link_run.h"
#include "court/link_state.h"
#include "deadline.h"
#include "guard/guard.h"
#include "password/password.h"
#include "prompt/ask.h"
#include "session/sign_on.h"

/* Linked, and no new password waits for PACER's word: nothing is to be asked of anybody. A login
 * signs on for a pending link alone; a new password waits for the first get. */
bool first_use_is_done(const struct first_use *use)
{
    return link_is_linked(use->state, use->court->id) &&
           (use->by == FIRST_USE_LOGIN || !password_is_pending(use->state));
}

/* What was sent twice and never answered stays unsent until she says so: the outcome's sentence. */
static void take_outcome(struct first_use *use, const struct outcome *last)
{
    const char *login = use->account->login, *court = use->court->id;
    char text[STATUS_MESSAGE_MAX];
    use->filing_refused = last->about_filing;
    g_clear_pointer(&use->detail, g_free);
    if (last->about_filing && last->status != STATUS_REJECTED) {
        use->detail = spent_filing_sentence(login, court, NULL);
    } else if (last->status == STATUS_REFUSED_BY_POLICY &&
               guard_has_unanswered(use->state, GUARD_PASSWORD)) {
        status_fill(text, sizeof text, PASSWORD_SPENT, login, court);
        use->detail = g_strdup(text);
    }
}

/* Must it be left at what is remembered of the last run? A link command tries whatever happened; to
 * ask her anew about the names it needs her. */
static bool is_settled(const struct first_use *use, const struct outcome *last)
{
    bool has_person = ask_has_person(use->config);
    switch (use->by) {
    case FIRST_USE_CHECK:
        return false;
    case FIRST_USE_LINK:
        return last->said_no && !has_person;
    default:
        return !link_may_retry(last, g_get_real_time() / G_USEC_PER_SEC, has_person);
    }
}

static bool settled_before(struct first_use *use, enum status *status)
{
    struct outcome last = link_outcome(use->state, use->court->id);
    if (!is_settled(use, &last))
        return false;
    take_outcome(use, &last);
    *status = last.status;
    return true;
}

/* A run that ended while we waited for its lock speaks for us too, unless it lacked a person whom
 * we have. */
static bool adopt(struct first_use *use, int run_before, enum status *status)
{
    struct outcome last = link_outcome(use->state, use->court->id);
    if (use->by == FIRST_USE_CHECK)
        return false;
    if (first_use_is_done(use)) {
        *status = STATUS_OK;
        return true;
    }
    if (!last.known || last.run <= run_before)
        return false;
    if (link_lacked_person(&last) && ask_has_person(use->config))
        return false;
    take_outcome(use, &last);
    *status = last.status;
    return true;
}

static enum status hold_and_run(struct first_use *use)
{
    int lock = -1, run_before = link_last_run(use->state);
    int wait = use->config->worker_timeout;
    use->sign_on_before = sign_on_last(use->state).run;
    deadline_arm(wait + DEADLINE_GRACE_SECONDS, STATUS_BUSY, use->account->login, use->court->id,
                 NULL);
    enum status status = state_lock_run(use->state, wait * 1000, &lock);
    if (status != STATUS_OK)
        return status;
    deadline_keyring(use->config, use->account->login, use->court->id);
    status = state_refresh(use->state);
    if (status == STATUS_OK && !adopt(use, run_before, &status))
        status = link_run(use);
    close(lock);
    return status;
}

bool first_use_runs(struct first_use *use, enum status *status)
{
    *status = STATUS_OK;
    if (use->by != FIRST_USE_CHECK && first_use_is_done(use))
        return false;
    *status = court_link_obstacle(use->court, &use->detail);
    if (*status != STATUS_OK)
        return false;
    return !settled_before(use, status);
}

enum status first_use(struct first_use *use)
{
    enum status status = STATUS_OK;
    return first_use_runs(use, &status) ? hold_and_run(use) : status;
}
