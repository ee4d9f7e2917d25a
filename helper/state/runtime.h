/* SPDX-License-Identifier: MIT
 * Our folder in memory, /run/user/UID/csolink/: logind removes it after the last logout. Its path
 * is computed, not taken from the environment, which under su is another user's. */
#ifndef CSOLINK_RUNTIME_H
#define CSOLINK_RUNTIME_H

/* Opens the folder, made with mode 0700 if it is not there. The descriptor is the caller's; -1: it
 * cannot be had or trusted (not ours alone, or not in memory), and *error is ENOENT where there is
 * no runtime directory at all. */
int runtime_open(int *error);

#endif
