/* SPDX-License-Identifier: MIT
 * The answers to the worker's two questions: from the keyring, from the person, and never without
 * consent and guard. */
#include "court/answers.h"

#include <string.h>

#include "court/filing_advice.h"
#include "court/link_state.h"
#include "court/names.h"
#include "court/questions.h"
#include "court/typed_filing.h"
#include "csolink/worker.h"
#include "deadline.h"
#include "guard/guard.h"

static void say(struct answers *answers, const char *detail)
{
    g_free(answers->detail);
    answers->detail = g_strdup(detail);
}

static enum status ask_consent(struct answers *answers, const char *login)
{
    const struct first_use *use = answers->use;
    enum status status = question_consent(use, login);
    return status == STATUS_OK ? link_consent(use->state, use->court->id, login) : status;
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

/* --- lower case --- */

/* In the place of what was refused. STATUS_REJECTED: it stays at that. */
static enum status take_lower_case(struct answers *answers)
{
    struct filing lower = {0};
    const struct first_use *use = answers->use;
    enum status status = answers->lower_case
                             ? STATUS_ABSENT
                             : typed_filing_lower_case(use, &answers->filing, &lower);
    if (status == STATUS_OK) {
        filing_clear(&answers->filing);
        answers->filing = lower;
        answers->lower_case = true;
        return STATUS_OK;
    }
    filing_clear(&lower);
    if (status == STATUS_NEEDS_PERSON) {
        char hint[STATUS_MESSAGE_MAX];
        status_fill(hint, sizeof hint,
                    "\"csolink link{as} {court}\" in a terminal offers to try it in lower case",
                    use->account->login, use->court->id);
        say(answers, hint);
    }
    return STATUS_REJECTED;
}

bool answers_try_lower_case(struct answers *answers)
{
    struct first_use *use = answers->use;
    if (!answers->filing_refused)
        return false;
    answers->filing_refused = false;
    if (take_lower_case(answers) == STATUS_OK) {
        use->filing_refused = false;
        g_clear_pointer(&use->detail, g_free);
        return true;
    }
    if (answers->detail) {
        char *both = g_strjoin("; ", answers->detail, use->detail, NULL);
        g_free(use->detail);
        use->detail = both;
    }
    return false;
}

/* --- the filing login --- */

/* STATUS_OK: it may be sent. */
static enum status ask_guard(struct answers *answers)
{
    const struct filing *filing = &answers->filing;
    enum status status = guard_verdict(answers->use->state, filing->group, filing->fingerprint);
    if (status == STATUS_REFUSED_BY_POLICY) {
        const struct first_use *use = answers->use;
        g_autofree char *why =
            spent_filing_sentence(use->account->login, use->court->id, filing->login);
        say(answers, why);
    }
    return status == STATUS_REJECTED ? take_lower_case(answers) : status;
}

/* "sent" goes on record before the password goes to the worker. */
static enum status send_filing(struct answers *answers, struct record *answer)
{
    struct state *state = answers->use->state;
    const struct filing *filing = &answers->filing;
    enum status status = guard_sending(state, filing->group, filing->fingerprint);
    if (status == STATUS_REFUSED_BY_POLICY)
        say(answers, STATE_CANNOT_BE_WRITTEN);
    if (status != STATUS_OK)
        return status;
    answers->filing_sent = true;
    history_begin(state, &answers->submission);
    return answer_with(answer, filing->login, &filing->password);
}

/* Storing it was her consent; what she types now, or is to confirm each time, has none yet. */
static enum status agree_and_send(struct answers *answers, bool typed, struct record *answer)
{
    const struct first_use *use = answers->use;
    bool always = strcmp(use->config->confirm, "always") == 0;
    enum status status = ask_guard(answers);
    if (status == STATUS_REJECTED || status == STATUS_REFUSED_BY_POLICY)
        answers->use->filing_refused = true;
    const char *login = answers->filing.login;
    if (status == STATUS_OK && !answers->lower_case &&
        (typed || always || !link_has_consent(use->state, use->court->id, login)))
        status = ask_consent(answers, login);
    if (status == STATUS_NEEDS_PERSON)
        say(answers, "linking it waits for a person's yes");
    return status == STATUS_OK ? send_filing(answers, answer) : status;
}

static enum status answer_typed(struct answers *answers, struct record *answer)
{
    const struct first_use *use = answers->use;
    if (!question_has_person(use)) {
        char command[STATUS_MESSAGE_MAX];
        status_fill(command, sizeof command,
                    "no filing login is stored; \"csolink filing add --account={account} "
                    "{court} FILING_LOGIN\" stores one",
                    use->account->login, use->court->id);
        say(answers, command);
        return STATUS_NEEDS_PERSON;
    }
    g_autofree char *why = NULL;
    enum status status = typed_filing_ask(use, &answers->filing, &why);
    if (why)
        say(answers, why);
    return status == STATUS_OK ? agree_and_send(answers, true, answer) : status;
}

static enum status answer_filing_login(struct answers *answers, struct record *answer)
{
    const struct first_use *use = answers->use;
    if (answers->lower_case)
        return send_filing(answers, answer);
    deadline_keyring(use->config, use->account->login, use->court->id);
    enum status status = filing_find(use->keyring, use->account, use->court->id, &answers->filing);
    if (status == STATUS_OK)
        return agree_and_send(answers, false, answer);
    return status == STATUS_ABSENT ? answer_typed(answers, answer) : status;
}

/* --- the names --- */

/* Her "no" is about the persons where the names are not equal, else about the link. */
static enum status ask_names(struct answers *answers, const char *court_name,
                             const char *pacer_name, const char *what)
{
    const struct first_use *use = answers->use;
    enum status status = STATUS_NEEDS_PERSON;
    if (question_has_person(use))
        status = question_names(use, answers->filing.login, court_name, pacer_name, what);
    if (status == STATUS_NEEDS_PERSON && what) {
        g_autofree char *differ =
            g_strdup_printf("the names at the court and at PACER are not equal: %s", what);
        say(answers, differ);
    }
    if (what && (status == STATUS_OK || status == STATUS_CANCELLED)) {
        enum status noted = link_answer_names(use->state, use->court->id, status == STATUS_OK);
        if (noted != STATUS_OK)
            return noted;
    }
    return status == STATUS_CANCELLED && what ? STATUS_NAMES_DIFFER : status;
}

static enum status answer_names(struct answers *answers, const struct record *question,
                                struct record *answer)
{
    const struct first_use *use = answers->use;
    const char *court_name = record_get(question, "court_name");
    const char *pacer_name = record_get(question, "pacer_name");
    /* The court took the filing password, or it would not ask this. */
    enum status status = guard_settle(use->state, answers->filing.group,
                                      answers->filing.fingerprint, GUARD_ACCEPTED);
    answers->filing_sent = false;
    if (!court_name || !pacer_name)
        return STATUS_PAGE_NOT_RECOGNISED;
    const char *what = NULL;
    bool equal = names_compare(court_name, pacer_name, &what) == NAMES_EQUAL;
    if (status == STATUS_OK && (!equal || strcmp(use->config->confirm, "always") == 0))
        status = ask_names(answers, court_name, pacer_name, what);
    if (status == STATUS_OK)
        record_add(answer, "answer", WORKER_ANSWER_YES);
    return status;
}

bool answers_gave_filing(const struct answers *answers)
{
    return answers->submission.id[0] != '\0';
}

void answer_question(struct answers *answers, const struct record *question, struct record *answer)
{
    const struct first_use *use = answers->use;
    const char *what = record_get(question, "question");
    answers->why = STATUS_INTERNAL;
    bool given = answers_gave_filing(answers); /* once a run is enough, and before it no names */
    if (what && strcmp(what, WORKER_QUESTION_FILING_LOGIN) == 0 && !given)
        answers->why = answer_filing_login(answers, answer);
    else if (what && strcmp(what, WORKER_QUESTION_NAMES) == 0 && given)
        answers->why = answer_names(answers, question, answer);
    if (answers->why == STATUS_TIMED_OUT) { /* of a person; a get shall not ask her again */
        answers->why = STATUS_NEEDS_PERSON;
        say(answers, "the question was not answered in time");
    }
    if (answers->why != STATUS_OK) {
        bool is_no = answers->why == STATUS_CANCELLED || answers->why == STATUS_NAMES_DIFFER;
        record_clear(answer);
        record_add(answer, "answer", is_no ? WORKER_ANSWER_NO : WORKER_ANSWER_NOBODY);
    }
    deadline_worker(use->config, use->account->login, use->court->id);
}

static void end_submission(struct answers *answers, enum status status, const struct record *result)
{
    if (!answers_gave_filing(answers))
        return;
    answers->submission.sent = record_get_number(result, "sent", 1) != 0;
    history_end(answers->use->state, &answers->submission, status);
}

/* A try of it costs: which one that was, and after the last one the way out. */
static void say_unanswered(const struct answers *answers)
{
    struct first_use *use = answers->use;
    const struct filing *filing = &answers->filing;
    use->filing_refused =
        guard_verdict(use->state, filing->group, filing->fingerprint) == STATUS_REFUSED_BY_POLICY;
    g_autofree char *before = use->detail;
    g_autofree char *said =
        use->filing_refused
            ? spent_filing_sentence(use->account->login, use->court->id, filing->login)
            : g_strdup(FILING_HAS_ONE_MORE_TRY);
    use->detail = before && *before ? g_strjoin("; ", before, said, NULL) : g_strdup(said);
}

enum status answers_settle(struct answers *answers, enum status status, const struct record *result)
{
    end_submission(answers, status, result);
    if (status == STATUS_REJECTED)
        answers->use->filing_refused = true;
    if (!answers->filing_sent)
        return status;
    answers->filing_refused = status == STATUS_REJECTED;
    /* A page that says neither yes nor no, or leads astray, may be the answer to a wrong password,
     * which the court counts: no answer, as far as the number of tries goes. */
    bool clear = status == STATUS_OK || status == STATUS_REJECTED;
    enum guard_answer answer = clear || record_get_number(result, "sent", 1) == 0
                                   ? guard_answer_of(status, result)
                                   : GUARD_NO_ANSWER;
    enum status settled = guard_settle(answers->use->state, answers->filing.group,
                                       answers->filing.fingerprint, answer);
    answers->filing_sent = false;
    if (answer == GUARD_NO_ANSWER)
        say_unanswered(answers);
    return settled == STATUS_OK ? status : settled;
}

void answers_clear(struct answers *answers)
{
    filing_clear(&answers->filing);
    g_free(answers->detail);
}
