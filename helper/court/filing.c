/* SPDX-License-Identifier: MIT
 * Filing logins in the keyring, one an account and court. */
#include "court/filing.h"

#include <string.h>

#include "guard/guard.h"

static struct item_form form_of(const struct account *account, const char *court)
{
    struct item_form form = account_form(account, ITEM_KIND_FILING);
    form.court = court;
    return form;
}

enum status filing_find(struct keyring *keyring, const struct account *account, const char *court,
                        struct filing *filing)
{
    SECRET_AUTO struct secret key = {0};
    struct item_form form = form_of(account, court), found;
    enum status status = item_find(keyring, &form, &filing->item);
    if (status == STATUS_OK)
        status = keyring_read(keyring, filing->item);
    if (status == STATUS_OK)
        status = guard_key(keyring, &key);
    if (status != STATUS_OK)
        return status;
    item_form_read(filing->item, &found);
    filing->login = g_strdup(found.filing_login ? found.filing_login : "");
    filing->group = guard_group(GUARD_FILING, court);
    filing->fingerprint = guard_fingerprint(&key, &filing->item->value);
    return STATUS_OK;
}

void filing_clear(struct filing *filing)
{
    g_clear_pointer(&filing->item, item_free);
    g_free(filing->login);
    g_free(filing->group);
    g_free(filing->fingerprint);
    *filing = (struct filing){0};
}

enum status filing_list(struct keyring *keyring, const char *environment, GPtrArray **items)
{
    struct item_form form = {.kind = ITEM_KIND_FILING, .environment = environment};
    g_autoptr(GHashTable) sought = item_form_sought(&form);
    enum status status = keyring_search(keyring, sought, items);
    if (status != STATUS_ABSENT)
        return status;
    *items = g_ptr_array_new();
    return STATUS_OK;
}

static int by_name(gconstpointer a, gconstpointer b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

enum status filing_courts(struct keyring *keyring, const struct account *account,
                          GPtrArray **courts)
{
    g_autoptr(GPtrArray) items = NULL, found = g_ptr_array_new_with_free_func(g_free);
    struct item_form sought = account_form(account, ITEM_KIND_FILING);
    g_autoptr(GHashTable) attributes = item_form_sought(&sought);
    enum status status = keyring_search(keyring, attributes, &items);
    if (status != STATUS_OK && status != STATUS_ABSENT)
        return status;
    for (guint i = 0; items && i < items->len; i++) {
        struct item_form form;
        item_form_read(g_ptr_array_index(items, i), &form);
        if (form.court)
            g_ptr_array_add(found, g_strdup(form.court));
    }
    g_ptr_array_sort(found, by_name);
    *courts = g_steal_pointer(&found);
    return STATUS_OK;
}

enum status filing_conflict(struct keyring *keyring, const struct account *account,
                            const char *court, const char *login, char **why)
{
    g_autoptr(GPtrArray) items = NULL;
    enum status status = filing_list(keyring, account->environment, &items);
    for (guint i = 0; status == STATUS_OK && i < items->len && !*why; i++) {
        struct item_form form;
        item_form_read(g_ptr_array_index(items, i), &form);
        if (!form.account || !form.court || !form.filing_login || strcmp(form.court, court) != 0)
            continue;
        bool same_account = strcmp(form.account, account->login) == 0;
        bool same_login = strcmp(form.filing_login, login) == 0;
        if (same_login && !same_account)
            *why = g_strdup_printf("filing login %s belongs to account %s", login, form.account);
        if (same_account && !same_login)
            *why = g_strdup_printf("filing login %s is stored for this account and court; remove "
                                   "it first",
                                   form.filing_login);
    }
    return *why ? STATUS_BAD_INPUT : status;
}

enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court)
{
    struct item_form form = form_of(account, court);
    return item_erase(keyring, &form);
}
