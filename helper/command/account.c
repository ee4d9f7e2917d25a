/* SPDX-License-Identifier: MIT
 * csolink account add, list, remove. */
#include <jansson.h>
#include <string.h>

#include "account/acknowledgement.h"
#include "account/roster.h"
#include "code/backup_codes.h"
#include "command/secrets.h"
#include "command/select.h"
#include "court/link_state.h"
#include "deadline.h"
#include "password/password.h"
#include "password/password_age.h"
#include "password/password_rules.h"
#include "session/token.h"

static const char *add_fault(const struct invocation *invocation, const char *login)
{
    const struct options *options = &invocation->options;
    if (!options->purpose)
        return "say --purpose=file (may be linked, signs) or --purpose=search (never links)";
    if (options->client_code && account_client_code_fault(options->client_code))
        return account_client_code_fault(options->client_code);
    if (secrets_date_fault(options))
        return secrets_date_fault(options);
    return account_new_login_fault(login);
}

static bool is_stored(const struct selection *selection, const char *login)
{
    for (guint i = 0; i < selection->accounts->len; i++) {
        const struct account *account = g_ptr_array_index(selection->accounts, i);
        if (strcmp(account->login, login) == 0)
            return true;
    }
    return false;
}

/* The state first, for an account without one can do nothing. The one-time-code secret before the
 * account: one that says "stored" has one. */
static enum status store(struct invocation *invocation, struct state *state,
                         const struct item_form *form, const struct secrets *secrets)
{
    struct item_form otp = {
        .kind = ITEM_KIND_OTP, .environment = form->environment, .account = form->account};
    g_autofree char *label = g_strdup_printf("PACER account %s", form->account);
    g_autofree char *otp_label = g_strdup_printf("PACER one-time codes of %s", form->account);
    const char *detail = NULL;
    invocation_arm_keyring(invocation);
    enum status status = keyring_state(invocation->keyring, &detail);
    if (status == STATUS_OK && (status = link_forget_outcomes(state, NULL)) != STATUS_OK)
        detail = STATE_NOTHING_CHANGED;
    if (status == STATUS_OK && secrets->otp_secret.size > 0)
        status = item_store(invocation->keyring, &otp, otp_label, &secrets->otp_secret);
    roster_drop(form->environment);
    if (status == STATUS_OK)
        status = item_store(invocation->keyring, form, label, &secrets->password);
    roster_drop(form->environment);
    if (status != STATUS_OK)
        report(status, form->account, NULL, detail);
    return status;
}

static void warn_if_refused(struct invocation *invocation, struct state *state,
                            const struct secret *password)
{
    char how[STATUS_MESSAGE_MAX];
    if (password_verdict(invocation->keyring, state, password) != STATUS_REJECTED)
        return;
    status_fill(how, sizeof how,
                "\"csolink account password --retry {account}\" lets it be sent once more",
                state->account, NULL);
    g_printerr("csolink: PACER refused this password before and it will not be sent; %s\n", how);
}

/* What PACER may hold against it: nothing of this keeps it from being stored. */
static void note_faults(const char *login, const struct secret *password)
{
    g_auto(GStrv) parts = password_rules_parts_of(login);
    const char *fault = password_rules_fault(password, parts), *note = account_login_note(login);
    if (fault)
        g_printerr("csolink: this password signs on, but PACER would not take it as a new one any "
                   "more: %s\n",
                   fault);
    if (note)
        g_printerr("csolink: %s: %s\n", login, note);
}

/* What a new filer still has to do or know. */
static void finish_add(struct invocation *invocation, struct state *state,
                       const struct item_form *form, const struct secrets *secrets)
{
    note_faults(form->account, &secrets->password);
    /* Without its date nobody is warned; that is no reason to refuse the account. */
    (void)password_note_date(invocation->keyring, state, &secrets->password,
                             invocation->options.password_set);
    warn_if_refused(invocation, state, &secrets->password);
    if (strcmp(form->otp, "stored") == 0)
        secrets_warn_of_stored_otp();
    if (strcmp(form->purpose, "file") != 0 || acknowledgement_given(state))
        return;
    deadline_disarm();
    if (acknowledgement_ask(&invocation->config, state, acknowledgement_text) != STATUS_OK)
        g_printerr("csolink: PACER's redaction rules are not acknowledged yet; the first sign-on "
                   "that finds you at a terminal or display will ask\n");
}

