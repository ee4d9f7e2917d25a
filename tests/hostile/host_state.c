/* SPDX-License-Identifier: MIT
 * Takes and compares what a host has: descriptors, signals, identity, environment, limits, threads,
 * children. */
#include "host_state.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

static atomic_uint forks;

static void count_fork(void)
{
    forks++;
}

void host_state_count_forks(void)
{
    pthread_atfork(count_fork, NULL, NULL);
}

static void take_fds(struct host_state *state)
{
    for (int fd = 0; fd < FDS_WATCHED; fd++) {
        struct stat found = {0};
        state->fds[fd].flags = fcntl(fd, F_GETFD);
        if (state->fds[fd].flags >= 0 && fstat(fd, &found) == 0) {
            state->fds[fd].device = found.st_dev;
            state->fds[fd].inode = found.st_ino;
        }
    }
}

/* Member by member: glibc leaves bytes of a struct sigaction as they were. */
static void take_action(struct action_state *state, int signal)
{
    struct sigaction action;
    if (sigaction(signal, NULL, &action) != 0) /* glibc's own */
        return;
    state->handler = action.sa_handler;
    state->flags = action.sa_flags;
    for (int other = 1; other < NSIG; other++)
        state->blocks[other] = sigismember(&action.sa_mask, other) == 1;
}

static void take_signals(struct host_state *state)
{
    struct itimerval timer;
    for (int signal = 1; signal < NSIG; signal++)
        take_action(&state->actions[signal], signal);
    pthread_sigmask(SIG_SETMASK, NULL, &state->mask);
    sigaltstack(NULL, &state->signal_stack);
    getitimer(ITIMER_REAL, &timer);
    state->timer_interval_us = timer.it_interval.tv_sec * 1000000 + timer.it_interval.tv_usec;
    if (state->timer_interval_us == 0)
        state->timer_left_us = timer.it_value.tv_sec * 1000000 + timer.it_value.tv_usec;
}

static void take_identity(struct host_state *state)
{
    getresuid(&state->uids[0], &state->uids[1], &state->uids[2]);
    getresgid(&state->gids[0], &state->gids[1], &state->gids[2]);
    state->group_count = getgroups(GROUPS_WATCHED, state->groups);
    state->session = getsid(0);
    state->process_group = getpgid(0);
    state->dumpable = prctl(PR_GET_DUMPABLE);
    state->no_new_privileges = prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0);
    state->keep_capabilities = prctl(PR_GET_KEEPCAPS);
    prctl(PR_GET_CHILD_SUBREAPER, &state->is_subreaper);
    state->priority = getpriority(PRIO_PROCESS, 0);
}

static void take_surroundings(struct host_state *state)
{
    size_t used = 0;
    struct stat tasks = {0};
    state->umask = umask(0);
    umask(state->umask);
    if (!getcwd(state->directory, sizeof state->directory))
        state->directory[0] = '\0';
    for (char **entry = environ; *entry && used < sizeof state->environment; entry++)
        used += (size_t)snprintf(state->environment + used, sizeof state->environment - used,
                                 "%s\n", *entry);
    for (int which = 0; which < RLIMIT_NLIMITS; which++)
        getrlimit((__rlimit_resource_t)which, &state->limits[which]);
    /* proc(5) counts a process's threads as links of this directory, besides "." and "..". */
    if (stat("/proc/self/task", &tasks) == 0)
        state->threads = (unsigned)tasks.st_nlink - 2;
    state->forks = forks;
}

void host_state_take(struct host_state *state)
{
    memset(state, 0, sizeof *state);
    take_fds(state);
    take_signals(state);
    take_identity(state);
    take_surroundings(state);
}

/* Also one that has ended and that nobody waited for. */
static bool has_child(void)
{
    siginfo_t info;
    return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

#define DIFFERS(member) (memcmp(&before->member, &after->member, sizeof before->member) != 0)

const char *host_state_difference(const struct host_state *before, const struct host_state *after)
{
    const struct {
        bool differs;
        const char *what;
    } things[] = {
        {DIFFERS(fds), "the descriptors"},
        {has_child(), "that there is no child"},
        {DIFFERS(actions), "the dispositions of signals"},
        {DIFFERS(mask), "the signal mask"},
        {DIFFERS(signal_stack), "the signal stack"},
        {DIFFERS(timer_interval_us) || DIFFERS(timer_left_us), "the alarm"},
        {DIFFERS(limits), "the resource limits"},
        {DIFFERS(uids), "the user IDs"},
        {DIFFERS(gids), "the group IDs"},
        {DIFFERS(group_count) || DIFFERS(groups), "the supplementary groups"},
        {DIFFERS(umask), "the umask"},
        {DIFFERS(directory), "the working directory"},
        {DIFFERS(environment), "the environment"},
        {DIFFERS(session) || DIFFERS(process_group), "the session or process group"},
        {DIFFERS(dumpable), "whether the host can be dumped"},
        {DIFFERS(no_new_privileges), "no_new_privs"},
        {DIFFERS(keep_capabilities), "keep_capabilities"},
        {DIFFERS(is_subreaper), "whose orphans are the host's"},
        {DIFFERS(priority), "the priority"},
        {DIFFERS(threads), "the number of threads"},
        {DIFFERS(forks), "how often the host was forked"},
    };
    for (size_t i = 0; i < sizeof things / sizeof things[0]; i++) {
        if (things[i].differs)
            return things[i].what;
    }
    return NULL;
}
