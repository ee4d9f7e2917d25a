/* SPDX-License-Identifier: MIT
 * One sign-on: a password through guard, code and PACER.
 * PACER's result 13 does not say what was wrong (Authentication API User Guide, p. 15), so the rule
 * is strict: a refusal is about the password, unless our clock provably chose the wrong code. */
#include "session/sign_on.h"

#include <string.h>
#include <time.h>

#include "account/acknowledgement.h"
#include "account/code.h"
#include "account/guard.h"
#include "account/password.h"
#include "deadline.h"
#include "prompt/terminal.h"

static void say(struct sign_on *run, const char *detail)
{
    g_free(run->detail);
    run->detail = g_strdup(detail);
}

static gint64 now_seconds(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static void sleep_until(gint64 second)
{
    struct timespec when = {.tv_sec = second};
    while (clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &when, NULL) != 0)
        continue;
}

/* A code of a step that no process used, waiting for the next step if this one is spent. ahead:
 * seconds by which PACER's clock is ahead of ours. */
static enum status stored_code(struct sign_on *run, gint64 ahead, gint64 *step, struct secret *code)
{
    SECRET_AUTO struct secret secret = {0};
    struct item_form form = account_form(run->account, ITEM_KIND_OTP);
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = item_read(run->keyring, &form, &secret);
    if (status == STATUS_ABSENT) {
        say(run, "its one-time-code secret is not in the keyring");
        return STATUS_NEEDS_CODE;
    }
    deadline_arm(2 * CODE_PERIOD + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, run->account->login,
                 NULL, NULL);
    while (status == STATUS_OK) {
        *step = code_next_step(run->state, now_seconds() + ahead);
        if (*step > (now_seconds() + ahead) / CODE_PERIOD) {
            progress_note(run->progress, "waiting for the next one-time code, up to 30 seconds");
            sleep_until(*step * CODE_PERIOD - ahead);
        }
        status = code_claim_step(run->state, *step);
        if (status != STATUS_BUSY)
            break;
        status = STATUS_OK;
    }
    return status == STATUS_OK ? code_compute(&secret, *step, code) : status;
}

static enum status asked_code(struct sign_on *run, struct secret *code)
{
    g_autofree char *prompt = g_strdup_printf("One-time code for %s: ", run->account->login);
    deadline_person(run->config, 1, run->account->login, NULL);
    enum status status = terminal_ask_secret(prompt, run->config->person_timeout, code);
    if (status == STATUS_NEEDS_PERSON)
        return STATUS_NEEDS_CODE;
    if (status == STATUS_OK && (code->size == 0 || code->size > 32 ||
                                strspn(code->data, "0123456789abcdefghijklmnopqrstuvwxyz"
                                                   "ABCDEFGHIJKLMNOPQRSTUVWXYZ-") != code->size)) {
        say(run, "that is no one-time code");
        return STATUS_NEEDS_CODE;
    }
    return status;
}

/* step stays 0 where the code was typed, or none is needed. */
static enum status obtain_code(struct sign_on *run, gint64 *step, struct secret *code)
{
    if (strcmp(run->account->otp, "none") == 0)
        return STATUS_OK;
    if (strcmp(run->account->otp, "stored") == 0)
        return stored_code(run, 0, step, code);
    return asked_code(run, code);
}

static enum status authenticate(struct sign_on *run, const struct password *password,
                                const struct secret *code, struct record *result)
{
    const struct account *account = run->account;
    bool redact = strcmp(account->purpose, "file") == 0 && acknowledgement_given(run->state);
    const struct worker_field fields[] = {
        {"login", account->login},
        {"password", secret_string(&password->text)},
        {"otp_code", code->size > 0 ? secret_string(code) : NULL},
        {"client_code", account->client_code},
        {"redact", redact ? "1" : NULL},
        {NULL, NULL},
    };
    deadline_worker(run->config, account->login, NULL);
    return worker_call(run->worker, WORKER_VERB_AUTHENTICATE, fields, result);
}

