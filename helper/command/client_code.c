/* SPDX-License-Identifier: MIT
 * csolink account client-code: what PACER bills an account's searches to. */
#include <unistd.h>

#include "account/roster.h"
#include "command/select.h"
#include "deadline.h"
#include "session/token.h"

/* Under the run lock: a run that began with the old code must not write its item or token after us.
 */
static enum status change(struct invocation *invocation, const struct selection *selection,
                          const char *code, const char **why)
{
    const struct account *account = selection->account;
    const struct token_key token = token_key_of(&invocation->config, account);
    int lock = -1, wait = invocation->config.worker_timeout;
    deadline_arm(wait + DEADLINE_GRACE_SECONDS, STATUS_BUSY, account->login, NULL, NULL);
    enum status status = state_lock_run(selection->state, wait * 1000, &lock);
    *why = status == STATUS_REFUSED_BY_POLICY ? STATE_NOTHING_CHANGED : NULL;
    if (status != STATUS_OK)
        return status;
    invocation_arm_keyring(invocation);
    roster_drop(account->environment);
    status = account_store_client_code(invocation->keyring, account, code);
    roster_drop(account->environment);
    if (status == STATUS_OK)
        token_drop(&token);
    close(lock);
    return status;
}

int command_account_client_code(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    const char *login = invocation->arguments[0], *code = invocation->arguments[1], *why = NULL;
    const char *fault = code ? account_client_code_fault(code) : NULL;
    if (fault)
        return report(STATUS_BAD_INPUT, login, NULL, fault);
    enum status status = select_by_login(invocation, login, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (g_strcmp0(code, selection.account->client_code) != 0)
        status = change(invocation, &selection, code, &why);
    return status == STATUS_OK ? 0 : report(status, login, NULL, why);
}
