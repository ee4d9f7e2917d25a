/* SPDX-License-Identifier: MIT
 * csolink get, store, erase: git's credential helper protocol, for courts and for other hosts.
 * What is printed is decided first and written once: git takes every line before it sees our exit
 * code. */
#include <string.h>
#include <unistd.h>

#include "command/request.h"
#include "command/select.h"
#include "court/first_use.h"
#include "credential/credential.h"
#include "password/password.h"
#include "password/password_age.h"

/* No more helpers, no prompt: the caller must not go on with another password. */
static int quit(void)
{
    RECORD_AUTO struct record answer = {0};
    record_add(&answer, "quit", "1");
    record_write(&answer, STDOUT_FILENO);
    return status_exit_code(STATUS_REJECTED);
}

static enum status choose(struct invocation *invocation, const struct request *request,
                          struct selection *selection)
{
    struct account_choice choice = request_choice(invocation, request);
    g_autofree char *names = NULL;
    enum status status = account_choose(selection->accounts, &choice, &selection->account, &names);
    if (status == STATUS_BAD_INPUT) {
        g_autofree char *detail = g_strdup_printf(
            "several accounts could answer; name one with --account or a username: %s", names);
        report(status, NULL, request->court ? request->court->id : NULL, detail);
    }
    return status == STATUS_OK ? select_client_code(invocation, selection->account) : status;
}

/* STATUS_OK: print the credential. Anything else has been said already. */
static enum status use_court(struct invocation *invocation, const struct request *request,
                             const struct selection *selection)
{
    struct progress progress = {.court = request->court->id};
    struct first_use use = {.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = selection->account,
                            .court = request->court,
                            .state = selection->state,
                            .progress = &progress,
                            .by = FIRST_USE_GET};
    progress_begin(&progress, false);
    enum status status = first_use(&use);
    progress_clear();
    if (status == STATUS_REJECTED && use.filing_refused)
        select_tell_refused_filing(invocation, use.account, use.court->id, use.detail);
    else if (status != STATUS_OK)
        report(status, use.account->login, use.court->id, use.detail);
    g_free(use.detail);
    return use.filing_refused ? STATUS_OK : status; /* viewing works without a link */
}

/* A person who sees this works with the password that ends. */
static void warn_of_age(const struct selection *selection)
{
    struct password_age age = password_age(selection->state);
    g_autofree char *warning = password_age_warning(&age, selection->account->login);
    if (warning && isatty(STDERR_FILENO))
        g_printerr("csolink: %s\n", warning);
}

/* run_status: how the first use ended, which has been said. */
static enum status print(struct invocation *invocation, const struct selection *selection,
                         enum status run_status)
{
    SECRET_AUTO struct secret password = {0};
    RECORD_AUTO struct record answer = {0};
    const struct account *account = selection->account;
    invocation_arm_keyring(invocation);
    enum status status =
        password_to_print(invocation->keyring, account, selection->state, &password);
    if (status == STATUS_OK)
        status = record_add(&answer, "username", account->login);
    if (status == STATUS_OK)
        status = record_add(&answer, "password", secret_string(&password));
    if (status == STATUS_OK)
        status = record_write(&answer, STDOUT_FILENO);
    if (status == STATUS_OK)
        warn_of_age(selection);
    else if (status != run_status)
        report(status, account->login, NULL, NULL);
    return status;
}

static enum status answer(struct invocation *invocation, const struct request *request,
                          struct selection *selection)
{
    const struct account *account = selection->account;
    enum status status = state_open(&selection->state, account->environment, account->login);
    if (status != STATUS_OK) {
        report(status, account->login, NULL, state_fault(status));
        return status;
    }
    if (request->court && strcmp(account->purpose, "file") == 0)
        status = use_court(invocation, request, selection);
    if (status == STATUS_REFUSED_BY_POLICY)
        return status;
    /* What PACER refused may have been a new password: the one that works is still handed out. */
    return print(invocation, selection, status);
}

static int get_ours(struct invocation *invocation, const struct request *request)
{
    SELECTION_AUTO struct selection selection = {0};
    const struct environment *environment = request_environment(invocation, request);
    if (!request_is_safe(request)) {
        report(STATUS_REFUSED_BY_POLICY, NULL, request->court ? request->court->id : NULL,
               "courts and PACER get credentials over https without a port only");
        return quit();
    }
    if (request->court && !environment->has_courts)
        return 0;
    invocation_name_environment(invocation, environment->name);
    enum status status = select_list(invocation, &selection);
    if (status == STATUS_OK)
        status = choose(invocation, request, &selection);
    if (status == STATUS_ABSENT)
        return 0;
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = answer(invocation, request, &selection);
    if (status == STATUS_REJECTED || status == STATUS_REFUSED_BY_POLICY)
        return quit();
    return status_exit_code(status);
}

/* The keyring's answer for a host that is no court. */
static int report_other(struct invocation *invocation, enum status status, const char *names)
{
    const char *detail = names;
    if (status == STATUS_NO_KEYRING)
        keyring_state(invocation->keyring, &detail);
    return status == STATUS_OK ? 0 : report(status, NULL, NULL, detail);
}

static int get_other(struct invocation *invocation, const struct request *request)
{
    RECORD_AUTO struct record answer = {0};
    g_autofree char *names = NULL;
    enum status status = invocation_open_keyring(invocation);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = credential_get(invocation->keyring, &request->record, &answer, &names);
    if (status == STATUS_ABSENT)
        return 0;
    if (status == STATUS_OK)
        status = record_write(&answer, STDOUT_FILENO);
    return report_other(invocation, status, names);
}

int command_get(struct invocation *invocation)
{
    REQUEST_AUTO struct request request = {0};
    enum status status = request_read(invocation, &request);
    if (status != STATUS_OK)
        return status_exit_code(status);
    return request_is_ours(&request) ? get_ours(invocation, &request)
                                     : get_other(invocation, &request);
}

/* store and erase change nothing at a court: git erases after any refusal, and one script must not
 * cost a lawyer her account. Only csolink account does. */
static int change(struct invocation *invocation,
                  enum status (*other)(struct keyring *, const struct record *))
{
    REQUEST_AUTO struct request request = {0};
    enum status status = request_read(invocation, &request);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (request_is_ours(&request))
        return 0;
    status = invocation_open_keyring(invocation);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = other(invocation->keyring, &request.record);
    return report_other(invocation, status, NULL);
}

int command_store(struct invocation *invocation)
{
    return change(invocation, credential_store);
}

int command_erase(struct invocation *invocation)
{
    return change(invocation, credential_erase);
}
