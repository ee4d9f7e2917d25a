/* SPDX-License-Identifier: MIT
 * The steps of a long run, shown while it runs. */
#ifndef CSOLINK_PROGRESS_H
#define CSOLINK_PROGRESS_H

#include <stdbool.h>

/* court is whom a step is at; NULL is PACER. It belongs to the caller. */
struct progress {
    bool shown;
    const char *court;
};

/* Shown on standard error if that is a terminal, or if always is set. */
void progress_begin(struct progress *progress, bool always);
void progress_step(const struct progress *progress, int step, int of, const char *text);

/* A line of our own making, such as why we wait. */
void progress_note(const struct progress *progress, const char *text);

#endif