int command_account_add(struct invocation *invocation)
{
    const struct options *options = &invocation->options;
    const char *login = invocation->arguments[0];
    SECRETS_AUTO struct secrets secrets = {0};
    SELECTION_AUTO struct selection selection = {0};
    const char *fault = add_fault(invocation, login), *environment;
    if (fault)
        return report(STATUS_BAD_INPUT, login, NULL, fault);
    const char *otp = options->otp;
    if (!otp)
        otp = strcmp(options->purpose, "file") == 0 ? "ask" : "none";
    bool with_secret = strcmp(otp, "stored") == 0;
    enum status status = with_secret ? secrets_may_store_otp(invocation, login) : STATUS_OK;
    if (status == STATUS_OK)
        status = select_list(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (is_stored(&selection, login)) {
        char why[STATUS_MESSAGE_MAX];
        status_fill(why, sizeof why,
                    "it is stored already; \"csolink account password {account}\" changes its "
                    "password, and removing it first all else",
                    login, NULL);
        return report(STATUS_BAD_INPUT, login, NULL, why);
    }
    environment = invocation_environment(invocation);
    status = state_open(&selection.state, environment, login);
    if (status != STATUS_OK)
        return report(status, login, NULL,
                      status == STATUS_INTERNAL ? STATE_CANNOT_BE_READ : STATE_NOTHING_CHANGED);
    g_autofree char *whom = g_strdup_printf("PACER account %s", login);
    status = secrets_read(invocation, whom, with_secret, &secrets);
    if (status != STATUS_OK)
        return status_exit_code(status);
    struct item_form form = {.kind = ITEM_KIND_ACCOUNT,
                             .environment = environment,
                             .account = login,
                             .purpose = options->purpose,
                             .otp = otp,
                             .client_code = options->client_code};
    status = store(invocation, selection.state, &form, &secrets);
    if (status == STATUS_OK)
        finish_add(invocation, selection.state, &form, &secrets);
    return status_exit_code(status);
}

static json_t *row_of(struct keyring *keyring, const struct account *account)
{
    unsigned backup = 0;
    (void)backup_codes_count(keyring, account, &backup);
    return json_pack("{s:s, s:s, s:s, s:s, s:s?, s:i}", "account", account->login, "purpose",
                     account->purpose, "environment", account->environment, "otp", account->otp,
                     "client_code", account->client_code, "backup_codes", (int)backup);
}

static void print_row(struct keyring *keyring, const struct account *account)
{
    unsigned backup = 0;
    (void)backup_codes_count(keyring, account, &backup);
    g_print("%-20s %-8s %-12s otp=%-7s backup codes=%u%s%s\n", account->login, account->purpose,
            account->environment, account->otp, backup,
            account->client_code ? "  client code " : "",
            account->client_code ? account->client_code : "");
}

int command_account_list(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    enum status status = select_list(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    json_t *rows = json_array();
    for (guint i = 0; i < selection.accounts->len; i++) {
        const struct account *account = g_ptr_array_index(selection.accounts, i);
        if (invocation->options.json)
            json_array_append_new(rows, row_of(invocation->keyring, account));
        else
            print_row(invocation->keyring, account);
    }
    if (invocation->options.json) {
        char *dumped = json_dumps(rows, JSON_INDENT(2));
        g_print("%s\n", dumped ? dumped : "[]");
        free(dumped);
    }
    json_decref(rows);
    return 0;
}

/* Nobody is warned of the password of an account that is gone. */
static void forget_date(struct state *state)
{
    if (state_begin(state) != STATUS_OK)
        return;
    password_age_forget(state);
    (void)state_commit(state);
}

/* The state file stays: what was refused once is not sent again if the account comes back. It is
 * written first: a full disk then leaves all as it was, and a crash no consent without its login. */
int command_account_remove(struct invocation *invocation)
{
    static const char *const kinds[] = {ITEM_KIND_FILING, ITEM_KIND_PENDING, ITEM_KIND_OTP,
                                        ITEM_KIND_BACKUP, ITEM_KIND_ACCOUNT};
    SELECTION_AUTO struct selection selection = {0};
    enum status status = select_by_login(invocation, invocation->arguments[0], &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    const struct account *account = selection.account;
    struct token_key token = token_key_of(&invocation->config, account);
    status = link_withdraw_consent(selection.state, NULL);
    if (status != STATUS_OK)
        return report(status, account->login, NULL, STATE_NOTHING_CHANGED);
    roster_drop(account->environment);
    for (size_t i = 0; status == STATUS_OK && i < G_N_ELEMENTS(kinds); i++) {
        struct item_form form = account_form(account, kinds[i]);
        status = item_erase(invocation->keyring, &form);
    }
    roster_drop(account->environment);
    if (status != STATUS_OK)
        return report(status, account->login, NULL,
                      "it may have been removed in part; remove it again");
    token_drop(&token);
    forget_date(selection.state);
    return 0;
}
