/* SPDX-License-Identifier: MIT
 * Which account answers: nobody files as a colleague by default, and a search never gets a file
 * account. Pure: no keyring, no environment. */
#include "account/choose.h"

#include <string.h>

static bool is_candidate(const struct account *account, const char *login, const char *purpose)
{
    return (!login || strcmp(account->login, login) == 0) &&
           (!purpose || strcmp(account->purpose, purpose) == 0);
}

/* The first of this login and purpose; NULL is any. */
static struct account *find(const struct choice_walk *walk, const char *login, const char *purpose)
{
    for (guint i = 0; i < walk->accounts->len; i++) {
        struct account *account = g_ptr_array_index(walk->accounts, i);
        if (is_candidate(account, login, purpose))
            return account;
    }
    return NULL;
}

static guint count(const struct choice_walk *walk)
{
    guint found = 0;
    for (guint i = 0; i < walk->accounts->len; i++)
        found += is_candidate(g_ptr_array_index(walk->accounts, i), NULL, walk->purpose);
    return found;
}

static bool is_contradicted(struct choice_walk *walk)
{
    const struct account_choice *choice = walk->choice;
    return choice->username && choice->named && strcmp(choice->username, choice->named) != 0;
}

static bool is_named(struct choice_walk *walk)
{
    const struct account_choice *choice = walk->choice;
    const char *login = choice->username ? choice->username : choice->named;
    if (login)
        walk->account = find(walk, login, choice->purpose);
    return login != NULL;
}

static bool has_purpose(struct choice_walk *walk)
{
    walk->purpose = walk->choice->purpose;
    return walk->purpose != NULL;
}

static bool has_unmarked_purpose(struct choice_walk *walk)
{
    walk->purpose = walk->choice->unmarked_purpose;
    return walk->purpose != NULL;
}

static bool has_search_account(struct choice_walk *walk)
{
    walk->purpose = find(walk, NULL, "search") ? "search" : NULL;
    return walk->purpose != NULL;
}

static bool is_left_to_file(struct choice_walk *walk)
{
    walk->purpose = "file";
    return true;
}

static bool is_preferred(struct choice_walk *walk)
{
    const char *login = walk->choice->preferred;
    walk->account = login ? find(walk, login, walk->purpose) : NULL;
    return walk->account != NULL;
}

static bool is_configured(struct choice_walk *walk)
{
    const char *login = walk->choice->configured;
    walk->account = login ? find(walk, login, walk->purpose) : NULL;
    return walk->account != NULL;
}

static bool is_the_only_one(struct choice_walk *walk)
{
    walk->account = count(walk) == 1 ? find(walk, NULL, walk->purpose) : NULL;
    return walk->account != NULL;
}

static bool are_several(struct choice_walk *walk)
{
    return count(walk) > 1;
}

static bool is_none(struct choice_walk *walk)
{
    return count(walk) == 0;
}

const struct choice_row choice_rows[CHOICE_ROWS] = {
    {"a user name and --account differ", "nothing", CHOICE_DECIDES, STATUS_ABSENT, is_contradicted},
    {"a user name or --account is given", "that account, if of --purpose; or nothing",
     CHOICE_DECIDES, STATUS_ABSENT, is_named},
    {"--purpose is given", "one of that purpose, by the rows below", CHOICE_NARROWS, STATUS_ABSENT,
     has_purpose},
    {"unmarked_purpose is configured", "one of that purpose, by the rows below", CHOICE_NARROWS,
     STATUS_ABSENT, has_unmarked_purpose},
    {"a search account is stored", "a search account, by the rows below", CHOICE_NARROWS,
     STATUS_ABSENT, has_search_account},
    {"otherwise", "a file account, by the rows below", CHOICE_NARROWS, STATUS_ABSENT,
     is_left_to_file},
    {"CSOLINK_ACCOUNT is one of them", "that one", CHOICE_DECIDES, STATUS_ABSENT, is_preferred},
    {"the configured account is one of them", "that one", CHOICE_DECIDES, STATUS_ABSENT,
     is_configured},
    {"there is one only", "that one", CHOICE_DECIDES, STATUS_ABSENT, is_the_only_one},
    {"there are several", "bad_input with their names", CHOICE_DECIDES, STATUS_BAD_INPUT,
     are_several},
    {"there is none", "nothing", CHOICE_DECIDES, STATUS_ABSENT, is_none},
};

void choice_walk(struct choice_walk *walk)
{
    for (size_t i = 0; i < CHOICE_ROWS; i++) {
        const struct choice_row *row = &choice_rows[i];
        if (row->effect == CHOICE_NARROWS && walk->purpose)
            continue;
        bool holds = row->holds(walk);
        walk->verdicts[i] = holds ? CHOICE_YES : CHOICE_NO;
        if (holds && row->effect == CHOICE_DECIDES) {
            walk->decided = i;
            walk->status = walk->account ? STATUS_OK : row->without;
            return;
        }
    }
}

char *choice_names(const struct choice_walk *walk)
{
    g_autoptr(GString) names = g_string_new(NULL);
    for (guint i = 0; i < walk->accounts->len; i++) {
        struct account *account = g_ptr_array_index(walk->accounts, i);
        if (is_candidate(account, NULL, walk->purpose))
            g_string_append_printf(names, "%s%s", names->len ? ", " : "", account->login);
    }
    return g_string_free(g_steal_pointer(&names), FALSE);
}

enum status account_choose(GPtrArray *accounts, const struct account_choice *choice,
                           struct account **chosen, char **names)
{
    struct choice_walk walk = {.accounts = accounts, .choice = choice};
    choice_walk(&walk);
    *chosen = walk.account;
    if (walk.status == STATUS_BAD_INPUT)
        *names = choice_names(&walk);
    return walk.status;
}
