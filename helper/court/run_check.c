/* SPDX-License-Identifier: MIT
 * The token that the court takes, and whether the account is linked there. */
#include "court/link_state.h"
#include "court/run.h"
#include "guard/limit.h"
#include "password/password.h"
#include "session/fresh_token.h"
#include "session/token.h"

/* The limit's word on the last sign-on, which need not have been ours. */
static void note_limit(struct run *run, enum status status)
{
    const struct first_use *use = run->use;
    gint64 until = sign_on_last(use->state).limited_until;
    run->limited = status == STATUS_REFUSED_BY_POLICY && until != 0;
    if (!run->limited)
        return;
    g_autofree char *sentence = limit_sentence(use->config->sign_ons_per_hour, until);
    run_say(run, sentence);
}

static enum status get_token(struct run *run)
{
    struct first_use *use = run->use;
    struct sign_on signing = {.config = use->config,
                              .keyring = use->keyring,
                              .account = use->account,
                              .state = use->state,
                              .progress = use->progress,
                              .asked_by = run->asked_by};
    enum status status = STATUS_OK;
    use->no_token = true;
    if (!password_is_pending(use->state) &&
        sign_on_failed_since(use->config, use->state, use->sign_on_before, &status)) {
        note_limit(run, status);
        return status;
    }
    status = run_renew_worker(run);
    signing.worker = run->worker;
    if (status == STATUS_OK &&
        use->by == FIRST_USE_LOGIN) { /* its one try a day is not for a worker that is not there */
        status = worker_ready(run->worker);
        if (status == STATUS_OK)
            status = link_claim_login(use->state);
    }
    run->signing_on = true;
    if (status == STATUS_OK)
        status = sign_on(&signing);
    run->signing_on = false;
    run->fresh = status == STATUS_OK;
    if (signing.detail)
        run_say(run, signing.detail);
    g_free(signing.detail);
    note_limit(run, status);
    use->no_token = status != STATUS_OK;
    return status == STATUS_OK && run->token.size == 0 ? STATUS_INTERNAL : status;
}

static enum status check(struct run *run, struct record *result)
{
    const struct worker_field fields[] = {
        {"token", secret_string(&run->token)},
        {"client_code", run->use->account->client_code},
        {NULL, NULL},
    };
    run->has_read_pages = true;
    enum status status = run_call(run, WORKER_VERB_CHECK, fields, result);
    run_note_detail(run, result);
    return status;
}

/* What the court says to a token that is kept, in *status, unless a new password waits for PACER's
 * word. One that it refuses is forgotten; another process may have got a new one meanwhile. */
static bool check_kept(struct run *run, struct record *result, enum status *status)
{
    struct token_key key = token_key_of(run->use->config, run->use->account);
    for (int tries = 0; tries < 2 && !password_is_pending(run->use->state); tries++) {
        if (token_read(&key, &run->token) != STATUS_OK)
            return false;
        *status = check(run, result);
        if (*status != STATUS_OK || !run_state_is(result, WORKER_STATE_SIGNED_OUT))
            return true;
        (void)token_reject(&key, &run->token);
        secret_clear(&run->token);
    }
    return false;
}

enum status run_refuse_fresh(struct run *run)
{
    run->use->token_refused = true;
    run_say(run, "the court does not accept PACER's fresh token");
    return STATUS_COURT_ERROR;
}

static enum status check_fresh(struct run *run, struct record *result)
{
    enum status status = get_token(run);
    if (status == STATUS_OK)
        status = check(run, result);
    bool refused = status == STATUS_OK && run_state_is(result, WORKER_STATE_SIGNED_OUT);
    return refused ? run_refuse_fresh(run) : status;
}

enum status run_check(struct run *run, struct record *result)
{
    enum status status = STATUS_OK;
    return check_kept(run, result, &status) ? status : check_fresh(run, result);
}
