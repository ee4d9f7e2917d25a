/* SPDX-License-Identifier: MIT
 * csolink get, store, erase: git's credential helper protocol, for courts and for other hosts.
 * What is printed is decided first and written once: git takes every line before it sees our exit
 * code. */
#include <string.h>
#include <unistd.h>

#include "account/environment.h"
#include "account/password.h"
#include "account/password_age.h"
#include "command/select.h"
#include "court/first_use.h"
#include "credential/credential.h"
#include "deadline.h"

/* A request and where it leads. court and sign_on are NULL for any other host. */
struct request {
    struct record record;
    char *host;
    unsigned port;
    struct directory *directory;
    const struct court *court;
    const struct environment *sign_on;
};

static void request_clear(struct request *request)
{
    record_clear(&request->record);
    g_free(request->host);
    g_clear_pointer(&request->directory, directory_free);
}
#define REQUEST_AUTO __attribute__((cleanup(request_clear)))

static enum status read_request(const struct invocation *invocation, struct request *request)
{
    const char *why = NULL;
    deadline_arm(invocation->config.person_timeout, STATUS_BAD_INPUT, NULL, NULL,
                 "no request came on standard input");
    enum status status = record_read(&request->record, STDIN_FILENO, &why);
    if (status == STATUS_OK)
        status = credential_check(&request->record, &why);
    if (status != STATUS_OK) {
        report(status, NULL, NULL, why);
        return status;
    }
    /* It was checked: what cannot be split is the empty host of a client certificate. */
    if (!credential_split_host(record_get(&request->record, "host"), &request->host,
                               &request->port))
        request->host = g_strdup("");
    return STATUS_OK;
}

static enum status locate(const struct invocation *invocation, struct request *request)
{
    if (!g_str_has_suffix(request->host, ".uscourts.gov"))
        return STATUS_OK;
    request->sign_on = environment_by_host(request->host, invocation_environment(invocation));
    if (request->sign_on)
        return STATUS_OK;
    enum status status = select_directory(&request->directory);
    if (status == STATUS_OK)
        request->court = directory_by_host(request->directory, request->host);
    return status;
}

static enum status take_request(const struct invocation *invocation, struct request *request)
{
    enum status status = read_request(invocation, request);
    return status == STATUS_OK ? locate(invocation, request) : status;
}

static bool is_ours(const struct request *request)
{
    return request->court || request->sign_on;
}

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
    const char *asked = record_get(&request->record, "username"),
               *option = invocation->options.account;
    struct account_choice choice = {.named = asked ? asked : option,
                                    .purpose = invocation->options.purpose,
                                    .unmarked_purpose = invocation->config.unmarked_purpose,
                                    .preferred = g_getenv("CSOLINK_ACCOUNT"),
                                    .configured = invocation->config.account};
    g_autofree char *names = NULL;
    if (asked && option && strcmp(asked, option) != 0)
        return STATUS_ABSENT;
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
    if (status == STATUS_REJECTED && use.filing_refused)
        report_filing_refused(use.account->login, use.court->id, use.detail);
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
        report(status, account->login, NULL, STATE_CANNOT_BE_WRITTEN);
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
    const struct environment *environment =
        request->sign_on ? request->sign_on
                         : environment_by_name(invocation_environment(invocation));
    if (strcmp(record_get(&request->record, "protocol"), "https") != 0 || request->port != 0) {
        report(STATUS_REFUSED_BY_POLICY, NULL, request->court ? request->court->id : NULL,
               "courts and PACER get credentials over https without a port only");
        return quit();
    }
    if (request->court && !environment->has_courts)
        return 0;
    invocation->options.environment = environment->name;
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
    enum status status = take_request(invocation, &request);
    if (status != STATUS_OK)
        return status_exit_code(status);
    return is_ours(&request) ? get_ours(invocation, &request) : get_other(invocation, &request);
}

/* store and erase change nothing at a court: git erases after any refusal, and one script must not
 * cost a lawyer her account. Only csolink account does. */
static int change(struct invocation *invocation,
                  enum status (*other)(struct keyring *, const struct record *))
{
    REQUEST_AUTO struct request request = {0};
    enum status status = take_request(invocation, &request);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (is_ours(&request))
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
