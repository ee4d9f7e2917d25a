/* SPDX-License-Identifier: MIT
 * The run: starts the worker, checks, links, and records how it ended. */
#include "court/link_run.h"

#include "court/link_state.h"
#include "court/manual_court.h"
#include "court/page_copy.h"
#include "court/run.h"
#include "court/run_record.h"
#include "court/unanswered.h"
#include "deadline.h"
#include "session/token.h"

/* Did the token fail the verb "link" before the filing password was on its way? */
static bool lost_token(enum status status, const struct record *result)
{
    return status == STATUS_COURT_ERROR && run_state_is(result, WORKER_STATE_SIGNED_OUT) &&
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
    enum status status = run_check(run, result);
    if (status != STATUS_OK || !run_state_is(result, WORKER_STATE_UNLINKED))
        return status;
    return run_call(run, WORKER_VERB_LINK, NULL, result);
}

static enum status call_link(struct run *run, struct record *result)
{
    enum status status = run_call(run, WORKER_VERB_LINK, NULL, result);
    return lost_token(status, result) && !run->fresh ? call_again(run, result) : status;
}

static enum status link_now(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record result = {0};
    enum status status = call_link(run, &result);
    if (run->answers.why == STATUS_OK) {
        run_note_detail(run, &result);
        unanswered_astray(&run->answers, status, &result);
    } else {
        status = unanswered_end(&run->answers, status, &result);
    }
    if (lost_token(status, &result) && run->fresh)
        status = run_refuse_fresh(run);
    *linked_now = status == STATUS_OK && answers_gave_filing(&run->answers) &&
                  record_get_number(&result, "linked_now", 0) == 1;
    return answers_settle(&run->answers, status, &result);
}

static enum status check_and_link(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record result = {0};
    enum status status = run_check(run, &result);
    if (status != STATUS_OK || run_state_is(&result, WORKER_STATE_LINKED))
        return status;
    if (!run_state_is(&result, WORKER_STATE_UNLINKED))
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
        run_say(run, STATE_CANNOT_BE_WRITTEN);
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
    const char *asked_by = use->by == FIRST_USE_LOGIN ? HISTORY_BY_LOGIN : NULL;
    struct run run = {
        .use = use,
        .asked_by = asked_by,
        .answers = {.use = use, .submission = {HISTORY_LINK, use->court->id, asked_by, false, ""}},
        .secrets_stored = link_secrets_stored(use->state)};
    bool linked_now = false;
    enum status status = run_start_worker(&run);
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
