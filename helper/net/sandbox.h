/* SPDX-License-Identifier: MIT
 * What csolink-net gives up before it meets a stranger's page. */
#ifndef CSOLINK_NET_SANDBOX_H
#define CSOLINK_NET_SANDBOX_H

#include <stdbool.h>

/* Hardens the process (secret.h), empties the environment, closes all descriptors but 0 to 2,
 * limits files, CPU time and written bytes, dies with the parent, and gives up for good: local
 * sockets (the session bus, the keyring), kernel keys, other processes, starting programs. Before
 * any thread. False when the kernel refused a part. */
bool sandbox_enter(void);

/* From now on the process reads configuration, libraries and ca_file (may be NULL) and no other
 * file, and writes none. False when the kernel refused; true on a kernel without Landlock. */
bool sandbox_close_files(const char *ca_file);

#endif
