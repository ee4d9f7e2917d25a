/* SPDX-License-Identifier: MIT
 * The filing login of an account at a court: what the court issued before NextGen, needed once. */
#ifndef CSOLINK_FILING_H
#define CSOLINK_FILING_H

#include "account/account.h"

/* A filing login with its password, ready for the guard. {0} is empty. */
struct filing {
    struct item *item;
    char *login;
    char *group, *fingerprint; /* as the guard knows the password */
};

/* Finds and reads the one that belongs to the account at the court. Statuses of keyring_search().
 */
enum status filing_find(struct keyring *keyring, const struct account *account, const char *court,
                        struct filing *filing);
void filing_clear(struct filing *filing);

/* All of the environment; an empty array where there are none. */
enum status filing_list(struct keyring *keyring, const char *environment, GPtrArray **items);

/* The ids of the courts that the account has a filing login for, sorted; free with
 * g_ptr_array_unref. An empty array where there are none. */
enum status filing_courts(struct keyring *keyring, const struct account *account,
                          GPtrArray **courts);

/* A filing login belongs to one account, and an account has one at a court. STATUS_OK: the account
 * may have this one. STATUS_BAD_INPUT: *why, for g_free, says which account or login is in its way.
 * Statuses of keyring_search(). */
enum status filing_conflict(struct keyring *keyring, const struct account *account,
                            const char *court, const char *login, char **why);

/* Deletes it from the keyring, once it is linked. */
enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court);

#endif
