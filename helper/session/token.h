/* SPDX-License-Identifier: MIT
 * The token of an account: a 0600 file under /run/user/UID/csolink/, which logind removes after the
 * last logout. Read without a bus; used until PACER or a court refuses it: no lifetime is invented.
 * Where there is no runtime directory at all, the user's kernel keyring keeps it instead. */
#ifndef CSOLINK_TOKEN_H
#define CSOLINK_TOKEN_H

#include "account/account.h"
#include "config/config.h"
#include "csolink/secret.h"
#include "csolink/status.h"

/* Whose token, and how many seconds after its sign-on it is forgotten; 0: never. client_code may be
 * NULL. */
struct token_key {
    const char *environment, *account, *client_code;
    int max_age;
};

/* The account's; its strings are the account's. */
struct token_key token_key_of(const struct config *config, const struct account *account);

/* May text stand in a Cookie header? As csolink-net asks: printable ASCII without blank and ";". */
bool token_is_clean(const struct secret *token);

/* All of these: STATUS_ABSENT where there is none, or one that is too old; STATUS_INTERNAL where
 * the runtime directory is there and not to be trusted (not ours, not 0700, or not in memory), or
 * where it cannot be read or written. Any process may call them at any time. */
enum status token_read(const struct token_key *key, struct secret *token);

/* Keeps the token of a sign-on that was made just now. */
enum status token_write(const struct token_key *key, const struct secret *token);

/* Keeps a rotated value in the place of the one that is there, which makes it no younger: its age
 * counts from the sign-on. STATUS_ABSENT: there is none, or PACER was told that it is over. */
enum status token_replace(const struct token_key *key, const struct secret *token);

/* Forgets it where it is still dead, and not one that came meanwhile. STATUS_ABSENT: it is not. */
enum status token_reject(const struct token_key *key, const struct secret *dead);

/* Takes it away: nobody reads or replaces it any more. */
enum status token_take(const struct token_key *key, struct secret *token);

/* Forgets it, whatever its age; none is fine. */
void token_drop(const struct token_key *key);

/* Whose tokens are kept, also of accounts that the keyring has no more: a GPtrArray of struct
 * token_key*, max_age 0, owned by the caller; empty where nothing can be kept. */
GPtrArray *token_list(void);

#endif
