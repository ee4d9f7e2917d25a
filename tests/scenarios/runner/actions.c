/* SPDX-License-Identifier: MIT
 * What a host can do in a transaction: libpam's six calls, and acts of its own between them. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "scenario.h"

/* A wrong password costs nobody two seconds here. */
static void no_delay(int status, unsigned microseconds, void *data)
{
    (void)status;
    (void)microseconds;
    (void)data;
}

void host_start(struct host *host)
{
    const struct scenario *scenario = host->scenario;
    const struct pam_conv conversation = {converse, host};
    if (host->pamh)
        return;
    host->environment.count = 0;
    host->status =
        pam_start_confdir(scenario->service, scenario->user, &conversation, SERVICES, &host->pamh);
    if (host->status != PAM_SUCCESS)
        differ(host->step->line, "no transaction: %s", pam_strerror(NULL, host->status));
    union {
        void (*function)(int, unsigned, void *);
        const void *item;
    } delay = {no_delay};
    pam_set_item(host->pamh, PAM_FAIL_DELAY, delay.item);
}

static void end(struct host *host, const struct step *step)
{
    bool silent = step->item && strcmp(step->item, "silent") == 0;
    pam_handle_t *pamh = host->pamh;
    host->pamh = NULL;
    if (pamh && pam_end(pamh, host->status | (silent ? PAM_DATA_SILENT : 0)) != PAM_SUCCESS)
        differ(step->line, "the transaction cannot be ended");
}

/* sudo names another user between authentication and session; a display manager brings variables.
 */
static void set(struct host *host, const struct step *step)
{
    const struct word *item = step->item ? word_find(item_words, step->item) : NULL;
    int result = PAM_BAD_ITEM;
    host_start(host);
    if (item)
        result = pam_set_item(host->pamh, item->value, step->value);
    else if (step->item && strcmp(step->item, "env") == 0)
        result = pam_putenv(host->pamh, step->value);
    if (result != PAM_SUCCESS)
        differ(step->line, "it cannot be set");
}

static rlim_t used_memory(void)
{
    unsigned long pages = 0;
    FILE *statistics = fopen("/proc/self/statm", "re");
    if (!statistics || fscanf(statistics, "%lu", &pages) != 1)
        pages = 0;
    if (statistics)
        fclose(statistics);
    return pages * (rlim_t)sysconf(_SC_PAGESIZE);
}

static rlim_t used_files(void)
{
    int lowest = open("/", O_PATH | O_CLOEXEC);
    close(lowest);
    return (rlim_t)lowest;
}

/* From here on the host gets no more of it than it uses, and what the scenario spares it. */
static void limit(struct host *host, const struct step *step)
{
    const struct word *kind = step->item ? word_find(limit_words, step->item) : NULL;
    struct rlimit most;
    host_start(host);
    if (!kind || getrlimit((__rlimit_resource_t)kind->value, &most) != 0)
        differ(step->line, "no such limit");
#ifdef __SANITIZE_ADDRESS__
    if (kind->value == RLIMIT_AS)
        leave_out(step->line, "AddressSanitizer cannot live with a limit of memory");
#endif
    most.rlim_cur = 0;
    if (kind->value == RLIMIT_AS)
        most.rlim_cur = used_memory();
    else if (kind->value == RLIMIT_NOFILE)
        most.rlim_cur = used_files();
    most.rlim_cur += strtoul(step->value, NULL, 10);
    if (setrlimit((__rlimit_resource_t)kind->value, &most) != 0)
        differ(step->line, "the limit cannot be set: %m");
}

void limits_lift(void)
{
    for (const struct word *kind = limit_words; kind->name; kind++) {
        struct rlimit most;
        getrlimit((__rlimit_resource_t)kind->value, &most);
        most.rlim_cur = most.rlim_max;
        setrlimit((__rlimit_resource_t)kind->value, &most);
    }
}

static const struct action actions[] = {
    {"authenticate", pam_authenticate, "auth", NULL},
    {"setcred", pam_setcred, "setcred", NULL},
    {"acct_mgmt", pam_acct_mgmt, "account", NULL},
    {"open_session", pam_open_session, "session", NULL},
    {"close_session", pam_close_session, "session", NULL},
    {"chauthtok", pam_chauthtok, "chauthtok", NULL},
    {"set", NULL, NULL, set},
    {"limit", NULL, NULL, limit},
    {"end", NULL, NULL, end},
};

const struct action *action_find(const char *name)
{
    for (size_t i = 0; i < sizeof actions / sizeof actions[0]; i++) {
        if (strcmp(actions[i].name, name) == 0)
            return &actions[i];
    }
    return NULL;
}
