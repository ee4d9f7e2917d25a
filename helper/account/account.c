/* SPDX-License-Identifier: MIT
 * Accounts out of the keyring, and the rules for what a login may look like. */
#include "account/account.h"

#include <string.h>

#include "account/roster.h"

enum { UPGRADED_LOGIN_LEAST = 8 };

static bool is_printable(const char *text)
{
    for (; *text != '\0'; text++) {
        if ((unsigned char)*text <= 0x20 || (unsigned char)*text >= 0x7f)
            return false;
    }
    return true;
}

const char *account_login_fault(const char *login)
{
    if (*login == '\0')
        return "a login is empty";
    if (strlen(login) > 64) /* percent-encoded it still fits into a file's name */
        return "a login is longer than 64 characters";
    if (!is_printable(login))
        return "a login holds a blank or a character that is not ASCII";
    if (strcmp(login, "-") == 0)
        return "\"-\" is no login";
    return NULL;
}

/* Advice and manual keep a login's place open with these words, and people paste them. */
static const struct {
    const char *word, *fault;
} placeholders[] = {
    {"LOGIN", "\"LOGIN\" stands for a login: write the account's own in its place"},
    {"FILING_LOGIN",
     "\"FILING_LOGIN\" stands for a login: write the one that the court issued in its place"},
};

const char *account_new_login_fault(const char *login)
{
    for (size_t i = 0; i < G_N_ELEMENTS(placeholders); i++) {
        if (strcmp(login, placeholders[i].word) == 0)
            return placeholders[i].fault;
    }
    return account_login_fault(login);
}

const char *account_client_code_fault(const char *code)
{
    if (*code == '\0' || strlen(code) > 32)
        return "a client code has 1 to 32 characters";
    if (!is_printable(code) || strchr(code, ',') || strchr(code, ';'))
        return "a client code holds a blank, a comma or a semicolon";
    return NULL;
}

const char *account_login_note(const char *login)
{
    if (strlen(login) >= UPGRADED_LOGIN_LEAST)
        return NULL;
    return "a login of fewer than 8 characters is probably that of an account from before 11 "
           "August "
           "2014 which was not upgraded and can only search; upgrade it at PACER, Manage My "
           "Account";
}

void account_free(struct account *account)
{
    g_free(account->login);
    g_free(account->purpose);
    g_free(account->environment);
    g_free(account->otp);
    g_free(account->client_code);
    g_clear_pointer(&account->item, item_free);
    g_free(account);
}

struct item_form account_form(const struct account *account, const char *kind)
{
    return (struct item_form){
        .kind = kind, .environment = account->environment, .account = account->login};
}

static struct account *account_of(struct item *item)
{
    struct item_form form;
    item_form_read(item, &form);
    struct account *account = g_new0(struct account, 1);
    account->login = g_strdup(form.account);
    account->purpose = g_strdup(form.purpose);
    account->environment = g_strdup(form.environment);
    account->otp = g_strdup(form.otp ? form.otp : "none");
    account->client_code = g_strdup(form.client_code);
    account->item = item;
    return account;
}

static gint by_login(gconstpointer left, gconstpointer right)
{
    const struct account *const *one = left, *const *other = right;
    return strcmp((*one)->login, (*other)->login);
}

/* Texts that we would never have stored: another program's, and meant for a terminal perhaps. */
static bool is_sound(const struct account *account)
{
    const char *const texts[] = {account->purpose, account->otp,
                                 account->client_code ? account->client_code : "-"};
    if (!account->login || !account->purpose || account_login_fault(account->login))
        return false;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        if (!is_printable(texts[i]))
            return false;
    }
    return true;
}

enum status account_list(struct keyring *keyring, const char *environment, GPtrArray **accounts)
{
    g_autoptr(GPtrArray) items = NULL;
    struct item_form form = {.kind = ITEM_KIND_ACCOUNT, .environment = environment};
    g_autoptr(GHashTable) sought = item_form_sought(&form);
    enum status status = keyring_search(keyring, sought, &items);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    *accounts = g_ptr_array_new_with_free_func((GDestroyNotify)account_free);
    while (status == STATUS_OK && items->len > 0) {
        struct account *account = account_of(g_ptr_array_steal_index(items, 0));
        if (is_sound(account))
            g_ptr_array_add(*accounts, account);
        else
            account_free(account);
    }
    g_ptr_array_sort(*accounts, by_login);
    status_several_accounts((*accounts)->len > 1);
    roster_note(environment, *accounts);
    return STATUS_OK;
}

const char *account_with_client_code(struct account *account, const char *code)
{
    if (!code || *code == '\0')
        return NULL;
    const char *fault = account_client_code_fault(code);
    if (fault)
        return fault;
    g_free(account->client_code);
    account->client_code = g_strdup(code);
    return NULL;
}

enum status account_store_client_code(struct keyring *keyring, const struct account *account,
                                      const char *code)
{
    struct item_form form;
    item_form_read(account->item, &form);
    form.client_code = code;
    return item_change(keyring, account->item, &form);
}
