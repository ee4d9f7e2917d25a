/* SPDX-License-Identifier: MIT
 * One sign-on: a password through guard, code and PACER.
 * PACER's result 13 does not say what was wrong (Authentication API User Guide, p. 15), so the rule
 * is strict: a refusal is about the password, unless our clock provably chose the wrong code. */
#include "session/sign_on.h"

#include <string.h>

#include "account/acknowledgement.h"
#include "code/spent_codes.h"
#include "deadline.h"
#include "guard/guard.h"
#include "password/password.h"
#include "prompt/ask.h"
#include "prompt/terminal.h"
#include "session/one_time_code.h"
#include "session/sending.h"
#include "session/warning.h"

/* loginResult: password or code, and PACER does not say which (the guide, p. 15). */
enum { RESULT_INVALID = 13 };

void sign_on_say(struct sign_on *run, const char *detail)
{
    g_free(run->detail);
    run->detail = g_strdup(detail);
}

/* PACER's own words; they end inside our sentence, but for a text that a person acknowledges. */
static void say_pacers_words(struct sign_on *run, const char *words, enum status status)
{
    sign_on_say(run, words);
    size_t size = strlen(run->detail);
    if (status != STATUS_NEEDS_ACKNOWLEDGEMENT && size > 0 && run->detail[size - 1] == '.')
        run->detail[size - 1] = '\0';
}

static bool is_filer(const struct account *account)
{
    return strcmp(account->purpose, "file") == 0;
}

static enum status authenticate(struct sign_on *run, const struct password *password,
                                const struct one_time_code *code, struct record *result)
{
    const struct account *account = run->account;
    bool redact = is_filer(account) && acknowledgement_given(run->state);
    const struct worker_field fields[] = {
        {"login", account->login},
        {"password", secret_string(&password->text)},
        {"otp_code", code->text.size > 0 ? secret_string(&code->text) : NULL},
        {"client_code", account->client_code},
        {"redact", redact ? "1" : NULL},
        {NULL, NULL},
    };
    deadline_worker(run->config, account->login, NULL);
    return worker_call(run->worker, WORKER_VERB_AUTHENTICATE, fields, result);
}

/* Did our clock choose another step than PACER's? Only then is a second try with another code fair.
 * Any other refusal than result 13 is no word about the code. */
static bool clock_was_wrong(const struct record *result, const struct one_time_code *code,
                            gint64 *ahead)
{
    gint64 date = record_get_number(result, "date", 0);
    *ahead = date - g_get_real_time() / G_USEC_PER_SEC;
    return record_get_number(result, "result", 0) == RESULT_INVALID && code->period != 0 &&
           date != 0 && date / code->period * code->period != code->start;
}

/* The refusal was about the code: only a second one says anything about the password. */
static enum status authenticate_again(struct sign_on *run, const struct password *password,
                                      gint64 ahead, struct record *result,
                                      struct history_event *event)
{
    ONE_TIME_CODE_AUTO struct one_time_code code = {0};
    enum status status = sending_possible(run);
    if (status == STATUS_OK)
        status = one_time_code_obtain(run, ahead, &code);
    if (status != STATUS_OK)
        return status;
    status = sending_settle(run, password, GUARD_UNUSED, result, event);
    history_end(run->state, event, STATUS_REJECTED);
    record_clear(result); /* it is settled */
    if (status == STATUS_OK)
        status = sending_begin(run, password, event);
    return status == STATUS_OK ? authenticate(run, password, &code, result) : status;
}

static void say_too(struct sign_on *run, const char *note)
{
    g_autofree char *both =
        g_strconcat(run->detail ? run->detail : "", run->detail ? "; " : "", note, NULL);
    sign_on_say(run, both);
}

/* PACER says the same of a wrong password and of an account that cannot sign on here at all; and of
 * two passwords she has to know which was meant. */
static void say_refused(struct sign_on *run, const struct password *password)
{
    const char *note = account_login_note(run->account->login);
    if (strcmp(password->kind, ITEM_KIND_PENDING) == 0)
        say_too(run, "it was the new password, which is dropped, and the stored one stays");
    if (note)
        say_too(run, note);
}

/* PACER's warning on a sign-on that succeeded; behind a login nobody sees it. */
static enum status keep_warning(struct sign_on *run, const char *text)
{
    bool is_new = false;
    enum status status = warning_keep(run->state, text, run->asked_by == NULL, &is_new);
    if (is_new) {
        g_autofree char *safe = terminal_escape(text);
        progress_clear();
        g_printerr("csolink: PACER says about account %s: %s\n", run->account->login,
                   g_strstrip(safe));
    }
    return status;
}

