/* SPDX-License-Identifier: MIT
 * Selecting accounts and courts for commands; every failure speaks here, once. */
#include "command/select.h"

#include <string.h>

#include "account/roster.h"
#include "court/filing.h"
#include "court/filing_advice.h"
#include "prompt/terminal.h"

void selection_clear(struct selection *selection)
{
    g_clear_pointer(&selection->accounts, g_ptr_array_unref);
    g_clear_pointer(&selection->state, state_close);
    selection->account = NULL;
}

enum status select_list(struct invocation *invocation, struct selection *selection)
{
    const char *environment = invocation_environment(invocation);
    enum status status = STATUS_OK;
    if (!invocation->keyring)
        status = invocation_open_keyring(invocation);
    if (status != STATUS_OK)
        return status;
    invocation_arm_keyring(invocation);
    const char *detail = NULL;
    status = account_list(invocation->keyring, environment, &selection->accounts);
    if (status == STATUS_NO_KEYRING)
        keyring_state(invocation->keyring, &detail);
    if (status != STATUS_OK)
        report(status, NULL, NULL, detail);
    return status;
}

static enum status open_state(struct selection *selection)
{
    const struct account *account = selection->account;
    enum status status = state_open(&selection->state, account->environment, account->login);
    if (status != STATUS_OK)
        report(status, account->login, NULL, state_fault(status));
    return status;
}

/* Was a search account named where a filer is wanted? */
static bool is_search_account(const struct selection *selection,
                              const struct account_choice *choice)
{
    if (!choice->named || g_strcmp0(choice->purpose, "file") != 0)
        return false;
    for (guint i = 0; i < selection->accounts->len; i++) {
        const struct account *account = g_ptr_array_index(selection->accounts, i);
        if (strcmp(account->login, choice->named) == 0 && strcmp(account->purpose, "search") == 0)
            return true;
    }
    return false;
}

static enum status choose(const struct account_choice *choice, struct selection *selection)
{
    g_autofree char *names = NULL;
    enum status status = account_choose(selection->accounts, choice, &selection->account, &names);
    if (status == STATUS_BAD_INPUT) {
        g_autofree char *detail = g_strdup_printf("name one of them with --account: %s", names);
        report(status, NULL, NULL, detail);
    } else if (status == STATUS_ABSENT && is_search_account(selection, choice)) {
        report(status, choice->named, NULL,
               "there is no file account of that login; a search account never links");
    } else if (status == STATUS_ABSENT && selection->accounts->len == 0) {
        char detail[STATUS_MESSAGE_MAX];
        g_autofree char *how = g_strdup_printf(
            "there is no account in this environment, which \"csolink account add --purpose=%s "
            "{account}\" changes",
            choice->purpose ? choice->purpose : "file");
        status_fill(detail, sizeof detail, how, choice->named, NULL);
        report(status, choice->named, NULL, detail);
    } else if (status == STATUS_ABSENT && choice->purpose) {
        g_autofree char *detail =
            g_strdup_printf("there is no %s account %s", choice->purpose,
                            choice->named ? "of that login" : "in this environment");
        report(status, choice->named, NULL, detail);
    } else if (status != STATUS_OK) {
        report(status, choice->named, NULL,
               choice->named ? NULL : "there is no account in this environment");
    }
    return status == STATUS_OK ? open_state(selection) : status;
}

enum status select_by_login(struct invocation *invocation, const char *login,
                            struct selection *selection)
{
    struct account_choice choice = {.named = login};
    enum status status = select_list(invocation, selection);
    return status == STATUS_OK ? choose(&choice, selection) : status;
}

enum status select_filer(struct invocation *invocation, struct selection *selection)
{
    struct account_choice choice = {.named = invocation->options.account,
                                    .purpose = "file",
                                    .preferred = g_getenv("CSOLINK_ACCOUNT"),
                                    .configured = invocation->config.account};
    enum status status = select_list(invocation, selection);
    if (status == STATUS_OK)
        status = choose(&choice, selection);
    return status == STATUS_OK ? select_client_code(invocation, selection->account) : status;
}

