/* SPDX-License-Identifier: MIT
 * The process that becomes csolink, which finds the unreceived request on its descriptor 0 and
 * outlives us. The login waits neither for the user's groups nor for csolink's libraries. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <syslog.h>
#include <time.h>
#include <unistd.h>

#include "paths.h"
#include "session.h"

/* The login and the start of the desktop come first: the keyring is still locked anyway, and fifty
 * people who log in at once are not kept waiting by fifty programs that wait too. */
enum { PAUSE_MS = 250 };

static const char csolink[] = CSOLINK_BINDIR "/csolink";
static int obstacle; /* errno of looking for csolink as root; 0: it can be executed */
static char failure[SESSION_REPLY_MAX / 2]; /* for *why: the answer has to have room for it */

static enum status fail(const char **why, int error)
{
    snprintf(failure, sizeof failure, "cannot start %s: %s", csolink, strerrordesc_np(error));
    *why = failure;
    return STATUS_INTERNAL;
}

static enum status leave_descriptors(const char **why)
{
    int null = open("/dev/null", O_WRONLY);
    if (null < 0 || dup2(null, STDOUT_FILENO) < 0 || dup2(null, STDERR_FILENO) < 0 ||
        close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
        return fail(why, errno);
    return STATUS_OK;
}

static bool may_go(int go)
{
    char byte;
    ssize_t size;
    do {
        size = read(go, &byte, 1);
    } while (size < 0 && errno == EINTR);
    return size == 1;
}

static void execute(const struct passwd *user, const char *runtime_dir, const char **why)
{
    char name[] = "csolink", word[] = "session", *argv[] = {name, word, NULL};
    struct environment environment = {0};
    enum status status = become_user(user, GROUPS_OF_USER, why);
    if (status == STATUS_OK)
        status = environment_build(&environment, user, runtime_dir, why);
    /* Not before: name services keep descriptors of theirs open for the next call. */
    if (status == STATUS_OK)
        status = leave_descriptors(why);
    if (status == STATUS_OK) {
        unsigned left = alarm(0); /* survives execve(2) */
        execve(csolink, argv, environment.entry);
        fail(why, errno);
        alarm(left); /* the log may wait for its daemon */
    }
}

/* In a session of its own: what the host's terminal or process group is sent is not for it. The
 * module has its answer by then; only the log can still be told. */
static void be_csolink(const struct passwd *user, const char *runtime_dir, int go)
{
    const struct timespec pause = {.tv_nsec = PAUSE_MS * 1000000L};
    const char *why = "no session of its own";
    alarm(SESSION_ALARM_SECONDS); /* fork(2) left ours behind */
    if (!may_go(go))
        _exit(EXIT_SUCCESS);
    if (setsid() >= 0) {
        nanosleep(&pause, NULL);
        execute(user, runtime_dir, &why);
    }
    syslog(LOG_AUTHPRIV | LOG_ERR, "%s: %s", user->pw_name, why);
    _exit(status_exit_code(STATUS_INTERNAL));
}

enum status csolink_fork(const struct passwd *user, const char *runtime_dir, int *go,
                         const char **why)
{
    int pair[2];
    obstacle = eaccess(csolink, X_OK) == 0 ? 0 : errno;
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair) != 0)
        return fail(why, errno);
    pid_t child = fork();
    if (child < 0)
        return fail(why, errno);
    if (child == 0) {
        close(pair[1]);
        be_csolink(user, runtime_dir, pair[0]);
    }
    close(pair[0]);
    *go = pair[1];
    return STATUS_OK;
}

enum status csolink_go(int go, const char **why)
{
    if (obstacle != 0)
        return fail(why, obstacle);
    if (send(go, "", 1, MSG_NOSIGNAL) != 1)
        return fail(why, errno);
    return STATUS_OK;
}
