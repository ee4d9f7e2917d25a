/* SPDX-License-Identifier: MIT
 * csolink account password: a new password, typed, piped or proposed, and PACER's word on it. */
#include "password/password.h"

#include <string.h>
#include <unistd.h>

#include "command/secrets.h"
#include "command/select.h"
#include "court/link_state.h"
#include "deadline.h"
#include "password/password_rules.h"
#include "prompt/ask.h"
#include "session/fresh_token.h"

/* To find PACER's page, sign on there and change the password. */
enum { CHANGE_SECONDS = 15 * 60 };

#define UNANSWERED "it was sent twice and never answered; --retry lets it be sent once more"

static enum status retry(struct invocation *invocation, const struct selection *selection,
                         const char **why)
{
    invocation_arm_keyring(invocation);
    enum status status = password_retry(invocation->keyring, selection->account, selection->state);
    if (status == STATUS_OK)
        status = link_forget_outcomes(selection->state, NULL);
    if (status == STATUS_REFUSED_BY_POLICY)
        *why = STATE_CANNOT_BE_WRITTEN;
    return status;
}

/* *why is set where the status alone does not tell. */
static enum status store_password(struct invocation *invocation, const struct selection *selection,
                                  const struct secret *password, const char **why)
{
    const struct account *account = selection->account;
    invocation_arm_keyring(invocation);
    enum status verdict = password_verdict(invocation->keyring, selection->state, password);
    enum status status = password_store_new(invocation->keyring, account, selection->state,
                                            password, invocation->options.password_set);
    if (status == STATUS_OK)
        status = link_forget_outcomes(selection->state, NULL);
    if (status == STATUS_REFUSED_BY_POLICY)
        *why = verdict == STATUS_REFUSED_BY_POLICY ? UNANSWERED : STATE_CANNOT_BE_WRITTEN;
    if (status == STATUS_REJECTED)
        *why = password_equal(password, &account->item->value)
                   ? "it is the stored one"
                   : "it is kept beside the stored one, unsent";
    return status;
}

/* Is a new one stored beside the current one? Then PACER is asked about that. */
static bool is_about_new(struct invocation *invocation, const struct account *account)
{
    struct item *item = NULL;
    struct item_form pending = account_form(account, ITEM_KIND_PENDING);
    bool found = item_find(invocation->keyring, &pending, &item) == STATUS_OK;
    g_clear_pointer(&item, item_free);
    return found;
}

/* Nothing may keep a person from storing what PACER really has; but each wrong one costs a refused
 * sign-on, so what she typed is asked about, and what a script says is noted. */
static enum status check_rules(const struct invocation *invocation, const char *login,
                               const struct secret *password)
{
    g_auto(GStrv) parts = password_rules_parts_of(login);
    const char *fault = password_rules_fault(password, parts);
    if (!fault)
        return STATUS_OK;
    g_autofree char *sentence =
        g_strdup_printf("PACER takes no new password like this one since August 2025: %s", fault);
    if (!isatty(STDIN_FILENO)) {
        g_printerr("csolink: %s\n", sentence);
        return STATUS_OK;
    }
    g_autofree char *question =
        g_strdup_printf("%s. Does PACER have it, and shall it be stored?", sentence);
    deadline_person(&invocation->config, 1, login, NULL);
    return ask_yes(&invocation->config, question);
}

static enum status read_typed(const struct invocation *invocation, const char *login,
                              struct secrets *secrets)
{
    g_autofree char *whom = g_strdup_printf("PACER account %s", login);
    enum status status = secrets_read(invocation, whom, false, secrets);
    if (status != STATUS_OK)
        return status;
    status = check_rules(invocation, login, &secrets->password);
    if (status != STATUS_OK)
        report(status, login, NULL, "nothing was stored");
    return status;
}

/* The proposal is on her terminal and in our memory, and nowhere else until she says yes. */
static enum status propose(const struct invocation *invocation, const char *login,
                           struct secret *password)
{
    struct config patient = invocation->config;
    g_auto(GStrv) parts = password_rules_parts_of(login);
    g_autofree char *title = g_strdup_printf("A new password for PACER account %s", login);
    enum status status = password_generate(parts, password);
    patient.person_timeout = CHANGE_SECONDS;
    deadline_arm(CHANGE_SECONDS + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, login, NULL,
                 "nobody answered; nothing was stored");
    if (status == STATUS_OK)
        status = ask_show_secret(title, password);
    if (status == STATUS_OK)
        status = ask_yes(
            &patient,
            "Change it at PACER now (Manage My Account, Change Password). It is stored when you "
            "say yes.\nHas PACER taken it?");
    if (status != STATUS_OK)
        report(status, login, NULL, "nothing was stored");
    return status;
}

/* A court's get asks too, but only a filer's. */
static void report_unasked(const char *login, bool is_new, const char *why)
{
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink login{as}\" asks", login, NULL);
    g_printerr("csolink: the %s password of %s %s, and PACER was not asked now: %s; %s\n",
               is_new ? "new" : "stored", login,
               is_new ? "is kept beside the current one until PACER accepts it"
                      : "may be sent once more",
               why, how);
}

/* PACER's word on a new password, or after --retry on the stored ones (then password is empty),
 * now, while the person is here. Only a refusal is a failure: what could not be asked is asked at
 * the next use. */
static int prove_password(struct invocation *invocation, const struct selection *selection,
                          const struct secret *password)
{
    struct progress progress = {0};
    bool is_new = is_about_new(invocation, selection->account);
    struct sign_on run = select_sign_on(invocation, selection, &progress);
    progress_begin(&progress, invocation->options.progress);
    enum status status = fresh_token(&run);
    progress_clear();
    /* Another run may have sent it before us, and ours then the current one. */
    if (status == STATUS_OK)
        status = password_verdict(invocation->keyring, selection->state, password);
    const char *login = selection->account->login;
    int code = 0;
    if (status == STATUS_OK)
        g_print("%s: PACER accepted the %s password\n", login, is_new ? "new" : "stored");
    else if (status == STATUS_REJECTED)
        code = report(status, login, NULL, run.detail);
    else
        report_unasked(login, is_new, run.limited_until ? run.detail : status_what(status));
    g_free(run.detail);
    return code;
}

static enum status obtain(const struct invocation *invocation, const char *login,
                          struct secrets *secrets)
{
    return invocation->options.generate ? propose(invocation, login, &secrets->password)
                                        : read_typed(invocation, login, secrets);
}

static const char *options_fault(const struct options *options)
{
    if (options->generate + options->retry + (options->password_set != NULL) > 1)
        return "--generate, --password-set and --retry exclude each other";
    return NULL;
}

int command_account_password(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    SECRETS_AUTO struct secrets secrets = {0};
    const struct options *options = &invocation->options;
    const char *login = invocation->arguments[0], *detail = NULL;
    if (options_fault(options))
        return report_usage(options_fault(options));
    if (secrets_date_fault(options))
        return report(STATUS_BAD_INPUT, login, NULL, secrets_date_fault(options));
    enum status status = select_by_login(invocation, login, &selection);
    if (status == STATUS_OK && !options->retry)
        status = obtain(invocation, login, &secrets);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (options->retry) {
        status = retry(invocation, &selection, &detail);
    } else {
        status = store_password(invocation, &selection, &secrets.password, &detail);
    }
    if (status != STATUS_OK)
        return report(status, login, NULL, detail);
    return password_is_pending(selection.state)
               ? prove_password(invocation, &selection, &secrets.password)
               : 0;
}
