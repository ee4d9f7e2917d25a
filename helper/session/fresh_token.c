/* SPDX-License-Identifier: MIT
 * Lock, worker, sign-on, token. */
#include "session/fresh_token.h"

#include <string.h>
#include <unistd.h>

#include "deadline.h"
#include "session/token.h"

static void on_step(void *context, int step, int of, const char *text)
{
    const struct sign_on *run = context;
    progress_step(run->progress, step, of, text);
}

static void on_token(void *context, const char *token)
{
    const struct sign_on *run = context;
    const struct account *account = run->account;
    struct token_key key = {account->environment, account->login, account->client_code};
    SECRET_AUTO struct secret copy = {0};
    if (secret_set(&copy, token, strlen(token)))
        (void)token_write(&key, &copy); /* where it cannot be kept, the next run signs on */
}

enum status fresh_token(struct sign_on *run)
{
    struct worker_events events = {.step = on_step, .token = on_token, .context = run};
    int lock = -1, wait = run->config->worker_timeout;
    deadline_arm(wait + DEADLINE_GRACE_SECONDS, STATUS_BUSY, run->account->login, NULL, NULL);
    enum status status = state_lock_run(run->state, wait * 1000, &lock);
    if (status != STATUS_OK)
        return status;
    deadline_worker(run->config, run->account->login, NULL);
    status = state_refresh(run->state);
    if (status == STATUS_OK)
        status = worker_start(&run->worker, run->config, run->account->environment, NULL, NULL,
                              NULL, events);
    if (status == STATUS_OK)
        status = sign_on(run);
    if (run->worker)
        worker_end(run->worker);
    run->worker = NULL;
    close(lock);
    return status;
}
