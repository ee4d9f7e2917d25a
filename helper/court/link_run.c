/* SPDX-License-Identifier: MIT
 * The run: starts the worker, signs on if the cached token does not do, checks, links, and answers
 * the worker's two questions. The decisions are made here; the pages are read over there. */
#include "court/link_run.h"

#include <string.h>

#include "account/guard.h"
#include "court/filing.h"
#include "court/link_state.h"
#include "court/names.h"
#include "court/page_copy.h"
#include "deadline.h"
#include "prompt/terminal.h"
#include "session/sign_on.h"
#include "session/token.h"
#include "session/worker.h"

enum { GRACE_SECONDS = 5, LOGIN_SIGN_ON_SECONDS = 24 * 3600 };

struct run {
    struct first_use *use;
    struct worker *worker;
    struct secret token;
    struct filing filing;
    GString *page;
    bool filing_sent; /* "sent" stands on record and is not settled yet */
    enum status why;  /* why a question was not answered with yes; STATUS_OK if it was */
};

static void arm(const struct run *run, int seconds, const char *detail)
{
    deadline_arm(seconds + GRACE_SECONDS, STATUS_TIMED_OUT, run->use->account->login,
                 run->use->court->id, detail);
}

static void say(struct run *run, const char *detail)
{
    g_free(run->use->detail);
    run->use->detail = g_strdup(detail);
}

static struct token_key token_key(const struct run *run)
{
    const struct account *account = run->use->account;
    return (struct token_key){account->environment, account->login, account->client_code};
}

/* --- what the worker says on its way --- */

static void on_step(void *context, int step, int of, const char *text)
{
    const struct run *run = context;
    progress_step(run->use->progress, step, of, text);
}

static void on_token(void *context, const char *token)
{
    struct run *run = context;
    struct token_key key = token_key(run);
    if (secret_set(&run->token, token, strlen(token)))
        token_write(&key, &run->token);
}

static void on_page(void *context, const char *line)
{
    struct run *run = context;
    if (!run->page)
        run->page = g_string_new(NULL);
    g_string_append(run->page, line);
    g_string_append_c(run->page, '\n');
}

/* --- question: the filing login (steps 6 and 7) --- */

static enum status ask_consent(struct run *run, const char *login)
{
    const struct first_use *use = run->use;
    g_autofree char *text =
        g_strdup_printf("csolink will link filing login %s of %s (%s) to PACER account %s.\n"
                        "The court cannot undo a link. Link them?",
                        login, use->court->name, use->court->id, use->account->login);
    arm(run, use->config->person_timeout, "nobody answered");
    enum status status = terminal_ask_yes(text, use->config->person_timeout);
    return status == STATUS_OK ? link_consent(use->state, use->court->id, login) : status;
}

/* The person types the filing login that is not in the keyring. It is used once and not stored. */
static enum status ask_filing(struct run *run, struct secret *login, struct secret *password)
{
    const struct first_use *use = run->use;
    int seconds = use->config->person_timeout;
    g_autofree char *prompt = g_strdup_printf(
        "%s asks for the filing login that it issued before NextGen.\n"
        "If it is not known, the court must reset it. Filing login for PACER account %s: ",
        use->court->name, use->account->login);
    arm(run, 3 * seconds, "nobody answered");
    enum status status = terminal_ask_line(prompt, seconds, login);
    if (status == STATUS_OK && account_login_fault(secret_string(login)))
        status = STATUS_CANCELLED;
    if (status == STATUS_OK)
        status = terminal_ask_secret("Its password: ", seconds, password);
    if (status == STATUS_OK && password->size == 0)
        status = STATUS_CANCELLED;
    return status == STATUS_OK ? ask_consent(run, secret_string(login)) : status;
}

static enum status answer_with(struct record *answer, const char *login,
                               const struct secret *password)
{
    if (record_add(answer, "answer", WORKER_ANSWER_YES) != STATUS_OK ||
        record_add(answer, "login", login) != STATUS_OK ||
        record_add(answer, "password", secret_string(password)) != STATUS_OK) {
        record_clear(answer);
        return STATUS_BAD_INPUT;
    }
    return STATUS_OK;
}

/* "sent" goes on record before the password goes to the worker. */
static enum status send_filing(struct run *run, const char *login, const struct secret *password,
                               struct record *answer)
{
    struct state *state = run->use->state;
    enum status status = guard_sending(state, run->filing.group, run->filing.fingerprint);
    if (status == STATUS_REJECTED)
        run->use->filing_refused = true;
    if (status == STATUS_REFUSED_BY_POLICY)
        say(run, "the filing password was sent twice and never answered; \"csolink filing add "
                 "--retry\" sends it again");
    if (status != STATUS_OK)
        return status;
    run->filing_sent = true;
    return answer_with(answer, login, password);
}

