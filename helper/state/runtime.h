/* SPDX-License-Identifier: MIT
 * Our folder in memory, /run/user/UID/csolink/: logind removes it after the last logout. Its path
 * is computed, not taken from the environment, which under su is another user's. */
#ifndef CSOLINK_RUNTIME_H
#define CSOLINK_RUNTIME_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

/* Opens the folder, made with mode 0700 if it is not there. The descriptor is the caller's; -1: it
 * cannot be had or trusted (not ours alone, or not in memory), and *error is ENOENT where there is
 * no runtime directory at all. */
int runtime_open(int *error);

/* The same for whoever writes or removes files in it: no other process does meanwhile, until the
 * descriptor is closed. Waits for it under the process's deadline; hold it briefly. */
int runtime_open_locked(int *error);

/* Locks what runtime_open() gave, until it is closed, as runtime_open_locked() does. False: another
 * process held it for wait_ms, in milliseconds. */
bool runtime_lock(int folder, int wait_ms);

/* Puts a file with mode 0600 in the place of what name is now, at once and whole: whoever reads has
 * the old or the new one, and what a crash left is overwritten by the next. folder is of
 * runtime_open_locked(). modified is the file's time stamp; NULL: now. False: nothing changed. */
bool runtime_replace(int folder, const char *name, const char *bytes, size_t size,
                     const struct timespec *modified);

#endif
