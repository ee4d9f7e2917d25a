/* SPDX-License-Identifier: MIT
 * Starting csolink, which finds the unreceived request on its descriptor 0 and outlives us.
 * It is no child of the host, so the login does not wait until its libraries are loaded. */
#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "paths.h"
#include "session.h"

static const char csolink[] = CSOLINK_BINDIR "/csolink";
static char failure[SESSION_REPLY_MAX / 2]; /* for *why: the answer has to have room for it */

static int set_actions(posix_spawn_file_actions_t *actions)
{
    int error = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, STDERR_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
    return error;
}

/* In a session of its own: what the host's terminal or process group is sent is not for it.
 * Returns 0 or an errno value. */
static int spawn(const struct environment *environment)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char name[] = "csolink", word[] = "session", *argv[] = {name, word, NULL};
    pid_t pid;
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        goto done;
    error = posix_spawnattr_init(&attributes);
    if (error != 0)
        goto free_actions;
    error = set_actions(&actions);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSID);
    if (error == 0)
        error = posix_spawn(&pid, csolink, &actions, &attributes, argv, environment->entry);
    posix_spawnattr_destroy(&attributes);
free_actions:
    posix_spawn_file_actions_destroy(&actions);
done:
    return error;
}

enum status csolink_spawn(const struct environment *environment, const char **why)
{
    int error = spawn(environment);
    if (error == 0)
        return STATUS_OK;
    snprintf(failure, sizeof failure, "cannot start %s: %s", csolink, strerrordesc_np(error));
    *why = failure;
    return STATUS_INTERNAL;
}