static enum status answer_stored(struct run *run, struct record *answer)
{
    const struct first_use *use = run->use;
    enum status status = STATUS_OK;
    bool always = strcmp(use->config->confirm, "always") == 0;
    if (always || !link_has_consent(use->state, use->court->id, run->filing.login))
        status = ask_consent(run, run->filing.login);
    if (status == STATUS_OK)
        status = send_filing(run, run->filing.login, &run->filing.item->value, answer);
    return status;
}

static enum status answer_typed(struct run *run, struct record *answer)
{
    SECRET_AUTO struct secret login = {0}, password = {0}, key = {0};
    if (run->use->by == FIRST_USE_LOGIN || !terminal_has_person()) {
        say(run, "no filing login for this court is stored");
        return STATUS_NEEDS_PERSON;
    }
    enum status status = ask_filing(run, &login, &password);
    if (status == STATUS_OK) {
        arm(run, run->use->config->keyring_timeout, NULL);
        status = guard_key(run->use->keyring, &key);
    }
    if (status != STATUS_OK)
        return status;
    run->filing.group = guard_group(GUARD_FILING, run->use->court->id);
    run->filing.fingerprint = guard_fingerprint(&key, &password);
    return send_filing(run, secret_string(&login), &password, answer);
}

static enum status answer_filing_login(struct run *run, struct record *answer)
{
    const struct first_use *use = run->use;
    arm(run, use->config->keyring_timeout, "the keyring does not answer");
    enum status status = filing_find(use->keyring, use->account, use->court->id, &run->filing);
    if (status == STATUS_OK)
        return answer_stored(run, answer);
    return status == STATUS_ABSENT ? answer_typed(run, answer) : status;
}

/* --- question: the names (step 8) --- */

static enum status ask_names(struct run *run, const char *court_name, const char *pacer_name)
{
    const struct first_use *use = run->use;
    g_autofree char *at_court = terminal_escape(court_name),
                    *at_pacer = terminal_escape(pacer_name);
    g_autofree char *text = g_strdup_printf(
        "Linking at %s (%s), PACER account %s:\n"
        "  name at the court: %s\n"
        "  name at PACER:     %s\n"
        "The court cannot undo a link. Are both the same person, and shall they be linked?",
        use->court->name, use->court->id, use->account->login, at_court, at_pacer);
    if (use->by == FIRST_USE_LOGIN)
        return STATUS_NEEDS_PERSON;
    arm(run, use->config->person_timeout, "nobody answered");
    return terminal_ask_yes(text, use->config->person_timeout);
}

static enum status answer_names(struct run *run, const struct record *question,
                                struct record *answer)
{
    const struct first_use *use = run->use;
    const char *court_name = record_get(question, "court_name");
    const char *pacer_name = record_get(question, "pacer_name");
    /* The court took the filing password, or it would not ask this. */
    enum status status =
        guard_settle(use->state, run->filing.group, run->filing.fingerprint, GUARD_ACCEPTED);
    run->filing_sent = false;
    if (!court_name || !pacer_name)
        return STATUS_PAGE_NOT_RECOGNISED;
    bool equal = names_equal(court_name, pacer_name);
    if (status == STATUS_OK && (!equal || strcmp(use->config->confirm, "always") == 0)) {
        status = ask_names(run, court_name, pacer_name);
        if (status == STATUS_NEEDS_PERSON && !equal)
            say(run, "the names at the court and at PACER differ");
    }
    if (status == STATUS_OK)
        record_add(answer, "answer", WORKER_ANSWER_YES);
    return status;
}

static void on_question(void *context, const struct record *question, struct record *answer)
{
    struct run *run = context;
    const char *what = record_get(question, "question");
    run->why = STATUS_INTERNAL;
    if (what && strcmp(what, WORKER_QUESTION_FILING_LOGIN) == 0)
        run->why = answer_filing_login(run, answer);
    else if (what && strcmp(what, WORKER_QUESTION_NAMES) == 0 && run->filing.group)
        run->why = answer_names(run, question, answer);
    if (run->why != STATUS_OK) {
        record_clear(answer);
        record_add(answer, "answer",
                   run->why == STATUS_CANCELLED ? WORKER_ANSWER_NO : WORKER_ANSWER_NOBODY);
    }
    arm(run, run->use->config->worker_timeout, NULL);
}

/* --- the run --- */

static void note_detail(struct run *run, const struct record *result)
{
    if (record_get(result, "detail"))
        say(run, record_get(result, "detail"));
}

/* A login's run signs on at most once an account and day, however often people log in. */
static enum status may_sign_on(struct run *run)
{
    struct first_use *use = run->use;
    gint64 now = g_get_real_time() / G_USEC_PER_SEC;
    if (use->by != FIRST_USE_LOGIN)
        return STATUS_OK;
    enum status status = state_begin(use->state);
    if (status != STATUS_OK)
        return status;
    gint64 last = g_key_file_get_int64(use->state->keys, "login", "signed_on_at", NULL);
    bool may = now >= last + LOGIN_SIGN_ON_SECONDS || now < last;
    if (may)
        g_key_file_set_int64(use->state->keys, "login", "signed_on_at", now);
    status = state_commit(use->state);
    return status == STATUS_OK && !may ? STATUS_BUSY : status;
}

