/* SPDX-License-Identifier: MIT
 * csolink status: what is known of accounts and courts, from the keyring and the state files. With
 * a locked keyring the state files still speak. */
#include <glib.h>
#include <jansson.h>
#include <string.h>

#include "code/backup_codes.h"
#include "command/court_rows.h"
#include "command/select.h"
#include "password/password_age.h"
#include "prompt/terminal.h"
#include "session/sign_on.h"
#include "session/warning.h"

static char *date(gint64 seconds)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(seconds);
    return time ? g_date_time_format_iso8601(time) : g_strdup("");
}

static void add_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, text ? json_string(text) : json_null());
}

static void add_password(json_t *row, struct state *state)
{
    struct password_age age = password_age(state);
    bool known = age.verdict != PASSWORD_AGE_UNKNOWN;
    g_autofree char *warning = password_age_warning(&age, state->account);
    add_text(row, "password_set_on", known ? age.set_on : NULL);
    json_object_set_new(row, "password_days_left",
                        known ? json_integer(age.days_left) : json_null());
    add_text(row, "password_warning", warning);
}

/* null: PACER had nothing to say at the last sign-on that succeeded. */
static json_t *warning_of(struct state *state)
{
    WARNING_AUTO struct warning warning = {0};
    warning_read(state, &warning);
    if (!warning.text)
        return json_null();
    json_t *row = json_object();
    g_autofree char *at = date(warning.at);
    add_text(row, "text", warning.text);
    add_text(row, "at", at);
    return row;
}

/* null: none yet. */
static json_t *last_sign_on_of(struct state *state)
{
    struct sign_on_outcome last = sign_on_last(state);
    if (last.run == 0)
        return json_null();
    json_t *row = json_object();
    g_autofree char *at = date(last.at);
    add_text(row, "status", status_name(last.status));
    add_text(row, "at", at);
    return row;
}

/* null where the keyring does not say. */
static json_t *backup_codes_of(struct keyring *keyring, const struct account *account)
{
    unsigned count = 0;
    bool known = account && backup_codes_count(keyring, account, &count) == STATUS_OK;
    return known ? json_integer(count) : json_null();
}

static json_t *account_of(struct keyring *keyring, const char *environment, const char *login,
                          const struct account *account, const struct directory *directory)
{
    json_t *row = json_object();
    STATE_AUTO struct state *state = NULL;
    add_text(row, "account", login);
    add_text(row, "purpose", account ? account->purpose : NULL);
    add_text(row, "otp", account ? account->otp : NULL);
    json_object_set_new(row, "backup_codes", backup_codes_of(keyring, account));
    add_text(row, "login_note", account_login_note(login));
    if (state_peek(&state, environment, login) == STATUS_OK) {
        add_password(row, state);
        json_object_set_new(row, "last_sign_on", last_sign_on_of(state));
        json_object_set_new(row, "warning", warning_of(state));
        json_object_set_new(row, "courts", court_rows(state, directory));
    }
    return row;
}

/* With the keyring: its accounts. Without: those that have a state file, null where these cannot be
 * read. An account whose state cannot be read has no "courts". */
static json_t *collect(struct invocation *invocation, const struct directory *directory,
                       enum status *keyring, const char **detail)
{
    const char *environment = invocation_environment(invocation);
    json_t *all = json_object(), *rows = json_array();
    g_autoptr(GPtrArray) accounts = NULL;
    *keyring = keyring_open(&invocation->keyring, KEYRING_TRANSFER_PLAIN, detail);
    if (*keyring == STATUS_OK)
        *keyring = keyring_state(invocation->keyring, detail);
    if (*keyring == STATUS_OK)
        *keyring = account_list(invocation->keyring, environment, &accounts);
    add_text(all, "environment", environment);
    add_text(all, "keyring", status_name(*keyring));
    if (accounts) {
        for (guint i = 0; i < accounts->len; i++) {
            const struct account *account = g_ptr_array_index(accounts, i);
            json_array_append_new(rows, account_of(invocation->keyring, environment, account->login,
                                                   account, directory));
        }
    } else {
        g_auto(GStrv) names = NULL;
        if (state_accounts(environment, &names) != STATUS_OK)
            g_clear_pointer(&rows, json_decref);
        status_several_accounts(g_strv_length(names) > 1);
        for (char **name = names; *name; name++)
            json_array_append_new(rows, account_of(NULL, environment, *name, NULL, directory));
    }
    json_object_set_new(all, "accounts", rows ? rows : json_null());
    return all;
}

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "-";
}

