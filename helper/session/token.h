/* SPDX-License-Identifier: MIT
 * The token of an account: a 0600 file under /run/user/UID/csolink/, which logind removes after the
 * last logout. Read without a bus; used until PACER or a court refuses it: no lifetime is invented.
 */
#ifndef CSOLINK_TOKEN_H
#define CSOLINK_TOKEN_H

#include "csolink/secret.h"
#include "csolink/status.h"

/* Whose token; client_code may be NULL. */
struct token_key {
    const char *environment, *account, *client_code;
};

/* STATUS_OK, STATUS_ABSENT, or STATUS_INTERNAL where the folder is not to be trusted (not ours, not
 * 0700, or not in memory). */
enum status token_read(const struct token_key *key, struct secret *token);

/* Replaces it atomically; the run lock is held. STATUS_ABSENT where there is no runtime directory
 * to keep it in; STATUS_INTERNAL where it cannot be trusted or written. */
enum status token_write(const struct token_key *key, const struct secret *token);

/* Forgets it; none is fine. */
void token_drop(const struct token_key *key);

#endif
