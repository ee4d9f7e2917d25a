/* SPDX-License-Identifier: MIT
 * Does a scenario's steps one after the other, and judges after each what was returned, said,
 * logged, started, and put into the environment. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "scenario.h"

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* In an observed stack each call has a transaction of its own: libpam would else judge setcred by
 * what authenticate returned. PAM_IGNORE is what led behind the module, in both phases of
 * pam_chauthtok(3). */
static int observed_code(const struct host *host, int result)
{
    unsigned phases = host->step->action->entry == pam_chauthtok ? 2 : 1;
    return result == PAM_AUTHINFO_UNAVAIL && host->passed == phases ? PAM_IGNORE : result;
}

static void call(struct host *host)
{
    const struct step *step = host->step;
    host_start(host);
    long long begun = now_ms();
    host->status = step->action->entry(host->pamh, step->flags);
    long long took = now_ms() - begun;
    int result = host->scenario->observed ? observed_code(host, host->status) : host->status;
    const char *name = word_of(code_words, result);
    if (result != step->code)
        differ(step->line, "returned %s (%d)", name ? name : "another code", result);
    if (step->most > 0 && (took < step->least * 1000LL || took > step->most * 1000LL))
        differ(step->line, "took %lld ms", took);
}

static const struct expected *find(const struct expectations *list, const char *text)
{
    for (size_t i = 0; i < list->count; i++) {
        if (strcmp(list->item[i].text, text) == 0)
            return &list->item[i];
    }
    return NULL;
}

/* The environment is what all steps up to here said, and nothing else. */
static void check_environment(struct host *host)
{
    const struct step *step = host->step;
    struct expectations *all = &host->environment;
    char **variables = host->pamh ? pam_getenvlist(host->pamh) : NULL;
    size_t count = 0;
    for (size_t i = 0; i < step->environment.count && all->count < EXPECTED_MAX; i++)
        all->item[all->count++] = step->environment.item[i];
    for (; variables && variables[count]; count++) {
        if (!find(all, variables[count]))
            differ(step->line, "the environment has %s", variables[count]);
        free(variables[count]);
    }
    free(variables);
    if (host->pamh && count != all->count)
        differ(step->line, "the environment lacks some of its %zu variables", all->count);
}

/* The helper's own background work may have been left to this process; nothing else may. */
static void check_children(const struct step *step)
{
    if (waitpid(-1, NULL, WNOHANG) != -1 || errno != ECHILD)
        differ(step->line, "a child was left");
}

/* What libpam calls the service in the log; a host may have set another one. */
static const char *service_of(const struct host *host)
{
    const void *service = NULL;
    if (host->pamh)
        pam_get_item(host->pamh, PAM_SERVICE, &service);
    return service ? service : host->scenario->service;
}

static void judge(struct host *host)
{
    const struct step *step = host->step;
    conversation_check(host);
    system_log_check(step, service_of(host));
    requests_check(step);
    check_environment(host);
    check_children(step);
}

static void end(struct host *host)
{
    if (host->pamh)
        pam_end(host->pamh, host->status);
    host->pamh = NULL;
}

static void play(struct host *host, const struct step *step)
{
    host->step = step;
    host->messages = 0;
    host->passed = 0;
    if (step->action->entry)
        call(host);
    else
        step->action->act(host, step);
    judge(host);
    if (host->scenario->observed && step->action->entry)
        end(host);
}

/* As sshd does: what happens in the child is not seen by the transaction of the parent. */
static void play_forked(struct host *host, const struct step *step)
{
    int status = 0;
    host->step = step;
    host_start(host);
    pid_t child = fork();
    if (child == 0) {
        play(host, step);
        _exit(0);
    }
    if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
        exit(1);
}

void scenario_play(const struct scenario *scenario)
{
    struct host host = {.scenario = scenario};
    for (size_t i = 0; i < scenario->steps; i++)
        (scenario->step[i].forked ? play_forked : play)(&host, &scenario->step[i]);
    end(&host);
    limits_lift();
}
