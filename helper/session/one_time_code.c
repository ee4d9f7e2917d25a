/* SPDX-License-Identifier: MIT
 * Where the code comes from is the account's otp: none, ask or stored; or a person's word. */
#include "session/one_time_code.h"

#include <string.h>
#include <time.h>

#include "code/backup_codes.h"
#include "code/code.h"
#include "code/code_ledger.h"
#include "code/spent_codes.h"
#include "deadline.h"
#include "prompt/ask.h"

/* Time for the next step, and with short ones for several callers at once. */
enum { MOST_WAIT = 60 };

static const char forbidden[] =
    "its stored one-time-code secret may not be used here (store_otp in csolink.conf(5))";

void one_time_code_clear(struct one_time_code *code)
{
    secret_clear(&code->text);
    *code = (struct one_time_code){0};
}

static gint64 now_seconds(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

static bool is_forbidden(const struct sign_on *run)
{
    return strcmp(run->config->store_otp, "forbidden") == 0;
}

/* Where a stored one is wanted, a sign-on does not ask for a code. */
static void say_no_secret(struct sign_on *run, const char *fault)
{
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink account otp {account}\" stores one",
                run->account->login, NULL);
    g_autofree char *why = g_strdup_printf("%s; %s", fault, how);
    sign_on_say(run, why);
}

static enum status read_key(struct sign_on *run, struct code_key *key)
{
    SECRET_AUTO struct secret secret = {0};
    struct item_form form = account_form(run->account, ITEM_KIND_OTP);
    const char *fault = "its one-time-code secret is not in the keyring";
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = item_read(run->keyring, &form, &secret);
    if (status == STATUS_OK)
        status = code_key_read(&secret, key, &fault);
    if (status != STATUS_ABSENT && status != STATUS_BAD_INPUT)
        return status;
    say_no_secret(run, fault);
    return STATUS_NEEDS_CODE;
}

static void say_far_away(struct sign_on *run, gint64 seconds)
{
    g_autofree char *detail = g_strdup_printf(
        "the next one that was not used begins in %" G_GINT64_FORMAT
        " seconds: wait for it, or set this machine's clock right if it was set back",
        seconds);
    sign_on_say(run, detail);
}

/* The process's deadline bounds this, whatever is done to the clock meanwhile. */
static void wait_for(const struct sign_on *run, gint64 second, int period)
{
    struct timespec when = {.tv_sec = second};
    gint64 seconds = second - now_seconds();
    if (seconds <= 0)
        return;
    g_autofree char *note =
        g_strdup_printf("waiting %" G_GINT64_FORMAT " seconds for the next one-time code", seconds);
    progress_note(run->progress, note);
    deadline_arm(MAX(MOST_WAIT, period) + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT,
                 run->account->login, NULL, "the next one-time code did not begin in time");
    while (clock_nanosleep(CLOCK_REALTIME, TIMER_ABSTIME, &when, NULL) != 0)
        continue;
}

enum status one_time_code_stored(struct sign_on *run, gint64 ahead, struct one_time_code *code)
{
    CODE_KEY_AUTO struct code_key key = {0};
    if (is_forbidden(run)) {
        sign_on_say(run, forbidden);
        return STATUS_NEEDS_CODE;
    }
    if (strcmp(run->account->otp, "stored") != 0) {
        say_no_secret(run, "the account has no stored one-time-code secret");
        return STATUS_NEEDS_CODE;
    }
    enum status status = read_key(run, &key);
    if (status != STATUS_OK)
        return status;
    gint64 now = now_seconds() + ahead;
    code->period = key.period;
    status = code_claim(run->state, now, key.period, MAX(MOST_WAIT, key.period), &code->start);
    if (status == STATUS_BUSY) {
        say_far_away(run, code->start - now);
        return STATUS_NEEDS_CODE;
    }
    if (status != STATUS_OK)
        return status;
    wait_for(run, code->start - ahead, key.period);
    return code_compute(&key, code->start, &code->text);
}

