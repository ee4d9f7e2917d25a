/* SPDX-License-Identifier: MIT
 * Where the code comes from is the account's otp: none, ask or stored. */
#include "session/one_time_code.h"

#include <string.h>
#include <time.h>

#include "account/code.h"
#include "deadline.h"
#include "prompt/terminal.h"

void one_time_code_clear(struct one_time_code *code)
{
    secret_clear(&code->text);
    *code = (struct one_time_code){0};
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

static enum status stored_code(struct sign_on *run, gint64 ahead, struct one_time_code *code)
{
    SECRET_AUTO struct secret secret = {0};
    struct item_form form = account_form(run->account, ITEM_KIND_OTP);
    deadline_keyring(run->config, run->account->login, NULL);
    enum status status = item_read(run->keyring, &form, &secret);
    if (status == STATUS_ABSENT) {
        sign_on_say(run, "its one-time-code secret is not in the keyring");
        return STATUS_NEEDS_CODE;
    }
    deadline_arm(2 * CODE_PERIOD + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, run->account->login,
                 NULL, NULL);
    while (status == STATUS_OK) {
        code->step = code_next_step(run->state, now_seconds() + ahead);
        if (code->step > (now_seconds() + ahead) / CODE_PERIOD) {
            progress_note(run->progress, "waiting for the next one-time code, up to 30 seconds");
            sleep_until(code->step * CODE_PERIOD - ahead);
        }
        status = code_claim_step(run->state, code->step);
        if (status != STATUS_BUSY)
            break;
        status = STATUS_OK;
    }
    return status == STATUS_OK ? code_compute(&secret, code->step, &code->text) : status;
}

static bool is_code(const struct secret *text)
{
    static const char characters[] = "0123456789abcdefghijklmnopqrstuvwxyz"
                                     "ABCDEFGHIJKLMNOPQRSTUVWXYZ-";
    return text->size > 0 && text->size <= 32 && strspn(text->data, characters) == text->size;
}

static enum status asked_code(struct sign_on *run, struct secret *text)
{
    g_autofree char *prompt = g_strdup_printf("One-time code for %s: ", run->account->login);
    deadline_person(run->config, 1, run->account->login, NULL);
    enum status status = terminal_ask_secret(prompt, run->config->person_timeout, text);
    if (status == STATUS_NEEDS_PERSON)
        return STATUS_NEEDS_CODE;
    if (status == STATUS_OK && !is_code(text)) {
        sign_on_say(run, "that is no one-time code");
        return STATUS_NEEDS_CODE;
    }
    return status;
}

enum status one_time_code_obtain(struct sign_on *run, gint64 ahead, struct one_time_code *code)
{
    if (strcmp(run->account->otp, "none") == 0)
        return STATUS_OK;
    if (strcmp(run->account->otp, "stored") == 0)
        return stored_code(run, ahead, code);
    return asked_code(run, &code->text);
}
