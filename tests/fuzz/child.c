/* SPDX-License-Identifier: MIT
 * The invented helper: what posix_spawn(3) would start, what it does with its socket, when it ends,
 * who reaps it; and the clock, which only goes on while somebody waits. */
#include "child.h"

#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "faults.h"

/* A number that no process can have: above the kernel's PID_MAX_LIMIT. */
enum { CHILD_PID = 4194305, ANSWER_MAX = 2048, LATE_MS = 10, REPETITIONS = 3 };

/* What it does, one bit each. Its socket outlives it in a grandchild; an answer with a NUL in it is
 * the rest of the input. */
enum {
    READS = 1,
    ANSWERS = 2,
    REPEATS = 4,
    LINGERS = 8,
    KEEPS_SOCKET = 16,
    IS_LATE = 32,
    HAS_NUL = 64,
};

static struct {
    unsigned habits;
    char answer[ANSWER_MAX];
    size_t size;
    enum { NONE, STARTED, ACTED, ENDED } state;
    int given;  /* the host's descriptor that would become the child's 0 */
    int socket; /* the child's own copy of it */
    int pidfd;  /* an eventfd in its place: readable when the child has ended */
    struct record request;
    bool has_request;
    long long now_ms;
} child = {.given = -1, .socket = -1, .pidfd = -1};

void child_plan(struct input *input)
{
    child.habits = take_byte(input);
    int end = child.habits & HAS_NUL ? TO_THE_END : '\0';
    child.size = take_bytes(input, end, child.answer, sizeof child.answer);
    child.now_ms = 0;
}

const char *child_answer(size_t *size)
{
    *size = child.size;
    return child.answer;
}

const struct record *child_request(void)
{
    return child.has_request ? &child.request : NULL;
}

long long child_clock_ms(void)
{
    return child.now_ms;
}

static void drop_socket(void)
{
    if (child.socket >= 0)
        close(child.socket);
    child.socket = -1;
}

void child_forget(void)
{
    HOLDS(child.state == NONE);
    drop_socket();
    record_clear(&child.request);
    child.has_request = false;
}

static void end(void)
{
    child.state = ENDED;
    if (child.pidfd >= 0)
        eventfd_write(child.pidfd, 1);
    if (!(child.habits & KEEPS_SOCKET))
        drop_socket();
}

static void act(void)
{
    bool before = faults_allow(false);
    unsigned count = child.habits & REPEATS ? REPETITIONS : 1;
    child.state = ACTED;
    if (child.habits & READS) {
        child.has_request = record_receive(&child.request, child.socket, 0) == STATUS_OK;
        HOLDS(child.has_request);
    }
    for (unsigned i = 0; i < count && child.habits & ANSWERS; i++)
        send(child.socket, child.answer, child.size, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (!(child.habits & LINGERS))
        end();
    faults_allow(before);
}

/* --- its birth --- */

int __wrap_posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int as);
int __wrap_posix_spawn_file_actions_adddup2(posix_spawn_file_actions_t *actions, int fd, int as)
{
    (void)actions;
    if (fault_due(FUNCTION_posix_spawn_file_actions_adddup2))
        return errno;
    if (as == STDIN_FILENO)
        child.given = fd;
    return 0;
}

int __wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const envp[]);
int __wrap_posix_spawn(pid_t *pid, const char *path, const posix_spawn_file_actions_t *actions,
                       const posix_spawnattr_t *attributes, char *const argv[], char *const envp[])
{
    (void)actions;
    (void)attributes;
    HOLDS(path[0] == '/' && argv[0] && envp && !envp[0]);
    if (fault_due(FUNCTION_posix_spawn))
        return errno;
    child_forget();
    child.state = STARTED;
    child.socket = dup(child.given);
    HOLDS(child.socket > STDERR_FILENO);
    if (!(child.habits & IS_LATE))
        act();
    *pid = CHILD_PID;
    return 0;
}

/* --- its end --- */

int __wrap_pidfd_open(pid_t pid, unsigned flags);
int __wrap_pidfd_open(pid_t pid, unsigned flags)
{
    (void)flags;
    HOLDS(pid == CHILD_PID && child.state != NONE);
    if (fault_due(FUNCTION_pidfd_open)) {
        int error = errno;
        if (error == ESRCH) { /* ended, and reaped by the host */
            end();
            child.state = NONE;
        }
        errno = error;
        return -1;
    }
    child.pidfd = eventfd(child.state == ENDED, EFD_CLOEXEC | EFD_NONBLOCK);
    return child.pidfd;
}

int __wrap_pidfd_send_signal(int pidfd, int signal_number, siginfo_t *info, unsigned flags);
int __wrap_pidfd_send_signal(int pidfd, int signal_number, siginfo_t *info, unsigned flags)
{
    (void)info;
    (void)flags;
    HOLDS(pidfd == child.pidfd && signal_number == SIGKILL);
    end();
    return 0;
}

int __wrap_kill(pid_t pid, int signal_number);
int __wrap_kill(pid_t pid, int signal_number)
{
    HOLDS(pid == CHILD_PID && child.state != NONE && signal_number == SIGKILL);
    end();
    return 0;
}

/* ECHILD: a host that ignores SIGCHLD, or a thread of it that reaps everything, was first. */
static int reap(enum function function)
{
    bool fault = fault_due(function);
    int error = errno;
    HOLDS(child.state == ENDED || error == ECHILD); /* else it would wait for a child that lives */
    if (!fault || error == ECHILD)
        child.state = NONE;
    child.pidfd = child.state == NONE ? -1 : child.pidfd;
    return fault ? -1 : 0;
}

int __wrap_waitid(idtype_t kind, id_t id, siginfo_t *info, int options);
int __wrap_waitid(idtype_t kind, id_t id, siginfo_t *info, int options)
{
    (void)info;
    HOLDS(kind == P_PIDFD && (int)id == child.pidfd && options == (WEXITED | WNOHANG));
    return reap(FUNCTION_waitid);
}

pid_t __wrap_waitpid(pid_t pid, int *status, int options);
pid_t __wrap_waitpid(pid_t pid, int *status, int options)
{
    HOLDS(pid == CHILD_PID && !status && options == 0);
    return reap(FUNCTION_waitpid) == 0 ? CHILD_PID : -1;
}

/* --- waiting for it --- */

int __wrap_clock_gettime(clockid_t id, struct timespec *now);
int __real_clock_gettime(clockid_t id, struct timespec *now);
int __wrap_clock_gettime(clockid_t id, struct timespec *now)
{
    if (!on_trial())
        return __real_clock_gettime(id, now);
    HOLDS(id == CLOCK_MONOTONIC);
    now->tv_sec = child.now_ms / 1000;
    now->tv_nsec = child.now_ms % 1000 * 1000000;
    return 0;
}

int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout);
int __real_poll(struct pollfd *descriptors, nfds_t count, int timeout);
int __wrap_poll(struct pollfd *descriptors, nfds_t count, int timeout)
{
    if (!on_trial())
        return __real_poll(descriptors, count, timeout);
    HOLDS(timeout >= 0);
    if (fault_due(FUNCTION_poll))
        return -1;
    int ready = __real_poll(descriptors, count, 0);
    if (ready == 0 && child.state == STARTED && timeout >= LATE_MS) {
        child.now_ms += LATE_MS;
        timeout -= LATE_MS;
        act();
        ready = __real_poll(descriptors, count, 0);
    }
    if (ready == 0)
        child.now_ms += timeout;
    return ready;
}