/* Past those that were stored anew after their use. */
static enum status take_unspent(struct sign_on *run, struct secret *text)
{
    enum status status = STATUS_REJECTED;
    while (status == STATUS_REJECTED) {
        status = backup_codes_take(run->keyring, run->account, text);
        if (status == STATUS_OK)
            status = spent_codes_claim(run->keyring, run->state, text);
    }
    return status;
}

static enum status backup_code(struct sign_on *run, struct secret *text)
{
    unsigned left = 0;
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = take_unspent(run, text);
    if (status == STATUS_ABSENT) {
        sign_on_say(run, "no backup code is stored");
        return STATUS_NEEDS_CODE;
    }
    if (status != STATUS_OK || backup_codes_count(run->keyring, run->account, &left) != STATUS_OK)
        return status;
    g_autofree char *note = g_strdup_printf("a backup code is used up; %u are left", left);
    progress_note(run->progress, note);
    return STATUS_OK;
}

/* A word without a digit is none: a wrong code would cost the password. */
static bool is_code(struct secret *text)
{
    return code_fold(text) && strpbrk(text->data, "0123456789");
}

static enum status claim_typed(struct sign_on *run, const struct secret *text)
{
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = spent_codes_claim(run->keyring, run->state, text);
    if (status != STATUS_REJECTED)
        return status;
    sign_on_say(run, "that code was given before, and each is good once: wait for the next one");
    return STATUS_NEEDS_CODE;
}

static enum status asked_code(struct sign_on *run, struct secret *text)
{
    g_autofree char *prompt = g_strdup_printf("One-time code for %s: ", run->account->login);
    deadline_person(run->config, 1, run->account->login, NULL);
    enum status status = ask_secret(run->config, prompt, text);
    if (status == STATUS_NEEDS_PERSON) {
        if (strcmp(run->account->otp, "stored") == 0)
            sign_on_say(run, forbidden);
        return STATUS_NEEDS_CODE;
    }
    if (status == STATUS_OK && !is_code(text)) {
        sign_on_say(run, "that is no one-time code");
        return STATUS_NEEDS_CODE;
    }
    return status == STATUS_OK ? claim_typed(run, text) : status;
}

enum status one_time_code_obtain(struct sign_on *run, gint64 ahead, struct one_time_code *code)
{
    if (run->backup_code)
        return backup_code(run, &code->text);
    if (strcmp(run->account->otp, "none") == 0)
        return STATUS_OK;
    if (strcmp(run->account->otp, "stored") == 0 && !is_forbidden(run))
        return one_time_code_stored(run, ahead, code);
    return asked_code(run, &code->text);
}

/* For g_free, or NULL where the clock is right enough. */
static char *clock_fault(const struct one_time_code *code, gint64 ahead)
{
    gint64 off = ahead < 0 ? -ahead : ahead;
    if (code->period == 0 || off <= code->period)
        return NULL;
    return g_strdup_printf("this machine's clock is %" G_GINT64_FORMAT " seconds %s PACER's, "
                           "which is the likely cause: set it right",
                           off, ahead < 0 ? "ahead of" : "behind");
}

void one_time_code_note_clock(struct sign_on *run, const struct one_time_code *code, gint64 ahead)
{
    g_autofree char *fault = clock_fault(code, ahead);
    g_autofree char *note =
        g_strconcat("PACER refused the code", fault ? "; " : " of a step that is over",
                    fault ? fault : "", NULL);
    progress_note(run->progress, note);
}

void one_time_code_blame_clock(struct sign_on *run, const struct one_time_code *code, gint64 ahead)
{
    g_autofree char *fault = clock_fault(code, ahead);
    if (!fault)
        return;
    g_autofree char *detail =
        g_strconcat(run->detail ? run->detail : "", run->detail ? "; " : "", fault, NULL);
    sign_on_say(run, detail);
}