static const char *client_code(const struct invocation *invocation)
{
    const char *code = invocation->options.client_code;
    return code ? code : g_getenv("CSOLINK_CLIENT_CODE");
}

enum status select_client_code(const struct invocation *invocation, struct account *account)
{
    const char *fault = account_with_client_code(account, client_code(invocation));
    if (!fault)
        return STATUS_OK;
    report(STATUS_BAD_INPUT, account->login, NULL, fault);
    return STATUS_BAD_INPUT;
}

static struct account_choice answering(const struct invocation *invocation)
{
    return (struct account_choice){.named = invocation->options.account,
                                   .purpose = invocation->options.purpose,
                                   .unmarked_purpose = invocation->config.unmarked_purpose,
                                   .preferred = g_getenv("CSOLINK_ACCOUNT"),
                                   .configured = invocation->config.account};
}

enum status select_answering(struct invocation *invocation, struct selection *selection)
{
    struct account_choice choice = answering(invocation);
    enum status status = select_list(invocation, selection);
    if (status == STATUS_OK)
        status = choose(&choice, selection);
    return status == STATUS_OK ? select_client_code(invocation, selection->account) : status;
}

bool select_from_roster(const struct invocation *invocation, struct selection *selection)
{
    struct account_choice choice = answering(invocation);
    g_autofree char *names = NULL;
    selection->accounts = roster_read(invocation_environment(invocation));
    if (selection->accounts &&
        account_choose(selection->accounts, &choice, &selection->account, &names) == STATUS_OK &&
        !account_with_client_code(selection->account, client_code(invocation)))
        return true;
    g_clear_pointer(&selection->accounts, g_ptr_array_unref);
    return false;
}

enum status select_directory_quietly(struct directory **directory)
{
    g_autofree char *why = NULL;
    enum status status = directory_load(directory, NULL, NULL, &why);
    if (status != STATUS_OK)
        report(status, NULL, NULL, why);
    return status;
}

struct sign_on select_sign_on(const struct invocation *invocation,
                              const struct selection *selection, const struct progress *progress)
{
    return (struct sign_on){.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = selection->account,
                            .state = selection->state,
                            .progress = progress,
                            .backup_code = invocation->options.backup_code};
}

void select_tell_faults(const struct directory *directory)
{
    for (const char *const *fault = directory_faults(directory); *fault; fault++) {
        g_autofree char *safe = terminal_escape(*fault);
        g_printerr("csolink: %s\n", safe);
    }
}

enum status select_directory(struct directory **directory)
{
    enum status status = select_directory_quietly(directory);
    if (status == STATUS_OK)
        select_tell_faults(*directory);
    return status;
}

void select_tell_refused_filing(struct invocation *invocation, const struct account *account,
                                const char *court, const char *detail)
{
    invocation_arm_keyring(invocation);
    g_autofree char *login = filing_stored_login(invocation->keyring, account, court);
    g_autofree char *advice = refused_filing_advice(login);
    report_with_advice(STATUS_REJECTED, account->login, court, detail, advice);
}

const struct court *select_known_court(const struct directory *directory, const char *word)
{
    g_autofree char *name = g_ascii_strdown(word, -1);
    const struct court *court = directory_by_id(directory, name);
    return court ? court : directory_by_host(directory, name);
}

enum status select_court(const struct directory *directory, const char *word,
                         const struct court **court)
{
    *court = select_known_court(directory, word);
    if (*court)
        return STATUS_OK;
    report_with_advice(STATUS_BAD_INPUT, NULL, *word ? word : NULL,
                       *word ? "the court directory has no such court" : SELECT_COURT_EMPTY,
                       "\"csolink courts\" lists them; they are named by PACER's id, such as alnd, "
                       "or by host, such as ecf.alnd.uscourts.gov");
    return STATUS_BAD_INPUT;
}
