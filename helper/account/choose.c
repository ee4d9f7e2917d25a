/* SPDX-License-Identifier: MIT
 * Which account answers: nobody files as a colleague by default, and a search never gets a file
 * account. Pure: no keyring, no environment. */
#include "account/account.h"

#include <string.h>

static struct account *find(GPtrArray *accounts, const char *login, const char *purpose)
{
    for (guint i = 0; login && i < accounts->len; i++) {
        struct account *account = g_ptr_array_index(accounts, i);
        if (strcmp(account->login, login) == 0 &&
            (!purpose || strcmp(account->purpose, purpose) == 0))
            return account;
    }
    return NULL;
}

static guint count(GPtrArray *accounts, const char *purpose, struct account **last)
{
    guint found = 0;
    for (guint i = 0; i < accounts->len; i++) {
        struct account *account = g_ptr_array_index(accounts, i);
        if (strcmp(account->purpose, purpose) == 0) {
            *last = account;
            found++;
        }
    }
    return found;
}

static char *names_of(GPtrArray *accounts, const char *purpose)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < accounts->len; i++) {
        struct account *account = g_ptr_array_index(accounts, i);
        if (strcmp(account->purpose, purpose) == 0)
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", account->login);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

static const char *purpose_of(GPtrArray *accounts, const struct account_choice *choice)
{
    struct account *any = NULL;
    if (choice->purpose)
        return choice->purpose;
    if (choice->unmarked_purpose)
        return choice->unmarked_purpose;
    return count(accounts, "search", &any) > 0 ? "search" : "file";
}

enum status account_choose(GPtrArray *accounts, const struct account_choice *choice,
                           struct account **chosen, char **names)
{
    if (choice->named) {
        *chosen = find(accounts, choice->named, choice->purpose);
        return *chosen ? STATUS_OK : STATUS_ABSENT;
    }
    const char *purpose = purpose_of(accounts, choice);
    *chosen = find(accounts, choice->preferred, purpose);
    if (!*chosen)
        *chosen = find(accounts, choice->configured, purpose);
    if (*chosen)
        return STATUS_OK;
    struct account *only = NULL;
    guint found = count(accounts, purpose, &only);
    if (found > 1) {
        *names = names_of(accounts, purpose);
        return STATUS_BAD_INPUT;
    }
    *chosen = only;
    return only ? STATUS_OK : STATUS_ABSENT;
}
