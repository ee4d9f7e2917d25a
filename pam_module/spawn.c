/* SPDX-License-Identifier: MIT
 * Runs a program for a bounded time and takes one answer from it, inside somebody else's process:
 * threaded, with its own children, handlers and descriptors, none of which may notice. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "internal.h"

/* What a killed child needs to end, on a machine with much else to do. */
enum { KILL_MS = 1000 };

static void close_fd(int *fd)
{
    if (*fd >= 0)
        close(*fd);
    *fd = -1;
}

/* A host may run with 0 to 2 closed; a socket there would be overwritten on its way to the child.
 */
static bool raise_fd(int *fd)
{
    int raised = fcntl(*fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    close_fd(fd);
    *fd = raised;
    return raised >= 0;
}

static bool open_pair(int pair[2])
{
    bool opened = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0;
    return opened && raise_fd(&pair[0]) && raise_fd(&pair[1]);
}

static int set_actions(posix_spawn_file_actions_t *actions, int socket)
{
    int error = posix_spawn_file_actions_adddup2(actions, socket, STDIN_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    if (error == 0)
        error = posix_spawn_file_actions_adddup2(actions, STDOUT_FILENO, STDERR_FILENO);
    if (error == 0)
        error = posix_spawn_file_actions_addclosefrom_np(actions, STDERR_FILENO + 1);
    return error;
}

static void set_attributes(posix_spawnattr_t *attributes)
{
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setflags(attributes,
                             POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSID);
}

/* posix_spawn(3), never fork(2): a child of a threaded host that runs any code of the host's can
 * wait for ever for a lock whose holder was not copied. Returns 0 or an errno value. */
static int spawn(const char *path, int socket, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    char name[] = "csolink-session", *argv[] = {name, NULL};
    char *envp[] = {NULL};
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0)
        goto done;
    error = posix_spawnattr_init(&attributes);
    if (error != 0)
        goto free_actions;
    error = set_actions(&actions, socket);
    set_attributes(&attributes);
    if (error == 0)
        error = posix_spawn(pid, path, &actions, &attributes, argv, envp);
    posix_spawnattr_destroy(&attributes);
free_actions:
    posix_spawn_file_actions_destroy(&actions);
done:
    return error;
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Waits until fd can be read; false when the deadline passed before. A host under a storm of
 * signals may see nothing but EINTR, so the clock has the last word and not poll(2). */
static bool wait_readable(int fd, long long deadline)
{
    struct pollfd ready = {.fd = fd, .events = POLLIN};
    long long left;
    int count;
    do {
        left = deadline - now_ms();
        count = poll(&ready, 1, left > 0 ? (int)left : 0);
    } while (count < 0 && errno == EINTR && left > 0);
    return count > 0;
}

/* ECONNRESET is what the kernel reports, once, before the last message of a peer that left
 * something unread: csolink-session, which only peeks at the request, when it refuses it. */
static void receive(int socket, long long deadline, struct answer *answer)
{
    char text[SESSION_REPLY_MAX];
    ssize_t got = -1;
    bool readable = true;
    while (got < 0 && readable) {
        readable = wait_readable(socket, deadline);
        if (readable)
            got = recv(socket, text, sizeof text, MSG_DONTWAIT | MSG_TRUNC);
        if (got < 0 && errno != EINTR && errno != EAGAIN && errno != ECONNRESET)
            break;
    }
    if (!readable)
        answer_set(answer, STATUS_TIMED_OUT, "the helper did not answer in time");
    else if (got <= 0)
        answer_set(answer, STATUS_INTERNAL, "the helper ended without an answer");
    else if ((size_t)got > sizeof text)
        answer_set(answer, STATUS_BAD_INPUT, "the helper's answer is too long");
    else
        answer_parse(answer, text, (size_t)got);
}

/* The child by its pidfd: a number that the host reaped (SIGCHLD ignored, a handler, a thread) may
 * be somebody else's by now. -1 when it is gone, or had to be killed for want of a descriptor. */
static int watch(pid_t pid)
{
    int pidfd = pidfd_open(pid, 0);
    if (pidfd < 0 && errno != ESRCH) {
        kill(pid, SIGKILL);
        while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
            continue;
    }
    return pidfd;
}

/* Kills the child if it has not ended by the deadline, and reaps it if the host has not. Its exit
 * status is nobody's concern: the host may have taken it. One that the kernel cannot end either,
 * for it looks into a file system of the user's that never answers (FUSE), is not waited for. True:
 * it ended by itself. */
static bool finish(int pidfd, long long deadline)
{
    siginfo_t info;
    bool ended = wait_readable(pidfd, deadline);
    if (!ended && pidfd_send_signal(pidfd, SIGKILL, NULL, 0) == 0)
        wait_readable(pidfd, now_ms() + KILL_MS);
    while (waitid(P_PIDFD, (id_t)pidfd, &info, WEXITED | WNOHANG) < 0 && errno == EINTR)
        continue;
    return ended;
}

static void converse(int *socket, pid_t pid, long long deadline, struct answer *answer)
{
    int pidfd = watch(pid);
    receive(*socket, deadline, answer);
    /* Closed first: a helper that goes on writing learns that nobody reads. */
    close_fd(socket);
    if (pidfd >= 0 && !finish(pidfd, deadline) && answer->status != STATUS_TIMED_OUT)
        answer_set(answer, STATUS_TIMED_OUT, "the helper did not end in time");
    close_fd(&pidfd);
}

static void fail(struct answer *answer, const char *what, const char *path, int error)
{
    char detail[SESSION_REPLY_MAX];
    snprintf(detail, sizeof detail, "%s %s: %s", what, path, strerrordesc_np(error));
    answer_set(answer, STATUS_INTERNAL, detail);
}

void helper_ask(const char *path, struct record *request, int timeout_ms, struct answer *answer)
{
    long long deadline = now_ms() + timeout_ms;
    int pair[2] = {-1, -1}, error = 0;
    enum status sent = STATUS_INTERNAL;
    pid_t pid = -1;
    if (!open_pair(pair)) {
        fail(answer, "no socket for", path, errno);
        goto done;
    }
    /* Sent before the child exists: it fits into the socket, and nobody has to wait for anybody. */
    sent = record_send(request, pair[0], 0);
    record_clear(request);
    if (sent != STATUS_OK) {
        answer_set(answer, STATUS_INTERNAL, "the request could not be sent");
        goto done;
    }
    error = spawn(path, pair[1], &pid);
    if (error != 0) {
        fail(answer, "cannot start", path, error);
        goto done;
    }
    close_fd(&pair[1]);
    converse(&pair[0], pid, deadline, answer);
done:
    close_fd(&pair[0]);
    close_fd(&pair[1]);
}
