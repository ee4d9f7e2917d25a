/* SPDX-License-Identifier: MIT
 * The filing login of an account at a court: what the court issued before NextGen, needed once. */
#ifndef CSOLINK_FILING_H
#define CSOLINK_FILING_H

#include "account/account.h"

/* A filing login with its password, ready for the guard. {0} is empty. */
struct filing {
    char *login;
    struct secret password;
    char *group, *fingerprint; /* as the guard knows the password */
};

/* Finds and reads the one that belongs to the account at the court. Statuses of keyring_search().
 */
enum status filing_find(struct keyring *keyring, const struct account *account, const char *court,
                        struct filing *filing);

/* The login of the one that filing_find() would find, for g_free; NULL: none, or it cannot be told.
 * Reads no password. */
char *filing_stored_login(struct keyring *keyring, const struct account *account,
                          const char *court);

/* One that was typed; takes password's content. Statuses of the keyring. */
enum status filing_typed(struct keyring *keyring, const char *court, const char *login,
                         struct secret *password, struct filing *filing);

/* The same with the login in lower case. The guard knows the password with that login as another
 * one, so that its refusal and that of the other stand side by side. STATUS_ABSENT: it has no
 * capitals; statuses of the keyring. */
enum status filing_lower_case(struct keyring *keyring, const struct filing *filing,
                              struct filing *lower);
void filing_clear(struct filing *filing);

/* What to tell of a login before it is stored or sent, a constant sentence, or NULL: courts name
 * characters with which the link step does not work. */
const char *filing_login_note(const char *login);

/* All of the environment; an empty array where there are none. */
enum status filing_list(struct keyring *keyring, const char *environment, GPtrArray **items);

/* The ids of the courts that the account has a filing login for, sorted; free with
 * g_ptr_array_unref. An empty array where there are none. */
enum status filing_courts(struct keyring *keyring, const struct account *account,
                          GPtrArray **courts);

/* A filing login belongs to one account, and an account has one at a court: looks at what is stored
 * and at what csolink has linked. STATUS_OK: the account may have this one. STATUS_BAD_INPUT: *why,
 * for g_free, says which account or login is in its way. Statuses of keyring_search(). */
enum status filing_conflict(struct keyring *keyring, const struct account *account,
                            const char *court, const char *login, char **why);

/* Deletes what is stored for the account at the court. */
enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court);

/* The same once linked has done its work, and spares what has been stored in its place meanwhile. */
enum status filing_erase_linked(struct keyring *keyring, const struct account *account,
                                const char *court, const struct filing *linked);

#endif