/* Did our clock choose another step than PACER's? Only then is a second try with another code fair.
 */
static bool clock_was_wrong(const struct record *result, gint64 step, gint64 *ahead)
{
    gint64 date = record_get_number(result, "date", 0);
    *ahead = date - now_seconds();
    return step != 0 && date != 0 && date / CODE_PERIOD != step;
}

/* The refusal was about the code: only a second one says anything about the password. */
static enum status authenticate_again(struct sign_on *run, const struct password *password,
                                      gint64 ahead, struct record *result)
{
    SECRET_AUTO struct secret code = {0};
    gint64 step = 0;
    progress_note(run->progress, "this machine's clock differs from PACER's; set it right");
    enum status status = stored_code(run, ahead, &step, &code);
    if (status != STATUS_OK)
        return status;
    status = guard_settle(run->state, GUARD_PASSWORD, password->fingerprint, GUARD_UNUSED);
    record_clear(result); /* it is settled */
    if (status == STATUS_OK)
        status = guard_sending(run->state, GUARD_PASSWORD, password->fingerprint);
    return status == STATUS_OK ? authenticate(run, password, &code, result) : status;
}

static enum status settle(struct sign_on *run, const struct password *password, enum status status,
                          const struct record *result)
{
    enum guard_answer answer = guard_answer_of(status, result);
    if (record_get(result, "detail"))
        say(run, record_get(result, "detail"));
    enum status settled = guard_settle(run->state, GUARD_PASSWORD, password->fingerprint, answer);
    if (settled != STATUS_OK)
        return settled;
    deadline_keyring(run->config, run->account->login, NULL);
    if (answer == GUARD_ACCEPTED)
        settled = password_accepted(run->keyring, run->account, run->state, password);
    else if (answer == GUARD_REFUSED)
        /* The guard knows it if this fails. */
        password_refused(run->keyring, run->account, run->state, password);
    if (settled != STATUS_OK)
        return settled;
    if (status == STATUS_OK && record_get(result, "warning")) {
        g_autofree char *safe = terminal_escape(record_get(result, "warning"));
        g_autofree char *note = g_strdup_printf("PACER says: %s", g_strstrip(safe));
        progress_note(run->progress, note);
    }
    return status;
}

static enum status try_once(struct sign_on *run)
{
    PASSWORD_AUTO struct password password = {0};
    SECRET_AUTO struct secret code = {0};
    RECORD_AUTO struct record result = {0};
    gint64 step = 0, ahead = 0;
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = password_to_send(run->keyring, run->account, run->state, &password);
    if (status == STATUS_REFUSED_BY_POLICY)
        say(run, "the password was sent twice and never answered; \"csolink account password "
                 "--retry\" sends it again");
    if (status == STATUS_OK)
        status = obtain_code(run, &step, &code);
    if (status == STATUS_OK) {
        status = guard_sending(run->state, GUARD_PASSWORD, password.fingerprint);
        if (status == STATUS_REFUSED_BY_POLICY)
            say(run, STATE_CANNOT_BE_WRITTEN);
    }
    if (status != STATUS_OK)
        return status;
    status = authenticate(run, &password, &code, &result);
    if (status == STATUS_REJECTED && clock_was_wrong(&result, step, &ahead))
        status = authenticate_again(run, &password, ahead, &result);
    return settle(run, &password, status, &result);
}

enum status sign_on(struct sign_on *run)
{
    enum status status = try_once(run);
    if (status != STATUS_NEEDS_ACKNOWLEDGEMENT)
        return status;
    g_autofree char *text = g_steal_pointer(&run->detail);
    if (!terminal_has_person())
        return status;
    deadline_person(run->config, 1, run->account->login, NULL);
    status = acknowledgement_ask(run->state, text ? text : acknowledgement_text,
                                 run->config->person_timeout);
    return status == STATUS_OK ? try_once(run) : status;
}
