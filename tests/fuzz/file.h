/* SPDX-License-Identifier: MIT
 * The configuration file that is found, whatever its path. */
#ifndef CSOLINK_FUZZ_FILE_H
#define CSOLINK_FUZZ_FILE_H

#include <stdbool.h>

#include "input.h"

/* Takes from the input whether there is a file, whose it is, and its text. */
void file_plan(struct input *input);

/* Whether the module may act after its last look at the file: only root can have written it, or it
 * is not there, or the host had no descriptor for it. */
bool file_is_usable(void);

#endif
