/* SPDX-License-Identifier: MIT
 * The steps of csolink-session: take the request, become the user, find his runtime directory,
 * build his environment, start csolink. A step that fails returns the status to answer with and
 * points *why at a phrase for the log that stays. */
#ifndef CSOLINK_SESSION_H
#define CSOLINK_SESSION_H

#include <pwd.h>
#include <stdbool.h>
#include <sys/types.h>

#include "csolink/record.h"
#include "csolink/session_request.h"
#include "csolink/status.h"

/* --- request.c --- */

/* Whether fd is one end of a SOCK_SEQPACKET socketpair that this user made himself. */
bool request_socket_valid(int fd);

/* Reads the request into an empty record and leaves it in the socket for the next program.
 * STATUS_BAD_INPUT: over-long, malformed, or not what session_request.h says; STATUS_TIMED_OUT,
 * STATUS_ABSENT or STATUS_INTERNAL: none came. */
enum status request_peek(struct record *request, int fd, const char **why);

/* The rules for its content alone. STATUS_OK or STATUS_BAD_INPUT. */
enum status request_check(const struct record *request, const char **why);

/* --- identity.c --- */

/* Becomes the user for good: groups, group and user IDs, real, effective and saved. Root can become
 * anyone but root; everybody else only himself. STATUS_REFUSED_BY_POLICY: that rule;
 * STATUS_INTERNAL: the kernel refused, or left a way back. Not to be continued after a failure. */
enum status become_user(const struct passwd *user, const char **why);

/* --- runtime_dir.c --- */

/* Whether path is the runtime directory of uid: a directory, no link, his, mode 0700. To be asked
 * as the user. STATUS_OK or STATUS_NO_KEYRING. */
enum status runtime_dir_check(const char *path, uid_t uid, const char **why);

/* --- environment.c --- */

enum { ENVIRONMENT_MAX = 8 };

/* An environment for execve(2), NULL at its end. {0} is empty. */
struct environment {
    char *entry[ENVIRONMENT_MAX + 1];
};

/* Builds it from nothing for the user; the bus address only where runtime_dir holds a socket "bus".
 * STATUS_INTERNAL: memory is out. */
enum status environment_build(struct environment *environment, const struct passwd *user,
                              const char *runtime_dir, const char **why);

/* Gives its memory back. */
void environment_clear(struct environment *environment);

/* --- spawn.c --- */

/* Makes the process that a moment later becomes "csolink session", in a session of its own, with
 * our descriptor 0, /dev/null as 1 and 2, and no other. STATUS_INTERNAL: csolink cannot be executed,
 * or there can be no process. What goes wrong later is in the system log. */
enum status csolink_spawn(const struct environment *environment, const char **why);

#endif
