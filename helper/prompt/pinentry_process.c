/* SPDX-License-Identifier: MIT
 * Starting, watching and ending a pinentry.
 * libassuan has no time limits, and pinentry-gnome3 waits for a reply of the desktop that may never
 * come: a thread shuts the socket down, which ends every read of it. */
#include "prompt/pinentry_process.h"

#include <errno.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static gpointer watch(gpointer data)
{
    struct pinentry_process *process = data;
    g_mutex_lock(&process->lock);
    while (g_get_monotonic_time() < process->end)
        g_cond_wait_until(&process->changed, &process->lock, process->end);
    process->was_cut = process->end != 0;
    shutdown(process->socket, SHUT_RDWR);
    g_mutex_unlock(&process->lock);
    return NULL;
}

/* Between fork and exec: system calls alone. What csolink ignores a dialog needs, and one whose
 * answer nobody waits for must not stay. */
static void prepare_child(gpointer unused)
{
    sigset_t none;
    (void)unused;
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGTERM);
}

static bool spawn(struct pinentry_process *process, const char *path, int theirs)
{
    char *arguments[] = {(char *)path, NULL};
    /* A pinentry without a display would take the terminal that this names. */
    g_auto(GStrv) environment = g_environ_unsetenv(g_get_environ(), "GPG_TTY");
    return g_spawn_async_with_fds("/", arguments, environment,
                                  G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_STDERR_TO_DEV_NULL,
                                  prepare_child, NULL, &process->id, theirs, theirs, -1, NULL);
}

bool pinentry_process_start(struct pinentry_process *process, const char *path, gint64 end)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, sockets) != 0)
        return false;
    *process = (struct pinentry_process){.socket = sockets[0], .end = end};
    bool started = spawn(process, path, sockets[1]);
    close(sockets[1]);
    if (!started) {
        close(process->socket);
        return false;
    }
    g_mutex_init(&process->lock);
    g_cond_init(&process->changed);
    process->watch = g_thread_new("pinentry", watch, process);
    return true;
}

static void set_end(struct pinentry_process *process, gint64 end)
{
    process->end = end;
    g_cond_signal(&process->changed);
}

bool pinentry_process_prolong(struct pinentry_process *process, gint64 end)
{
    g_mutex_lock(&process->lock);
    bool in_time = !process->was_cut;
    set_end(process, end);
    g_mutex_unlock(&process->lock);
    return in_time;
}

bool pinentry_process_end(struct pinentry_process *process)
{
    g_mutex_lock(&process->lock);
    set_end(process, 0);
    g_mutex_unlock(&process->lock);
    g_thread_join(process->watch);
    g_cond_clear(&process->changed);
    g_mutex_clear(&process->lock);
    kill(-process->id, SIGKILL);
    while (waitpid(process->id, NULL, 0) < 0 && errno == EINTR)
        continue;
    close(process->socket);
    return process->was_cut;
}
