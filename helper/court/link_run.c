/* SPDX-License-Identifier: MIT
 * The run: starts the worker, signs on if the cached token does not do, checks, links, and records
 * how it ended. */
#include "court/link_run.h"

#include <string.h>

#include "court/answers.h"
#include "court/link_state.h"
#include "court/manual_court.h"
#include "court/page_copy.h"
#include "court/run_record.h"
#include "court/unanswered.h"
#include "csolink/worker.h"
#include "deadline.h"
#include "guard/limit.h"
#include "password/password.h"
#include "session/fresh_token.h"
#include "session/token.h"
#include "session/worker.h"

struct run {
    struct first_use *use;
    struct worker *worker;
    struct secret token;
    bool signing_on;
    bool fresh;          /* the token was made in this run */
    bool has_read_pages; /* the worker */
    struct answers answers;
    int secrets_stored; /* when the run began */
    bool limited;       /* refused by the limit of sign-ons, which passes */
    GString *page;
};

static void arm_worker(const struct first_use *use)
{
    deadline_worker(use->config, use->account->login, use->court->id);
}

static void on_step(void *context, int step, int of, const char *text)
{
    const struct run *run = context;
    progress_step(run->use->progress, step, of, text);
}

static void on_token(void *context, const char *token)
{
    struct run *run = context;
    struct token_key key = token_key_of(run->use->config, run->use->account);
    if (!secret_set(&run->token, token, strlen(token)))
        return;
    /* Where it cannot be kept, the next run signs on. */
    (void)(run->signing_on ? token_write : token_replace)(&key, &run->token);
}

static void on_page(void *context, const char *line)
{
    struct run *run = context;
    page_copy_add(&run->page, line);
}

static void on_question(void *context, const struct record *question, struct record *answer)
{
    struct run *run = context;
    answer_question(&run->answers, question, answer);
}

static void say(struct run *run, const char *detail)
{
    g_free(run->use->detail);
    run->use->detail = g_strdup(detail);
}

static void note_detail(struct run *run, const struct record *result)
{
    if (record_get(result, "detail"))
        say(run, record_get(result, "detail"));
}

static const char *asked_by(const struct first_use *use)
{
    return use->by == FIRST_USE_LOGIN ? HISTORY_BY_LOGIN : NULL;
}

/* The limit's word on the last sign-on, which need not have been ours. */
static void note_limit(struct run *run, enum status status)
{
    const struct first_use *use = run->use;
    gint64 until = sign_on_last(use->state).limited_until;
    run->limited = status == STATUS_REFUSED_BY_POLICY && until != 0;
    if (!run->limited)
        return;
    g_autofree char *sentence = limit_sentence(use->config->sign_ons_per_hour, until);
    say(run, sentence);
}

static enum status start_worker(struct run *run)
{
    const struct first_use *use = run->use;
    const struct worker_events events = {on_step, on_token, on_question, on_page, run};
    arm_worker(use);
    return worker_start(&run->worker, use->config, use->account->environment, use->court->id,
                        use->court->host, use->court->type, events);
}

/* The password is not for a process that has read a court's pages. */
static enum status renew_worker(struct run *run)
{
    if (!run->has_read_pages)
        return STATUS_OK;
    worker_end(run->worker);
    run->worker = NULL;
    run->has_read_pages = false;
    return start_worker(run);
}

static enum status get_token(struct run *run)
{
    struct first_use *use = run->use;
    struct sign_on signing = {.config = use->config,
                              .keyring = use->keyring,
                              .account = use->account,
                              .state = use->state,
                              .progress = use->progress,
                              .asked_by = asked_by(use)};
    enum status status = STATUS_OK;
    use->no_token = true;
    if (!password_is_pending(use->state) &&
        sign_on_failed_since(use->config, use->state, use->sign_on_before, &status)) {
        note_limit(run, status);
        return status;
    }
    status = renew_worker(run);
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
        say(run, signing.detail);
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
    arm_worker(run->use);
    run->has_read_pages = true;
    enum status status = worker_call(run->worker, WORKER_VERB_CHECK, fields, result);
    note_detail(run, result);
    return status;
}

static bool state_is(const struct record *result, const char *state)
{
    const char *said = record_get(result, "state");
    return said && strcmp(said, state) == 0;
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
        if (*status != STATUS_OK || !state_is(result, WORKER_STATE_SIGNED_OUT))
            return true;
        (void)token_reject(&key, &run->token);
        secret_clear(&run->token);
    }
    return false;
}

static enum status refuse_fresh(struct run *run)
{
    run->use->token_refused = true;
    say(run, "the court does not accept PACER's fresh token");
    return STATUS_COURT_ERROR;
}

