/* SPDX-License-Identifier: MIT
 * What csolink-net gives up before it reads its first byte: it parses pages of strangers. */
#ifndef CSOLINK_NET_SANDBOX_H
#define CSOLINK_NET_SANDBOX_H

#include <stdbool.h>

/* Hardens the process (secret.h), closes all descriptors but 0 to 2, limits files, CPU time and
 * written bytes, and dies with the parent. False when the kernel refused a part. */
bool sandbox_enter(void);

#endif
