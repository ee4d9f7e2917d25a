/* SPDX-License-Identifier: MIT
 * The process of a pinentry: started with nothing of ours but one socket, cut off when its time is
 * over, and never left behind. */
#ifndef CSOLINK_PINENTRY_PROCESS_H
#define CSOLINK_PINENTRY_PROCESS_H

#include <glib.h>
#include <stdbool.h>

/* For this file's functions alone, but for socket: our side of its standard input and output. */
struct pinentry_process {
    int socket;
    GPid id;
    GThread *watch;
    GMutex lock;
    GCond changed;
    gint64 end; /* monotonic microseconds; 0: it is to end now */
    bool was_cut;
};

/* Starts the program at path, an absolute one, in a session of its own: it has no terminal to grab.
 * Its environment is ours but for GPG_TTY, its signals are the default ones, and it ends with this
 * process. At end, as g_get_monotonic_time() counts, socket is shut down, so that no read waits for
 * longer. False: it cannot be started; then there is nothing to end. */
bool pinentry_process_start(struct pinentry_process *process, const char *path, gint64 end);

/* Another end. False: the time was over before, and the socket is shut down. */
bool pinentry_process_prolong(struct pinentry_process *process, gint64 end);

/* Kills it, whatever it does, and what it has started. True: it was cut off before. */
bool pinentry_process_end(struct pinentry_process *process);

#endif
