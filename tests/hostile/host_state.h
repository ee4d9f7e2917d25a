/* SPDX-License-Identifier: MIT
 * What a host has and may not lose to a module: taken before a call and compared after it.
 * Needs no descriptor, so that it also works in a host that has none left. */
#ifndef CSOLINK_HOST_STATE_H
#define CSOLINK_HOST_STATE_H

#include <signal.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <sys/types.h>

enum { FDS_WATCHED = 256, GROUPS_WATCHED = 64 };

/* One descriptor: its flags and the file behind it. */
struct fd_state {
    int flags; /* F_GETFD; -1: closed */
    dev_t device;
    ino_t inode;
};

struct action_state {
    void (*handler)(int);
    int flags;
    bool blocks[NSIG]; /* meanwhile */
};

struct host_state {
    struct fd_state fds[FDS_WATCHED];
    struct action_state actions[NSIG];
    sigset_t mask;
    stack_t signal_stack;
    long timer_interval_us; /* of ITIMER_REAL; 0: an alarm that somebody set has no interval */
    long timer_left_us;     /* only where there is no interval */
    struct rlimit limits[RLIMIT_NLIMITS];
    uid_t uids[3];
    gid_t gids[3], groups[GROUPS_WATCHED];
    int group_count;
    mode_t umask;
    char directory[4096], environment[16384];
    pid_t session, process_group;
    int dumpable, no_new_privileges, keep_capabilities, is_subreaper, priority;
    unsigned threads, forks;
};

/* Counts from now on how often the process is forked: a posix_spawn(3) does not. */
void host_state_count_forks(void);

void host_state_take(struct host_state *state);

/* Names the first thing that differs; NULL: nothing. A child in after is a difference, too. */
const char *host_state_difference(const struct host_state *before, const struct host_state *after);

#endif