static enum status check_fresh(struct run *run, struct record *result)
{
    enum status status = get_token(run);
    if (status == STATUS_OK)
        status = check(run, result);
    bool refused = status == STATUS_OK && state_is(result, WORKER_STATE_SIGNED_OUT);
    return refused ? refuse_fresh(run) : status;
}

static enum status sign_on_and_check(struct run *run, struct record *result)
{
    enum status status = STATUS_OK;
    return check_kept(run, result, &status) ? status : check_fresh(run, result);
}

/* Did the token fail the verb "link" before the filing password was on its way? */
static bool lost_token(enum status status, const struct record *result)
{
    return status == STATUS_COURT_ERROR && state_is(result, WORKER_STATE_SIGNED_OUT) &&
           record_get_number(result, "sent", 1) == 0;
}

/* The verb "link" once more, with the token that came meanwhile or a fresh one; not where a logout
 * took this one back. */
static enum status call_again(struct run *run, struct record *result)
{
    SECRET_AUTO struct secret kept = {0};
    struct token_key key = token_key_of(run->use->config, run->use->account);
    if (token_read(&key, &kept) == STATUS_ABSENT)
        return STATUS_COURT_ERROR;
    (void)token_reject(&key, &run->token);
    secret_clear(&run->token);
    enum status status = sign_on_and_check(run, result);
    if (status != STATUS_OK || !state_is(result, WORKER_STATE_UNLINKED))
        return status;
    arm_worker(run->use);
    return worker_call(run->worker, WORKER_VERB_LINK, NULL, result);
}

static enum status call_link(struct run *run, struct record *result)
{
    arm_worker(run->use);
    enum status status = worker_call(run->worker, WORKER_VERB_LINK, NULL, result);
    return lost_token(status, result) && !run->fresh ? call_again(run, result) : status;
}

static enum status link_now(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record result = {0};
    enum status status = call_link(run, &result);
    if (run->answers.why == STATUS_OK)
        note_detail(run, &result);
    else
        status = unanswered_end(&run->answers, status, &result);
    if (lost_token(status, &result) && run->fresh)
        status = refuse_fresh(run);
    *linked_now = status == STATUS_OK && answers_gave_filing(&run->answers) &&
                  record_get_number(&result, "linked_now", 0) == 1;
    return answers_settle(&run->answers, status, &result);
}

static enum status check_and_link(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record result = {0};
    enum status status = sign_on_and_check(run, &result);
    if (status != STATUS_OK || state_is(&result, WORKER_STATE_LINKED))
        return status;
    if (!state_is(&result, WORKER_STATE_UNLINKED))
        return STATUS_INTERNAL;
    run->use->unlinked = run->use->by == FIRST_USE_CHECK;
    if (run->use->unlinked)
        return STATUS_ABSENT;
    return manual_court_is(run->use->court) ? STATUS_MANUAL_COURT : link_now(run, linked_now);
}

/* The procedure once more, from its check on, if she wants it after a refusal. */
static enum status check_and_link_again(struct run *run, bool *linked_now)
{
    enum status status = check_and_link(run, linked_now);
    bool again = status == STATUS_REJECTED && run->use->filing_refused &&
                 answers_try_lower_case(&run->answers);
    return again ? check_and_link(run, linked_now) : status;
}

/* First the fact, then the tidying: a crash in between leaves a filing login too many, no more. */
static enum status conclude(struct run *run, enum status status, bool linked_now)
{
    struct first_use *use = run->use;
    if (status == STATUS_PAGE_NOT_RECOGNISED && run->page)
        page_copy_save(use->state, use->court->id, run->page->str, &use->detail);
    if (run->limited) /* says nothing about the court, and the next use may try */
        return status;
    enum status recorded = run_record(use, status, run->secrets_stored);
    if (recorded != STATUS_OK) {
        say(run, STATE_CANNOT_BE_WRITTEN);
        return recorded;
    }
    if (linked_now && !use->config->keep_filing_login) {
        deadline_keyring(use->config, use->account->login, use->court->id);
        filing_erase_linked(use->keyring, use->account, use->court->id, &run->answers.filing);
    }
    return status;
}

enum status link_run(struct first_use *use)
{
    struct run run = {
        .use = use,
        .answers = {.use = use,
                    .submission = {HISTORY_LINK, use->court->id, asked_by(use), false, ""}},
        .secrets_stored = link_secrets_stored(use->state)};
    bool linked_now = false;
    enum status status = start_worker(&run);
    if (status == STATUS_OK)
        status = check_and_link_again(&run, &linked_now);
    if (run.worker)
        worker_end(run.worker);
    status = conclude(&run, status, linked_now);
    if (run.page)
        g_string_free(run.page, TRUE);
    answers_clear(&run.answers);
    secret_clear(&run.token);
    return status;
}
