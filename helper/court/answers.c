/* SPDX-License-Identifier: MIT
 * The answers to the worker's two questions: from the keyring, from the person, and never without
 * consent and guard. */
#include "court/answers.h"

#include <string.h>

#include "court/link_state.h"
#include "court/names.h"
#include "csolink/worker.h"
#include "deadline.h"
#include "guard/guard.h"
#include "prompt/ask.h"
#include "prompt/terminal.h"

static void say(struct answers *answers, const char *detail)
{
    g_free(answers->detail);
    answers->detail = g_strdup(detail);
}

static enum status ask_consent(struct answers *answers, const char *login)
{
    const struct first_use *use = answers->use;
    g_autofree char *text =
        g_strdup_printf("csolink will link filing login %s of %s (%s) to PACER account %s.\n"
                        "The court cannot undo a link. Link them?",
                        login, use->court->name, use->court->id, use->account->login);
    deadline_person(use->config, 1, use->account->login, use->court->id);
    enum status status = ask_yes(use->config, text);
    return status == STATUS_OK ? link_consent(use->state, use->court->id, login) : status;
}

/* Nobody links a colleague's filing login to her own account by typing it. */
static enum status check_typed(struct answers *answers, const char *login)
{
    const struct first_use *use = answers->use;
    g_autofree char *why = NULL;
    if (account_login_fault(login))
        return STATUS_CANCELLED;
    deadline_keyring(use->config, use->account->login, use->court->id);
    enum status status = filing_conflict(use->keyring, use->account, use->court->id, login, &why);
    if (why)
        say(answers, why);
    return status == STATUS_BAD_INPUT ? STATUS_CANCELLED : status;
}

static enum status ask_password(const struct first_use *use, const char *login,
                                struct secret *password)
{
    g_autofree char *prompt =
        g_strdup_printf("Password of filing login %s at %s (%s), for PACER account %s: ", login,
                        use->court->name, use->court->id, use->account->login);
    return ask_secret(use->config, prompt, password);
}

