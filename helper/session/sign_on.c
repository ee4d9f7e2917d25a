/* SPDX-License-Identifier: MIT
 * One sign-on: candidates (pending, then current), each through guard, code and PACER.
 * PACER's result 13 does not say what was wrong (Authentication API User Guide, p. 15), so the rule
 * is strict: a refusal is about the password, unless our clock provably chose the wrong code. */
#include "session/sign_on.h"

#include <string.h>
#include <time.h>

#include "account/acknowledgement.h"
#include "account/code.h"
#include "account/guard.h"
#include "deadline.h"
#include "prompt/terminal.h"

/* Time that a phase may take beyond its own limit before the process-wide deadline ends it. */
enum { GRACE_SECONDS = 5 };

struct candidate {
    const char *kind; /* ITEM_KIND_PENDING or ITEM_KIND_ACCOUNT */
    struct secret password;
    char *fingerprint;
};

static void candidate_clear(struct candidate *candidate)
{
    secret_clear(&candidate->password);
    g_free(candidate->fingerprint);
    *candidate = (struct candidate){0};
}
#define CANDIDATE_AUTO __attribute__((cleanup(candidate_clear)))

static void say(struct sign_on *run, const char *detail)
{
    g_free(run->detail);
    run->detail = g_strdup(detail);
}

static void arm_keyring(const struct sign_on *run)
{
    deadline_arm(run->config->keyring_timeout, STATUS_TIMED_OUT, run->account->login, NULL,
                 "the keyring does not answer");
}

static void arm_worker(const struct sign_on *run)
{
    deadline_arm(run->config->worker_timeout + GRACE_SECONDS, STATUS_TIMED_OUT, run->account->login,
                 NULL, NULL);
}

static void arm_person(const struct sign_on *run)
{
    deadline_arm(run->config->person_timeout + GRACE_SECONDS, STATUS_TIMED_OUT, run->account->login,
                 NULL, "nobody answered");
}

static enum status read_value(struct keyring *keyring, const struct account *account,
                              const char *kind, struct secret *value)
{
    struct item *item = NULL;
    struct item_form form = {
        .kind = kind, .environment = account->environment, .account = account->login};
    enum status status = item_find(keyring, &form, &item);
    if (status == STATUS_OK)
        status = keyring_read(keyring, item);
    if (status == STATUS_OK && !secret_set(value, secret_string(&item->value), item->value.size))
        status = STATUS_INTERNAL;
    g_clear_pointer(&item, item_free);
    return status;
}

static enum status read_candidate(struct keyring *keyring, const struct account *account,
                                  const struct secret *key, const char *kind,
                                  struct candidate *candidate)
{
    candidate->kind = kind;
    enum status status = read_value(keyring, account, kind, &candidate->password);
    if (status == STATUS_OK)
        candidate->fingerprint = guard_fingerprint(key, &candidate->password);
    return status;
}

static const char *const sign_on_order[] = {ITEM_KIND_PENDING, ITEM_KIND_ACCOUNT};
static const char *const hand_out_order[] = {ITEM_KIND_ACCOUNT, ITEM_KIND_PENDING};

/* The first candidate that the guard lets through. */
static enum status choose(struct keyring *keyring, const struct account *account,
                          struct state *state, const char *const kinds[2], struct candidate *chosen)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key), verdict = STATUS_ABSENT;
    for (size_t i = 0; status == STATUS_OK && i < 2; i++) {
        CANDIDATE_AUTO struct candidate candidate = {0};
        status = read_candidate(keyring, account, &key, kinds[i], &candidate);
        if (status == STATUS_ABSENT) {
            status = STATUS_OK;
            continue;
        }
        if (status != STATUS_OK)
            break;
        verdict = guard_verdict(state, GUARD_PASSWORD, candidate.fingerprint);
        /* An unanswered password may still be right: it is handed out, not sent. */
        if (verdict == STATUS_REFUSED_BY_POLICY && kinds == hand_out_order)
            verdict = STATUS_OK;
        if (verdict == STATUS_OK) {
            *chosen = candidate;
            candidate = (struct candidate){0};
            break;
        }
    }
    return status == STATUS_OK ? verdict : status;
}