static enum status settle(struct sign_on *run, const struct password *password, enum status status,
                          const struct record *result, struct history_event *event)
{
    enum guard_answer answer = guard_answer_of(status, result);
    /* Why there was no second try says more than PACER's words on the first. */
    if (record_get(result, "detail") && !run->detail)
        say_pacers_words(run, record_get(result, "detail"), status);
    if (answer == GUARD_REFUSED)
        say_refused(run, password);
    enum status settled = sending_settle(run, password, answer, result, event);
    if (settled != STATUS_OK)
        return settled;
    deadline_keyring(run->config, run->account->login, NULL);
    if (answer == GUARD_ACCEPTED)
        settled = password_accepted(run->keyring, run->account, run->state, password);
    else if (answer == GUARD_REFUSED)
        /* The guard knows it if this fails. */
        password_refused(run->keyring, run->account, run->state, password);
    if (settled == STATUS_OK && status == STATUS_OK)
        settled = keep_warning(run, record_get(result, "warning"));
    return settled == STATUS_OK ? status : settled;
}

/* Computed ones have the ledger of their steps. */
static bool is_of_person(const struct one_time_code *code)
{
    return code->period == 0 && code->text.size > 0;
}

static enum status try_password(struct sign_on *run, struct history_event *event)
{
    PASSWORD_AUTO struct password password = {0};
    ONE_TIME_CODE_AUTO struct one_time_code code = {0};
    RECORD_AUTO struct record result = {0};
    gint64 ahead = 0;
    run->limited_until = 0;
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = password_to_send(run->keyring, run->account, run->state, &password);
    if (status == STATUS_REFUSED_BY_POLICY) {
        char why[STATUS_MESSAGE_MAX];
        status_fill(why, sizeof why, PASSWORD_SPENT, run->account->login, NULL);
        sign_on_say(run, why);
    }
    deadline_worker(run->config, run->account->login, NULL);
    if (status == STATUS_OK)
        status = worker_ready(run->worker);
    if (status == STATUS_OK)
        status = sending_possible(run);
    if (status == STATUS_OK)
        status = one_time_code_obtain(run, 0, &code);
    if (status == STATUS_OK)
        status = sending_begin(run, &password, event);
    if (status != STATUS_OK)
        return status;
    status = authenticate(run, &password, &code, &result);
    if (status == STATUS_REJECTED && clock_was_wrong(&result, &code, &ahead)) {
        one_time_code_note_clock(run, &code, ahead);
        status = authenticate_again(run, &password, ahead, &result, event);
    }
    status = settle(run, &password, status, &result, event);
    if (!event->sent && is_of_person(&code))
        (void)spent_codes_give_back(run->state); /* a failure costs her this code, no more */
    if (status != STATUS_OK)
        one_time_code_blame_clock(run, &code, ahead);
    return status;
}

static enum status try_once(struct sign_on *run)
{
    struct history_event event = {.operation = HISTORY_SIGN_ON, .asked_by = run->asked_by};
    enum status status = try_password(run, &event);
    history_end(run->state, &event, status);
    return status;
}

/* The flag of a text that she acknowledged went along: another yes to it would change nothing. */
static enum status try_acknowledged(struct sign_on *run)
{
    enum status status = try_once(run);
    if (status != STATUS_NEEDS_ACKNOWLEDGEMENT)
        return status;
    g_autofree char *told = g_steal_pointer(&run->detail);
    const char *text = told && *told ? told : acknowledgement_text;
    if (!is_filer(run->account) || acknowledgement_is_of(run->state, text)) {
        sign_on_say(run, "no yes here satisfies PACER, so acknowledge them at PACER in a browser "
                         "first");
        return status;
    }
    if (!ask_has_person(run->config))
        return status;
    deadline_person(run->config, 1, run->account->login, NULL);
    status = acknowledgement_ask(run->config, run->state, text);
    return status == STATUS_OK ? try_once(run) : status;
}

struct sign_on_outcome sign_on_last(struct state *state)
{
    GKeyFile *keys = state->keys;
    struct sign_on_outcome last = {.run = g_key_file_get_integer(keys, "sign-on", "run", NULL),
                                   .at = g_key_file_get_int64(keys, "sign-on", "at", NULL),
                                   .limited_until =
                                       g_key_file_get_int64(keys, "sign-on", "limited_until", NULL),
                                   .asked = g_key_file_get_boolean(keys, "sign-on", "asked", NULL)};
    g_autofree char *name = g_key_file_get_string(keys, "sign-on", "status", NULL);
    if (!name || !status_from_name(name, &last.status))
        last.status = STATUS_ABSENT;
    return last;
}

static enum status record_outcome(const struct sign_on *run, enum status outcome)
{
    struct state *state = run->state;
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    gint64 until = outcome == STATUS_REFUSED_BY_POLICY ? run->limited_until : 0;
    g_key_file_set_integer(state->keys, "sign-on", "run", sign_on_last(state).run + 1);
    g_key_file_set_int64(state->keys, "sign-on", "at", g_get_real_time() / G_USEC_PER_SEC);
    g_key_file_set_string(state->keys, "sign-on", "status", status_name(outcome));
    g_key_file_set_int64(state->keys, "sign-on", "limited_until", until);
    g_key_file_set_boolean(state->keys, "sign-on", "asked", ask_reached_person());
    return state_commit(state);
}

enum status sign_on(struct sign_on *run)
{
    enum status status = try_acknowledged(run);
    enum status recorded = record_outcome(run, status);
    return status == STATUS_OK ? recorded : status;
}
