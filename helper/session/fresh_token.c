/* SPDX-License-Identifier: MIT
 * Lock, worker, sign-on, token. */
#include "session/fresh_token.h"

#include <string.h>
#include <unistd.h>

#include "deadline.h"
#include "guard/limit.h"
#include "prompt/ask.h"
#include "session/token.h"

/* A sign-on and where its token goes. */
struct flight {
    struct sign_on *run;
    struct secret *token;
};

static void on_step(void *context, int step, int of, const char *text)
{
    const struct flight *flight = context;
    progress_step(flight->run->progress, step, of, text);
}

static void on_token(void *context, const char *token)
{
    const struct flight *flight = context;
    (void)secret_set(flight->token, token, strlen(token));
}

/* Where it cannot be kept each process signs on for itself, which a person should know. */
static void keep(const struct sign_on *run, const struct secret *token)
{
    struct token_key key = token_key_of(run->config, run->account);
    enum status status = token_write(&key, token);
    progress_clear();
    if (status == STATUS_ABSENT)
        g_printerr("csolink: the token is not kept: there is neither /run/user/%u nor a keyring of "
                   "the kernel\n",
                   geteuid());
    else if (status != STATUS_OK)
        g_printerr("csolink: the token is not kept: /run/user/%u/csolink is not this user's alone, "
                   "not in memory, or full\n",
                   geteuid());
}

/* The run lock is held. */
static enum status fly(struct sign_on *run, struct secret *token)
{
    struct flight flight = {run, token};
    struct worker_events events = {.step = on_step, .token = on_token, .context = &flight};
    enum status status = worker_start(&run->worker, run->config, run->account->environment, NULL,
                                      NULL, NULL, events);
    if (status == STATUS_OK)
        status = sign_on(run);
    if (run->worker)
        worker_end(run->worker);
    run->worker = NULL;
    if (token->size > 0)
        keep(run, token);
    return status == STATUS_OK && token->size == 0 ? STATUS_INTERNAL : status;
}

/* Whoever holds the lock may be asking a person for a code. */
static enum status lock_run(const struct sign_on *run, int *lock)
{
    const struct config *config = run->config;
    bool asks = strcmp(run->account->otp, "ask") == 0;
    int wait = config->worker_timeout + (asks ? config->person_timeout : 0);
    deadline_arm(wait + DEADLINE_GRACE_SECONDS, STATUS_BUSY, run->account->login, NULL, NULL);
    enum status status = state_lock_run(run->state, wait * 1000, lock);
    if (status != STATUS_OK)
        return status;
    deadline_worker(config, run->account->login, NULL);
    status = state_refresh(run->state);
    if (status != STATUS_OK)
        close(*lock);
    return status;
}

enum status fresh_token(struct sign_on *run)
{
    SECRET_AUTO struct secret token = {0};
    int lock = -1;
    enum status status = lock_run(run, &lock);
    if (status != STATUS_OK)
        return status;
    status = fly(run, &token);
    close(lock);
    return status;
}

static bool lacked_person(enum status status)
{
    return status == STATUS_NEEDS_CODE || status == STATUS_NEEDS_PERSON ||
           status == STATUS_NEEDS_ACKNOWLEDGEMENT || status == STATUS_CANCELLED ||
           status == STATUS_TIMED_OUT;
}

bool sign_on_failed_since(const struct config *config, struct state *state, int before,
                          enum status *status)
{
    struct sign_on_outcome last = sign_on_last(state);
    if (last.run <= before || last.status == STATUS_OK ||
        (!last.asked && lacked_person(last.status) && ask_has_person(config)))
        return false;
    *status = last.status;
    return true;
}

/* Why the other one's sign-on was refused, if the limit refused it. */
static void tell_limit(struct sign_on *run)
{
    run->limited_until = sign_on_last(run->state).limited_until;
    if (run->limited_until == 0)
        return;
    g_autofree char *sentence = limit_sentence(run->config->sign_ons_per_hour, run->limited_until);
    sign_on_say(run, sentence);
}

enum status shared_token(struct sign_on *run, int before, struct secret *token)
{
    struct token_key key = token_key_of(run->config, run->account);
    int lock = -1;
    if (token_read(&key, token) == STATUS_OK)
        return STATUS_OK;
    enum status status = lock_run(run, &lock);
    if (status != STATUS_OK)
        return status;
    if (token_read(&key, token) == STATUS_OK)
        status = STATUS_OK;
    else if (sign_on_failed_since(run->config, run->state, before, &status))
        tell_limit(run);
    else
        status = fly(run, token);
    close(lock);
    return status;
}
