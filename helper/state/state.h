/* SPDX-License-Identifier: MIT
 * What csolink remembers about one account, without a secret in it: one file an account, in
 * $HOME/.local/state/csolink/ENVIRONMENT/, replaced atomically and fsynced. */
#ifndef CSOLINK_STATE_H
#define CSOLINK_STATE_H

#include <glib.h>
#include <stdbool.h>

#include "csolink/status.h"

/* keys may be read at any time through GKeyFile's functions; they are written between state_begin()
 * and state_commit() only. */
struct state {
    GKeyFile *keys;
    char *environment, *account;
    int folder; /* the environment's folder */
    int lock;   /* held between begin and commit, else -1 */
};

/* What to tell the person of STATUS_REFUSED_BY_POLICY from here, and of STATUS_INTERNAL. */
#define STATE_CANNOT_BE_WRITTEN "~/.local/state/csolink cannot be written"
#define STATE_CANNOT_BE_READ    "~/.local/state/csolink cannot be read"
const char *state_fault(enum status status);

/* The same, of a command that writes the state before it touches the keyring. */
#define STATE_NOTHING_CHANGED STATE_CANNOT_BE_WRITTEN ", so nothing was changed"

/* Opens and reads the account's state; an account without a file has an empty one.
 * STATUS_REFUSED_BY_POLICY: the folder cannot be made or written (then no sign-on and no link may
 * happen, for nothing would be remembered). STATUS_INTERNAL: it cannot be read. A file that cannot be parsed
 * is set aside as NAME.damaged. */
enum status state_open(struct state **state, const char *environment, const char *account);

/* The same to look at only, also where nothing can be written: nothing is made, written or set
 * aside; a file that cannot be parsed counts as empty. It cannot be begun. STATUS_INTERNAL: it
 * cannot be read. */
enum status state_peek(struct state **state, const char *environment, const char *account);

/* Would state_open() find a folder that can be written, or make one? */
bool state_is_writable(const char *environment);
void state_close(struct state *state);
static inline void state_cleanup(struct state **state)
{
    if (*state)
        state_close(*state);
}
#define STATE_AUTO __attribute__((cleanup(state_cleanup)))

/* Reads the file anew. STATUS_INTERNAL: it cannot be read. */
enum status state_refresh(struct state *state);

/* Locks the folder against other writers and reads the file anew; state_commit() writes what has
 * changed in keys, durably, and unlocks. Between the two nothing may wait. STATUS_INTERNAL: it
 * cannot be locked or read, and is not locked. STATUS_REFUSED_BY_POLICY: it cannot be written. */
enum status state_begin(struct state *state);
enum status state_commit(struct state *state);

/* Instead of state_commit(): unlocks and writes nothing. */
void state_abandon(struct state *state);

/* Another file of the account beside its state: NAME with an ending such as ".history", mode 0600,
 * durable like the state. It is written between state_begin() and state_abandon() only. read:
 * *text, for g_free, is NULL where there is none, and with STATUS_INTERNAL: it cannot be read. replace is atomic. append: false
 * also where only a part could be written. */
enum status state_read_beside(struct state *state, const char *ending, char **text, gsize *size);
bool state_replace_beside(struct state *state, const char *ending, const char *text, gsize size);
bool state_append_beside(struct state *state, const char *ending, const char *text, gsize size);

/* One run for an account at a time: locks NAME.run in the state folder, waiting wait_ms at most.
 * *fd holds the lock until it is closed, or its process dies. STATUS_BUSY: the time is over.
 * STATUS_REFUSED_BY_POLICY: the folder cannot be written. */
enum status state_lock_run(struct state *state, int wait_ms, int *fd);

/* Names of all accounts with a state in the environment; free with g_strfreev. Never NULL.
 * STATUS_INTERNAL: the folder cannot be read, and *accounts is empty. */
enum status state_accounts(const char *environment, char ***accounts);

#endif
