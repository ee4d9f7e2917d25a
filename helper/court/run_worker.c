/* SPDX-License-Identifier: MIT
 * The run's worker: its start, its deadline, and what it says. */
#include <string.h>

#include "court/page_copy.h"
#include "court/run.h"
#include "deadline.h"
#include "session/token.h"

void run_say(struct run *run, const char *detail)
{
    g_free(run->use->detail);
    run->use->detail = g_strdup(detail);
}

/* Commands that we advise stand in double quotes, so no words of a court's do; and no csolink-net
 * pushes our own out of the sentence. */
void run_note_detail(struct run *run, const struct record *result)
{
    const char *detail = record_get(result, "detail");
    g_autofree char *told = detail ? g_strndup(detail, WORKER_DETAIL_MAX) : NULL;
    if (told)
        run_say(run, g_strdelimit(told, "\"", '\''));
}

bool run_state_is(const struct record *result, const char *state)
{
    const char *said = record_get(result, "state");
    return said && strcmp(said, state) == 0;
}

static void arm_worker(const struct first_use *use)
{
    deadline_worker(use->config, use->account->login, use->court->id);
}

static void on_step(void *context, int step, int of, const char *text)
{
    const struct run *run = context;
    progress_step(run->use->progress, step, of, text);
}

static void on_token(void *context, const char *token)
{
    struct run *run = context;
    struct token_key key = token_key_of(run->use->config, run->use->account);
    if (!secret_set(&run->token, token, strlen(token)))
        return;
    /* Where it cannot be kept, the next run signs on. */
    (void)(run->signing_on ? token_write : token_replace)(&key, &run->token);
}

static void on_page(void *context, const char *line)
{
    struct run *run = context;
    page_copy_add(&run->page, line);
}

static void on_question(void *context, const struct record *question, struct record *answer)
{
    struct run *run = context;
    answer_question(&run->answers, question, answer);
}

enum status run_start_worker(struct run *run)
{
    const struct first_use *use = run->use;
    const struct worker_events events = {on_step, on_token, on_question, on_page, run};
    arm_worker(use);
    return worker_start(&run->worker, use->config, use->account->environment, use->court->id,
                        use->court->host, use->court->type, events);
}

enum status run_renew_worker(struct run *run)
{
    if (!run->has_read_pages)
        return STATUS_OK;
    worker_end(run->worker);
    run->worker = NULL;
    run->has_read_pages = false;
    return run_start_worker(run);
}

enum status run_call(struct run *run, const char *verb, const struct worker_field *fields,
                     struct record *result)
{
    arm_worker(run->use);
    return worker_call(run->worker, verb, fields, result);
}