static enum status get_token(struct run *run)
{
    struct first_use *use = run->use;
    struct sign_on signing = {use->config, use->keyring,  use->account, use->state,
                              run->worker, use->progress, NULL};
    enum status status = may_sign_on(run);
    if (status == STATUS_OK)
        status = sign_on(&signing);
    if (signing.detail)
        say(run, signing.detail);
    g_free(signing.detail);
    return status == STATUS_OK && run->token.size == 0 ? STATUS_INTERNAL : status;
}

static enum status check(struct run *run, struct record *result)
{
    RECORD_AUTO struct record verb = {0};
    record_clear(result);
    record_add(&verb, "verb", WORKER_VERB_CHECK);
    if (record_add(&verb, "token", secret_string(&run->token)) != STATUS_OK)
        return STATUS_INTERNAL;
    arm(run, run->use->config->worker_timeout, NULL);
    enum status status = worker_call(run->worker, &verb, result);
    note_detail(run, result);
    return status;
}

static bool state_is(const struct record *result, const char *state)
{
    const char *said = record_get(result, "state");
    return said && strcmp(said, state) == 0;
}

/* With the cached token first; a court that says "signed out" gets a fresh one, once. */
static enum status sign_on_and_check(struct run *run, struct record *result)
{
    struct token_key key = token_key(run);
    if (token_read(&key, &run->token) == STATUS_OK) {
        enum status status = check(run, result);
        if (status != STATUS_OK || !state_is(result, WORKER_STATE_SIGNED_OUT))
            return status;
        token_drop(&key);
        secret_clear(&run->token);
    }
    enum status status = get_token(run);
    if (status == STATUS_OK)
        status = check(run, result);
    if (status == STATUS_OK && state_is(result, WORKER_STATE_SIGNED_OUT)) {
        say(run, "the court does not accept PACER's fresh token");
        status = STATUS_COURT_ERROR;
    }
    return status;
}

/* What became of the filing password, if it went out and the names did not settle it. */
static enum status settle_filing(struct run *run, enum status status, const struct record *result)
{
    if (status == STATUS_REJECTED)
        run->use->filing_refused = true;
    if (!run->filing_sent)
        return status;
    enum status settled = guard_settle(run->use->state, run->filing.group, run->filing.fingerprint,
                                       guard_answer_of(status, result));
    return settled == STATUS_OK ? status : settled;
}

static enum status link_now(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record verb = {0}, result = {0};
    record_add(&verb, "verb", WORKER_VERB_LINK);
    arm(run, run->use->config->worker_timeout, NULL);
    enum status status = worker_call(run->worker, &verb, &result);
    /* Our own reason for not answering says more than the worker's "nobody answered". */
    if (status != STATUS_OK && run->why != STATUS_OK)
        status = run->why;
    else
        note_detail(run, &result);
    *linked_now = record_get_number(&result, "linked_now", 0) == 1;
    return settle_filing(run, status, &result);
}

static enum status check_and_link(struct run *run, bool *linked_now)
{
    RECORD_AUTO struct record result = {0};
    enum status status = sign_on_and_check(run, &result);
    if (status != STATUS_OK || state_is(&result, WORKER_STATE_LINKED))
        return status;
    if (!state_is(&result, WORKER_STATE_UNLINKED))
        return STATUS_INTERNAL;
    return link_now(run, linked_now);
}

/* First the fact, then the tidying: a crash in between leaves a filing login too many, no more. */
static enum status conclude(struct run *run, enum status status, bool linked_now)
{
    struct first_use *use = run->use;
    if (status == STATUS_PAGE_NOT_RECOGNISED && run->page)
        page_copy_save(use->state, use->court->id, run->page->str, &use->detail);
    enum status recorded = link_record(use->state, use->court->id, status, use->filing_refused);
    if (recorded != STATUS_OK)
        return recorded;
    if (linked_now && !use->config->keep_filing_login) {
        arm(run, use->config->keyring_timeout, "the keyring does not answer");
        filing_erase(use->keyring, use->account, use->court->id);
    }
    return status;
}

enum status link_run(struct first_use *use)
{
    struct run run = {.use = use};
    bool linked_now = false;
    struct worker_events events = {on_step, on_token, on_question, on_page, &run};
    arm(&run, use->config->worker_timeout, NULL);
    enum status status = worker_start(&run.worker, use->config, use->account->environment,
                                      use->court->id, use->court->host, use->court->type, events);
    if (status == STATUS_OK)
        status = check_and_link(&run, &linked_now);
    if (run.worker)
        worker_end(run.worker);
    status = conclude(&run, status, linked_now);
    if (run.page)
        g_string_free(run.page, TRUE);
    filing_clear(&run.filing);
    secret_clear(&run.token);
    return status;
}
