/* SPDX-License-Identifier: MIT
 * Filing logins in the keyring, one an account and court. */
#include "court/filing.h"

#include <string.h>

#include "court/link_state.h"
#include "guard/guard.h"

static struct item_form form_of(const struct account *account, const char *court)
{
    struct item_form form = account_form(account, ITEM_KIND_FILING);
    form.court = court;
    return form;
}

static enum status take_fingerprint(struct keyring *keyring, const char *group,
                                    const struct secret *value, struct filing *filing)
{
    SECRET_AUTO struct secret key = {0};
    enum status status = guard_key(keyring, &key);
    if (status != STATUS_OK)
        return status;
    filing->group = g_strdup(group);
    filing->fingerprint = guard_fingerprint(&key, value);
    return STATUS_OK;
}

static enum status read_item(struct keyring *keyring, struct item *item, const char *court,
                             struct filing *filing)
{
    struct item_form form;
    enum status status = keyring_read(keyring, item);
    if (status != STATUS_OK)
        return status;
    item_form_read(item, &form);
    return filing_typed(keyring, court, form.filing_login ? form.filing_login : "", &item->value,
                        filing);
}

enum status filing_find(struct keyring *keyring, const struct account *account, const char *court,
                        struct filing *filing)
{
    struct item_form form = form_of(account, court);
    struct item *item = NULL;
    enum status status = item_find(keyring, &form, &item);
    if (status == STATUS_OK)
        status = read_item(keyring, item, court, filing);
    g_clear_pointer(&item, item_free);
    return status;
}

char *filing_stored_login(struct keyring *keyring, const struct account *account, const char *court)
{
    struct item_form form = form_of(account, court);
    struct item *item = NULL;
    char *login = NULL;
    if (item_find(keyring, &form, &item) == STATUS_OK) {
        item_form_read(item, &form);
        login = g_strdup(form.filing_login);
    }
    g_clear_pointer(&item, item_free);
    return login;
}

enum status filing_typed(struct keyring *keyring, const char *court, const char *login,
                         struct secret *password, struct filing *filing)
{
    g_autofree char *group = guard_group(GUARD_FILING, court);
    enum status status = take_fingerprint(keyring, group, password, filing);
    if (status != STATUS_OK)
        return status;
    filing->login = g_strdup(login);
    filing->password = *password;
    *password = (struct secret){0};
    return STATUS_OK;
}

enum status filing_lower_case(struct keyring *keyring, const struct filing *filing,
                              struct filing *lower)
{
    SECRET_AUTO struct secret both = {0};
    g_autofree char *login = g_ascii_strdown(filing->login, -1);
    const struct secret *password = &filing->password;
    if (strcmp(login, filing->login) == 0)
        return STATUS_ABSENT;
    if (!secret_set(&both, login, strlen(login)) || !secret_append(&both, "\n", 1) ||
        !secret_append(&both, secret_string(password), password->size) ||
        !secret_set(&lower->password, secret_string(password), password->size))
        return STATUS_INTERNAL;
    lower->login = g_steal_pointer(&login);
    return take_fingerprint(keyring, filing->group, &both, lower);
}

void filing_clear(struct filing *filing)
{
    secret_clear(&filing->password);
    g_free(filing->login);
    g_free(filing->group);
    g_free(filing->fingerprint);
    *filing = (struct filing){0};
}

const char *filing_login_note(const char *login)
{
    return strpbrk(login, "&@$*") ? "It has a character (& @ $ *) with which courts say that "
                                    "linking fails: ask the court for another login first."
                                  : NULL;
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

/* A login that was linked leaves the keyring; the other account's consent still names it. */
static char *linked_elsewhere(const struct account *account, const char *court, const char *login)
{
    g_auto(GStrv) others = NULL;
    (void)state_accounts(account->environment, &others);
    for (char **other = others; *other; other++) {
        STATE_AUTO struct state *state = NULL;
        if (strcmp(*other, account->login) == 0 ||
            state_peek(&state, account->environment, *other) != STATUS_OK)
            continue;
        g_autofree char *linked = link_linked_login(state, court);
        if (linked && g_ascii_strcasecmp(linked, login) == 0)
            return g_strdup_printf("filing login %s is linked to account %s", login, *other);
    }
    return NULL;
}

static char *other_is_stored(const struct account *account, const char *court, const char *login)
{
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink filing remove --account={account} {court}\" forgets it",
                account->login, court);
    return g_strdup_printf("filing login %s is stored for this account and court; %s", login, how);
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
        if (g_ascii_strcasecmp(form.filing_login, login) == 0 && !same_account)
            *why = g_strdup_printf("filing login %s belongs to account %s", login, form.account);
        if (same_account && !same_login)
            *why = other_is_stored(account, court, form.filing_login);
    }
    if (status == STATUS_OK && !*why)
        *why = linked_elsewhere(account, court, login);
    return *why ? STATUS_BAD_INPUT : status;
}

enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court)
{
    struct item_form form = form_of(account, court);
    return item_erase(keyring, &form);
}

/* Case does not part two filing logins (filing_conflict()), and it may have gone in lower case. */
static bool is_same(const struct item *item, const struct filing *filing)
{
    struct item_form form;
    item_form_read(item, &form);
    return form.filing_login && g_ascii_strcasecmp(form.filing_login, filing->login) == 0 &&
           secret_equal(secret_string(&item->value), item->value.size,
                        secret_string(&filing->password), filing->password.size);
}

enum status filing_erase_linked(struct keyring *keyring, const struct account *account,
                                const char *court, const struct filing *linked)
{
    struct item_form form = form_of(account, court);
    g_autoptr(GHashTable) sought = item_form_sought(&form);
    g_autoptr(GPtrArray) items = NULL;
    enum status status = keyring_search(keyring, sought, &items);
    if (status == STATUS_OK)
        status = keyring_read_all(keyring, items);
    for (guint i = 0; status == STATUS_OK && i < items->len; i++) {
        struct item *item = g_ptr_array_index(items, i);
        enum status deleted = is_same(item, linked) ? keyring_delete(keyring, item) : STATUS_OK;
        if (deleted != STATUS_ABSENT)
            status = deleted;
    }
    return status == STATUS_ABSENT ? STATUS_OK : status;
}
