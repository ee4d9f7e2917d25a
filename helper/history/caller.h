/* SPDX-License-Identifier: MIT
 * Which program asks: the names of the processes above this one. */
#ifndef CSOLINK_CALLER_H
#define CSOLINK_CALLER_H

#include <glib.h>

/* The parent's name first; above git, a shell and our own programs also theirs, CALLER_LEVELS in
 * all. A name is the process's own, with its executable's where that says more: "file-it
 * (python3.11)". Printable ASCII. Command lines are never read: they may hold secrets. Empty where
 * /proc hides other processes. For g_strfreev. */
enum { CALLER_LEVELS = 4 };
char **caller_names(void);

#endif
