/* SPDX-License-Identifier: MIT
 * csolink filing add, list, remove: the logins that courts issued before NextGen. */
#include <string.h>
#include <unistd.h>

#include "command/secrets.h"
#include "command/select.h"
#include "court/filing.h"
#include "court/filing_advice.h"
#include "court/link_state.h"
#include "court/manual_court.h"
#include "court/questions.h"
#include "deadline.h"
#include "guard/guard.h"
#include "prompt/ask.h"

/* In a pipe, storing is the consent; on a terminal she says so. */
static enum status consent(const struct invocation *invocation, const struct account *account,
                           const struct court *court, const char *login)
{
    g_autofree char *consequences = question_consequences(account, court, login);
    g_autofree char *fact = g_strconcat("csolink: at the first use ", consequences, NULL);
    if (!isatty(STDIN_FILENO)) {
        g_printerr("%s\n", fact);
        return STATUS_OK;
    }
    g_autofree char *question = g_strconcat(fact, "\nStore it for that?", NULL);
    deadline_disarm();
    return ask_yes(&invocation->config, question);
}

/* The consent last: until it is on record, nothing may be typed into a court's form. */
static enum status note(const struct invocation *invocation, const struct selection *selection,
                        const struct court *court, const char *login, const char *group,
                        const char *fingerprint)
{
    enum status status = STATUS_OK;
    if (invocation->options.retry)
        status = guard_forget(selection->state, group, fingerprint);
    if (status == STATUS_OK)
        status = link_forget_outcomes(selection->state, court->id);
    return status == STATUS_OK ? link_consent(selection->state, court->id, login) : status;
}

/* The state first: a full disk then leaves the keyring as it was. */
static enum status store(struct invocation *invocation, const struct selection *selection,
                         const struct court *court, const char *login,
                         const struct secret *password, const char **why)
{
    const struct account *account = selection->account;
    SECRET_AUTO struct secret key = {0};
    g_autofree char *label = g_strdup_printf("Filing login %s at %s", login, court->id);
    g_autofree char *group = guard_group(GUARD_FILING, court->id);
    struct item_form form = {.kind = ITEM_KIND_FILING,
                             .environment = account->environment,
                             .account = account->login,
                             .court = court->id,
                             .filing_login = login};
    invocation_arm_keyring(invocation);
    enum status status = guard_key(invocation->keyring, &key);
    if (status != STATUS_OK)
        return status;
    g_autofree char *fingerprint = guard_fingerprint(&key, password);
    if (!invocation->options.retry)
        status = guard_verdict(selection->state, group, fingerprint);
    *why = "it was sent twice and never answered; nothing was stored; --retry lets it be sent once "
           "more";
    if (status != STATUS_OK)
        return status;
    status = note(invocation, selection, court, login, group, fingerprint);
    *why = STATE_CANNOT_BE_WRITTEN ", so nothing was stored";
    if (status != STATUS_OK)
        return status;
    status = item_store(invocation->keyring, &form, label, password);
    *why = "the consent is on record, but the filing login may not be stored; add it again";
    if (status == STATUS_OK) /* again: a run may have ended in between, with the old one */
        (void)link_forget_outcomes(selection->state, court->id);
    return status;
}

static void tell_refused(const struct account *account, const struct court *court,
                         const char *login)
{
    g_autofree char *advice = refused_filing_advice(login);
    report_with_advice(STATUS_REJECTED, account->login, court->id,
                       "nothing was stored; --retry lets the same one be sent once more", advice);
}

static enum status read_and_store(struct invocation *invocation, const struct selection *selection,
                                  const struct court *court, const char *login)
{
    SECRETS_AUTO struct secrets secrets = {0};
    g_autofree char *whom = g_strdup_printf("filing login %s at %s", login, court->id);
    const char *why = NULL;
    enum status status = secrets_read(invocation, whom, false, &secrets);
    if (status != STATUS_OK)
        return status;
    status = consent(invocation, selection->account, court, login);
    if (status == STATUS_OK)
        status = store(invocation, selection, court, login, &secrets.password, &why);
    if (status == STATUS_REJECTED)
        tell_refused(selection->account, court, login);
    else if (status == STATUS_CANCELLED) /* csolink link would not ask for this again */
        report(status, NULL, NULL, NULL);
    else if (status != STATUS_OK)
        report(status, selection->account->login, court->id, why);
    return status;
}

/* NULL, or why the login cannot be stored for the account at the court. */
static char *add_fault(struct invocation *invocation, const struct selection *selection,
                       const struct court *court, const char *login)
{
    char *why = NULL;
    if (strcmp(selection->account->purpose, "file") != 0)
        return g_strdup("a search account never links");
    if (account_new_login_fault(login))
        return g_strdup(account_new_login_fault(login));
    if (link_is_linked(selection->state, court->id))
        return g_strdup("the account is linked there already");
    enum status status =
        filing_conflict(invocation->keyring, selection->account, court->id, login, &why);
    return status == STATUS_OK || why ? why : g_strdup("the keyring cannot be searched");
}

int command_filing_add(struct invocation *invocation)
{
    const char *login = invocation->arguments[1];
    DIRECTORY_AUTO struct directory *directory = NULL;
    SELECTION_AUTO struct selection selection = {0};
    const struct court *court = NULL;
    enum status status = select_directory(&directory);
    if (status == STATUS_OK)
        status = select_court(directory, invocation->arguments[0], &court);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = select_filer(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (manual_court_is(court))
        return report(STATUS_MANUAL_COURT, selection.account->login, court->id, NULL);
    g_autofree char *fault = add_fault(invocation, &selection, court, login);
    if (fault)
        return report(STATUS_BAD_INPUT, selection.account->login, court->id, fault);
    return status_exit_code(read_and_store(invocation, &selection, court, login));
}

int command_filing_list(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    g_autoptr(GPtrArray) items = NULL;
    enum status status = select_list(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = filing_list(invocation->keyring, invocation_environment(invocation), &items);
    if (status != STATUS_OK)
        return report(status, NULL, NULL, NULL);
    for (guint i = 0; i < items->len; i++) {
        struct item_form form;
        item_form_read(g_ptr_array_index(items, i), &form);
        g_print("%-8s %-20s %s\n", form.court, form.account, form.filing_login);
    }
    return 0;
}

/* As it is stored, even if the directory does not know it any more; for g_free. */
static char *stored_court(const char *word)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    const struct court *court =
        select_directory(&directory) == STATUS_OK ? select_known_court(directory, word) : NULL;
    return court ? g_strdup(court->id) : g_ascii_strdown(word, -1);
}

int command_filing_remove(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    struct filing filing = {0};
    const char *why = NULL;
    const char *word = invocation->arguments[0];
    if (*word == '\0')
        return report(STATUS_BAD_INPUT, NULL, NULL, SELECT_COURT_EMPTY);
    g_autofree char *court = stored_court(word);
    enum status status = select_filer(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = filing_find(invocation->keyring, selection.account, court, &filing);
    filing_clear(&filing);
    if (status != STATUS_OK)
        return report(status, selection.account->login, court, NULL);
    /* The state first: a full disk then leaves all as it was, a crash no consent without a login. */
    status = link_withdraw_consent(selection.state, court);
    if (status == STATUS_OK) {
        status = filing_erase(invocation->keyring, selection.account, court);
        why = "the consent is withdrawn, but the filing login may still be stored; remove it again";
    } else {
        why = STATE_NOTHING_CHANGED;
    }
    return status == STATUS_OK ? 0 : report(status, selection.account->login, court, why);
}