/* The person types the filing login that is not in the keyring. It is used once and not stored. */
static enum status ask_filing(struct answers *answers, struct secret *login,
                              struct secret *password)
{
    const struct first_use *use = answers->use;
    g_autofree char *prompt = g_strdup_printf(
        "%s asks for the filing login that it issued before NextGen.\n"
        "If it is not known, the court must reset it. Filing login for PACER account %s: ",
        use->court->name, use->account->login);
    deadline_person(use->config, 1, use->account->login, use->court->id);
    enum status status = ask_line(use->config, prompt, login);
    if (status == STATUS_OK)
        status = check_typed(answers, secret_string(login));
    deadline_person(use->config, 1, use->account->login, use->court->id);
    if (status == STATUS_OK)
        status = ask_password(use, secret_string(login), password);
    if (status == STATUS_OK && password->size == 0)
        status = STATUS_CANCELLED;
    return status == STATUS_OK ? ask_consent(answers, secret_string(login)) : status;
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
static enum status send_filing(struct answers *answers, const char *login,
                               const struct secret *password, struct record *answer)
{
    struct state *state = answers->use->state;
    const char *group = answers->filing.group, *fingerprint = answers->filing.fingerprint;
    enum status status = guard_verdict(state, group, fingerprint);
    if (status == STATUS_REFUSED_BY_POLICY)
        say(answers, "the filing password was sent twice and never answered; \"csolink filing add "
                     "--retry\" sends it again");
    else if (status == STATUS_OK)
        status = guard_sending(state, group, fingerprint);
    if (status == STATUS_REJECTED || status == STATUS_REFUSED_BY_POLICY)
        answers->use->filing_refused = true;
    if (status == STATUS_REFUSED_BY_POLICY && !answers->detail)
        say(answers, STATE_CANNOT_BE_WRITTEN);
    if (status != STATUS_OK)
        return status;
    answers->filing_sent = true;
    history_begin(state, &answers->submission);
    return answer_with(answer, login, password);
}

static enum status answer_stored(struct answers *answers, struct record *answer)
{
    const struct first_use *use = answers->use;
    enum status status = STATUS_OK;
    bool always = strcmp(use->config->confirm, "always") == 0;
    if (always || !link_has_consent(use->state, use->court->id, answers->filing.login))
        status = ask_consent(answers, answers->filing.login);
    if (status == STATUS_OK)
        status = send_filing(answers, answers->filing.login, &answers->filing.item->value, answer);
    return status;
}

static enum status answer_typed(struct answers *answers, struct record *answer)
{
    struct first_use *use = answers->use;
    SECRET_AUTO struct secret login = {0}, password = {0}, key = {0};
    if (use->by == FIRST_USE_LOGIN || !ask_has_person(use->config)) {
        say(answers, "no filing login for this court is stored");
        return STATUS_NEEDS_PERSON;
    }
    enum status status = ask_filing(answers, &login, &password);
    if (status == STATUS_OK) {
        deadline_keyring(use->config, use->account->login, use->court->id);
        status = guard_key(use->keyring, &key);
    }
    if (status != STATUS_OK)
        return status;
    answers->filing.group = guard_group(GUARD_FILING, use->court->id);
    answers->filing.fingerprint = guard_fingerprint(&key, &password);
    return send_filing(answers, secret_string(&login), &password, answer);
}

static enum status answer_filing_login(struct answers *answers, struct record *answer)
{
    const struct first_use *use = answers->use;
    deadline_keyring(use->config, use->account->login, use->court->id);
    enum status status = filing_find(use->keyring, use->account, use->court->id, &answers->filing);
    if (status == STATUS_OK)
        return answer_stored(answers, answer);
    return status == STATUS_ABSENT ? answer_typed(answers, answer) : status;
}

static enum status ask_names(struct answers *answers, const char *court_name,
                             const char *pacer_name)
{
    const struct first_use *use = answers->use;
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
    deadline_person(use->config, 1, use->account->login, use->court->id);
    return ask_yes(use->config, text);
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
    bool equal = names_equal(court_name, pacer_name);
    if (status == STATUS_OK && (!equal || strcmp(use->config->confirm, "always") == 0)) {
        status = ask_names(answers, court_name, pacer_name);
        if (status == STATUS_NEEDS_PERSON && !equal)
            say(answers, "the names at the court and at PACER differ");
    }
    if (status == STATUS_OK)
        record_add(answer, "answer", WORKER_ANSWER_YES);
    return status;
}

void answer_question(struct answers *answers, const struct record *question, struct record *answer)
{
    const struct first_use *use = answers->use;
    const char *what = record_get(question, "question");
    answers->why = STATUS_INTERNAL;
    bool given = answers->submission.id[0] != '\0'; /* once a run is enough */
    if (what && strcmp(what, WORKER_QUESTION_FILING_LOGIN) == 0 && !given)
        answers->why = answer_filing_login(answers, answer);
    else if (what && strcmp(what, WORKER_QUESTION_NAMES) == 0 && answers->filing.group)
        answers->why = answer_names(answers, question, answer);
    if (answers->why != STATUS_OK) {
        record_clear(answer);
        record_add(answer, "answer",
                   answers->why == STATUS_CANCELLED ? WORKER_ANSWER_NO : WORKER_ANSWER_NOBODY);
    }
    deadline_worker(use->config, use->account->login, use->court->id);
}

static void end_submission(struct answers *answers, enum status status, const struct record *result)
{
    if (answers->submission.id[0] == '\0')
        return;
    answers->submission.sent = record_get_number(result, "sent", 1) != 0;
    history_end(answers->use->state, &answers->submission, status);
}

enum status answers_settle(struct answers *answers, enum status status, const struct record *result)
{
    end_submission(answers, status, result);
    if (status == STATUS_REJECTED)
        answers->use->filing_refused = true;
    if (!answers->filing_sent)
        return status;
    /* A court that answers with an error may have counted the try: no answer, as far as the number
     * of tries goes. */
    enum guard_answer answer = status == STATUS_COURT_ERROR && record_get_number(result, "sent", 1)
                                   ? GUARD_NO_ANSWER
                                   : guard_answer_of(status, result);
    enum status settled = guard_settle(answers->use->state, answers->filing.group,
                                       answers->filing.fingerprint, answer);
    return settled == STATUS_OK ? status : settled;
}

void answers_clear(struct answers *answers)
{
    filing_clear(&answers->filing);
    g_free(answers->detail);
}