static void print_password(const json_t *account)
{
    const json_t *warning = json_object_get(account, "password_warning");
    if (json_is_string(json_object_get(account, "login_note")))
        terminal_print("  %s\n", text_of(account, "login_note"));
    if (json_is_string(warning))
        terminal_print("  %s\n", json_string_value(warning));
    else if (json_is_string(json_object_get(account, "password_set_on")))
        terminal_print("  password set on %s, PACER wants a new one in %" JSON_INTEGER_FORMAT
                       " days\n",
                       text_of(account, "password_set_on"),
                       json_integer_value(json_object_get(account, "password_days_left")));
}

static void print_failed_sign_on(const json_t *account)
{
    const json_t *last = json_object_get(account, "last_sign_on");
    enum status status = STATUS_OK;
    if (json_is_object(last) && status_from_name(text_of(last, "status"), &status) &&
        status != STATUS_OK)
        g_print("  the last sign-on ended %s at %s: %s\n", status_name(status), text_of(last, "at"),
                status_what(status));
}

static void print_warning(const json_t *account)
{
    const json_t *warning = json_object_get(account, "warning");
    if (!json_is_object(warning))
        return;
    g_autofree char *safe = terminal_escape(text_of(warning, "text"));
    terminal_print("  PACER said at %s: %s\n", text_of(warning, "at"), g_strstrip(safe));
}

static void print_table(const json_t *all)
{
    const json_t *accounts = json_object_get(all, "accounts");
    size_t index;
    json_t *account;
    terminal_print("environment %s, keyring %s\n", text_of(all, "environment"),
                   text_of(all, "keyring"));
    json_array_foreach(accounts, index, account)
    {
        terminal_print("%s", text_of(account, "account"));
        if (json_is_string(json_object_get(account, "purpose")))
            terminal_print("  purpose %s, one-time codes %s, backup codes %" JSON_INTEGER_FORMAT,
                           text_of(account, "purpose"), text_of(account, "otp"),
                           json_integer_value(json_object_get(account, "backup_codes")));
        terminal_print("\n");
        print_password(account);
        print_failed_sign_on(account);
        print_warning(account);
        court_rows_print(json_object_get(account, "courts"));
    }
    if (json_is_array(accounts) && json_array_size(accounts) == 0) {
        char how[STATUS_MESSAGE_MAX];
        status_fill(how, sizeof how, "\"csolink account add --purpose=file {account}\" stores one",
                    NULL, NULL);
        terminal_print("no account is known; %s\n", how);
    }
}

static enum status tell_unread(const json_t *all)
{
    const json_t *accounts = json_object_get(all, "accounts");
    enum status status = STATUS_OK;
    size_t index;
    json_t *account;
    if (!json_is_array(accounts))
        report(status = STATUS_INTERNAL, NULL, NULL, STATE_CANNOT_BE_READ);
    json_array_foreach(accounts, index, account)
    {
        if (!json_object_get(account, "courts"))
            report(status = STATUS_INTERNAL, text_of(account, "account"), NULL,
                   STATE_CANNOT_BE_READ);
    }
    return status;
}

int command_status(struct invocation *invocation)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    enum status keyring = STATUS_OK;
    const char *detail = NULL;
    (void)select_directory(&directory); /* the state files speak without it too */
    invocation_arm_keyring(invocation);
    json_t *all = collect(invocation, directory, &keyring, &detail);
    if (invocation->options.json) {
        char *dumped = json_dumps(all, JSON_INDENT(2));
        g_print("%s\n", dumped ? dumped : "{}");
        free(dumped);
    } else {
        print_table(all);
    }
    enum status read = tell_unread(all);
    json_decref(all);
    return keyring == STATUS_OK ? status_exit_code(read) : report(keyring, NULL, NULL, detail);
}
