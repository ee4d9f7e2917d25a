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

/* Deletes it from the keyring, once it is linked. */
enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court);

#endif
