/* SPDX-License-Identifier: MIT
 * The steps of csolink-session: take the request, make the process that waits to be csolink, become
 * the user, find his runtime directory, let that process go. It becomes the user by itself, with
 * his groups: a login does not wait for NSS to look them up. A step that fails returns the status
 * to answer with and points *why at a phrase for the log that stays. */
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

/* Which supplementary groups root's process is left with: none, or the user's in the databases. */
enum groups { GROUPS_NONE, GROUPS_OF_USER };

/* Becomes the user for good: groups, group and user IDs, real, effective and saved; undumpable, in
 * "/", with umask 077. Root can become anyone but root; everybody else only himself, with the
 * groups that he has. STATUS_REFUSED_BY_POLICY: that rule; STATUS_INTERNAL: the kernel refused, or
 * left a way back. Not to be continued after a failure. */
enum status become_user(const struct passwd *user, enum groups groups, const char **why);

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

/* Makes the process that will be "csolink session": it waits for csolink_go(), and ends without it
 * when we end. Then, a moment later, it becomes the user and executes csolink, in a session of its
 * own, with our descriptor 0, /dev/null as 1 and 2, and no other; what goes wrong there is in the
 * system log. Called before become_user(), after which we may lack the group that csolink is kept
 * for. *go is for csolink_go(). STATUS_INTERNAL: there can be no process. */
enum status csolink_fork(const struct passwd *user, const char *runtime_dir, int *go,
                         const char **why);

/* Lets it go on. STATUS_INTERNAL: there was no csolink to execute, or the process is gone. */
enum status csolink_go(int go, const char **why);

#endif
