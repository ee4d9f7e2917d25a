/* SPDX-License-Identifier: MIT
 * Starting csolink, which finds the unreceived request on its descriptor 0 and outlives us.
 * It is no child of the host, so the login does not wait until its libraries are loaded. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "paths.h"
#include "session.h"

/* The login and the start of the desktop come first: the keyring is still locked anyway, and fifty
 * people who log in at once are not kept waiting by fifty programs that wait too. */
enum { PAUSE_MS = 250 };

static const char csolink[] = CSOLINK_BINDIR "/csolink";
static char failure[SESSION_REPLY_MAX / 2]; /* for *why: the answer has to have room for it */

static enum status fail(const char **why, int error)
{
    snprintf(failure, sizeof failure, "cannot start %s: %s", csolink, strerrordesc_np(error));
    *why = failure;
    return STATUS_INTERNAL;
}

static bool leave_descriptors(void)
{
    int null = open("/dev/null", O_WRONLY);
    return null >= 0 && dup2(null, STDOUT_FILENO) >= 0 && dup2(null, STDERR_FILENO) >= 0 &&
           close_range(STDERR_FILENO + 1, ~0U, 0) == 0;
}

/* In a session of its own: what the host's terminal or process group is sent is not for it. The
 * module has its answer by now; only the log can still be told. */
static void become_csolink(const struct environment *environment)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    char name[] = "csolink", word[] = "session", *argv[] = {name, word, NULL};
    bool ready = setsid() >= 0 && leave_descriptors();
    if (ready) {
        nanosleep(&pause, NULL);
        execve(csolink, argv, environment->entry);
    }
    syslog(LOG_AUTHPRIV | LOG_ERR, "cannot start %s: %m", csolink);
    _exit(status_exit_code(STATUS_INTERNAL));
}

enum status csolink_spawn(const struct environment *environment, const char **why)
{
    if (access(csolink, X_OK) != 0)
        return fail(why, errno);
    pid_t child = fork();
    if (child < 0)
        return fail(why, errno);
    if (child == 0)
        become_csolink(environment);
    return STATUS_OK;
}