enum status sign_on_password(struct keyring *keyring, const struct account *account,
                             struct state *state, struct secret *password)
{
    CANDIDATE_AUTO struct candidate candidate = {0};
    if (!guard_has_refusals(state, GUARD_PASSWORD)) {
        /* The common get: no look at the guard's key, no second search. */
        enum status read = keyring_read(keyring, account->item);
        const struct secret *value = &account->item->value;
        if (read == STATUS_OK && !secret_set(password, secret_string(value), value->size))
            read = STATUS_INTERNAL;
        return read;
    }
    enum status status = choose(keyring, account, state, hand_out_order, &candidate);
    if (status == STATUS_OK &&
        !secret_set(password, candidate.password.data, candidate.password.size))
        status = STATUS_INTERNAL;
    return status;
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
    arm_keyring(run);
    enum status status = read_value(run->keyring, run->account, ITEM_KIND_OTP, &secret);
    if (status == STATUS_ABSENT) {
        say(run, "its one-time-code secret is not in the keyring");
        return STATUS_NEEDS_CODE;
    }
    deadline_arm(2 * CODE_PERIOD + GRACE_SECONDS, STATUS_TIMED_OUT, run->account->login, NULL,
                 NULL);
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
    arm_person(run);
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

static enum status authenticate(struct sign_on *run, const struct candidate *candidate,
                                const struct secret *code, struct record *result)
{
    RECORD_AUTO struct record verb = {0};
    bool filer = strcmp(run->account->purpose, "file") == 0;
    if (record_add(&verb, "verb", WORKER_VERB_AUTHENTICATE) != STATUS_OK ||
        record_add(&verb, "login", run->account->login) != STATUS_OK ||
        record_add(&verb, "password", secret_string(&candidate->password)) != STATUS_OK)
        return STATUS_BAD_INPUT;
    if (code->size > 0)
        record_add(&verb, "otp_code", secret_string(code));
    if (run->account->client_code)
        record_add(&verb, "client_code", run->account->client_code);
    if (filer && acknowledgement_given(run->state))
        record_add(&verb, "redact", "1");
    arm_worker(run);
    return worker_call(run->worker, &verb, result);
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
static enum status authenticate_again(struct sign_on *run, const struct candidate *candidate,
                                      gint64 ahead, struct record *result)
{
    SECRET_AUTO struct secret code = {0};
    gint64 step = 0;
    progress_note(run->progress, "this machine's clock differs from PACER's; set it right");
    enum status status = stored_code(run, ahead, &step, &code);
    if (status != STATUS_OK)
        return status;
    status = guard_settle(run->state, GUARD_PASSWORD, candidate->fingerprint, GUARD_UNUSED);
    record_clear(result); /* it is settled */
    if (status == STATUS_OK)
        status = guard_sending(run->state, GUARD_PASSWORD, candidate->fingerprint);
    return status == STATUS_OK ? authenticate(run, candidate, &code, result) : status;
}

/* Unless another pending password was stored in its place meanwhile. */
static enum status drop_pending(struct sign_on *run, const struct candidate *candidate)
{
    struct item *item = NULL;
    struct item_form form = {.kind = ITEM_KIND_PENDING,
                             .environment = run->account->environment,
                             .account = run->account->login};
    enum status status = item_find(run->keyring, &form, &item);
    if (status == STATUS_OK)
        status = keyring_read(run->keyring, item);
    if (status == STATUS_OK &&
        secret_equal(secret_string(&item->value), item->value.size,
                     secret_string(&candidate->password), candidate->password.size))
        status = keyring_delete(run->keyring, item);
    g_clear_pointer(&item, item_free);
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* PACER accepted the pending password: it takes the current one's place, then goes. An account that
 * was removed meanwhile does not come back. */
static enum status promote(struct sign_on *run, const struct candidate *candidate)
{
    struct item_form form;
    item_form_read(run->account->item, &form);
    g_autofree char *label = g_strdup_printf("PACER account %s", run->account->login);
    enum status status = keyring_read(run->keyring, run->account->item);
    if (status == STATUS_OK)
        status = item_store(run->keyring, &form, label, &candidate->password);
    return status == STATUS_OK ? drop_pending(run, candidate) : status;
}

static enum status settle(struct sign_on *run, const struct candidate *candidate,
                          enum status status, const struct record *result)
{
    bool pending = strcmp(candidate->kind, ITEM_KIND_PENDING) == 0;
    enum guard_answer answer = guard_answer_of(status, result);
    if (record_get(result, "detail"))
        say(run, record_get(result, "detail"));
    enum status settled = guard_settle(run->state, GUARD_PASSWORD, candidate->fingerprint, answer);
    if (settled != STATUS_OK)
        return settled;
    arm_keyring(run);
    if (pending && answer == GUARD_ACCEPTED) {
        enum status promoted = promote(run, candidate);
        if (promoted != STATUS_OK)
            return promoted;
    }
    if (pending && answer == GUARD_REFUSED)
        drop_pending(run, candidate);
    if (status == STATUS_OK && record_get(result, "warning")) {
        g_autofree char *safe = terminal_escape(record_get(result, "warning"));
        g_autofree char *note = g_strdup_printf("PACER says: %s", g_strstrip(safe));
        progress_note(run->progress, note);
    }
    return status;
}

static enum status try_once(struct sign_on *run)
{
    CANDIDATE_AUTO struct candidate candidate = {0};
    SECRET_AUTO struct secret code = {0};
    RECORD_AUTO struct record result = {0};
    gint64 step = 0, ahead = 0;
    arm_keyring(run);
    enum status status = choose(run->keyring, run->account, run->state, sign_on_order, &candidate);
    if (status == STATUS_REFUSED_BY_POLICY)
        say(run, "the password was sent twice and never answered; \"csolink account password "
                 "--retry\" sends it again");
    if (status == STATUS_OK)
        status = obtain_code(run, &step, &code);
    if (status == STATUS_OK)
        status = guard_sending(run->state, GUARD_PASSWORD, candidate.fingerprint);
    if (status != STATUS_OK)
        return status;
    status = authenticate(run, &candidate, &code, &result);
    if (status == STATUS_REJECTED && clock_was_wrong(&result, step, &ahead))
        status = authenticate_again(run, &candidate, ahead, &result);
    return settle(run, &candidate, status, &result);
}

enum status sign_on(struct sign_on *run)
{
    enum status status = try_once(run);
    if (status != STATUS_NEEDS_ACKNOWLEDGEMENT)
        return status;
    g_autofree char *text = g_steal_pointer(&run->detail);
    if (!terminal_has_person())
        return status;
    arm_person(run);
    status = acknowledgement_ask(run->state, text ? text : acknowledgement_text,
                                 run->config->person_timeout);
    return status == STATUS_OK ? try_once(run) : status;
}
