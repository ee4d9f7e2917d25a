/* SPDX-License-Identifier: MIT
 * csolink logout: signs off at PACER and forgets the token, whatever PACER says. It looks at the
 * tokens that are kept, so that it also ends those of accounts that the keyring has no more. */
#include <string.h>

#include "command/select.h"
#include "deadline.h"
#include "history/history.h"
#include "session/token.h"
#include "session/worker.h"

/* Another process that writes tokens is done in no time, unless it is stopped. */
enum { LOCK_SECONDS = 10 };

/* Which tokens; NULL: any. */
struct filter {
    const char *environment, *account;
};

static bool is_meant(const struct filter *filter, const struct token_key *key)
{
    return (!filter->environment || strcmp(filter->environment, key->environment) == 0) &&
           (!filter->account || strcmp(filter->account, key->account) == 0);
}

static enum status tell_pacer(const struct config *config, const struct token_key *key,
                              const struct secret *token)
{
    RECORD_AUTO struct record result = {0};
    WORKER_AUTO struct worker *worker = NULL;
    const struct worker_events silent = {0};
    const struct worker_field fields[] = {{"token", secret_string(token)}, {NULL, NULL}};
    deadline_worker(config, key->account, NULL);
    enum status status = worker_start(&worker, config, key->environment, NULL, NULL, NULL, silent);
    return status == STATUS_OK ? worker_call(worker, WORKER_VERB_LOGOUT, fields, &result) : status;
}

static void note(const struct token_key *key, enum status status)
{
    STATE_AUTO struct state *state = NULL;
    if (state_open(&state, key->environment, key->account) == STATUS_OK)
        history_add(state, HISTORY_SIGN_OFF, status);
}

/* First the token is gone here, for no tool may go on with it. */
static enum status sign_off(const struct config *config, const struct token_key *key)
{
    SECRET_AUTO struct secret token = {0};
    deadline_arm(LOCK_SECONDS, STATUS_BUSY, key->account, NULL, NULL);
    enum status status = token_take(key, &token);
    if (status == STATUS_ABSENT)
        return STATUS_OK; /* another logout was faster */
    if (status == STATUS_OK)
        status = tell_pacer(config, key, &token);
    note(key, status);
    if (status == STATUS_OK)
        g_print("%s: signed off\n", key->account);
    else
        report(status, key->account, NULL, "the token is forgotten, but PACER was not told");
    return status;
}

static enum status sign_off_all(const struct config *config, const struct filter *filter)
{
    g_autoptr(GPtrArray) keys = token_list();
    enum status worst = STATUS_OK;
    for (guint i = 0; i < keys->len; i++) {
        const struct token_key *key = g_ptr_array_index(keys, i);
        enum status status = is_meant(filter, key) ? sign_off(config, key) : STATUS_OK;
        if (worst == STATUS_OK)
            worst = status;
    }
    return worst;
}

int command_logout(struct invocation *invocation)
{
    const struct options *options = &invocation->options;
    SELECTION_AUTO struct selection selection = {0};
    struct filter filter = {invocation_environment(invocation), options->account};
    if (options->all && (options->account || options->purpose || options->environment))
        return report_usage("--all is for all accounts of all environments");
    if (options->all) {
        filter = (struct filter){0};
    } else if (!filter.account) {
        enum status status = select_from_roster(invocation, &selection)
                                 ? STATUS_OK
                                 : select_answering(invocation, &selection);
        if (status != STATUS_OK)
            return status_exit_code(status);
        filter.account = selection.account->login;
    }
    return status_exit_code(sign_off_all(&invocation->config, &filter));
}
