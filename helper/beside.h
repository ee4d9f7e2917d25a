/* SPDX-License-Identifier: MIT
 * Finding our own files: beside this executable, else in the compiled folder. */
#ifndef CSOLINK_BESIDE_H
#define CSOLINK_BESIDE_H

/* The path of name: in the folder of this executable if it is there, else in folder. For g_free. */
char *beside_executable(const char *name, const char *folder);

#endif
