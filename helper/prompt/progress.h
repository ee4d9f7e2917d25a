/* SPDX-License-Identifier: MIT
 * The steps of a long run, shown while it runs: one line that is drawn anew on a terminal, or a
 * line a step. Silent in a pipe. */
#ifndef CSOLINK_PROGRESS_H
#define CSOLINK_PROGRESS_H

#include <stdbool.h>

enum progress_form { PROGRESS_SILENT, PROGRESS_BAR, PROGRESS_LINES };

/* court is whom a step is at; NULL is PACER. It belongs to the caller. The court is the nth of
 * courts; where there is one only, courts is 0. */
struct progress {
    enum progress_form form;
    const char *court;
    int nth, courts;
};

/* Shown on standard error: as a bar if that is a terminal that can draw one, as lines if it cannot
 * (TERM is dumb or missing, fewer than 40 columns) or if lines is set, then also in a pipe. */
void progress_begin(struct progress *progress, bool lines);
void progress_step(const struct progress *progress, int step, int of, const char *text);

/* A line of our own making, such as why we wait. */
void progress_note(const struct progress *progress, const char *text);

/* Takes the bar away, if one is drawn. Before anything else is written to the terminal; the next
 * step draws it again. Async-signal-safe. */
void progress_clear(void);

/* "3 of 40  alnd    [=======>     ]  7/11 Submit", at most width - 1 characters; for g_free. */
char *progress_bar(const struct progress *progress, int step, int of, const char *text, int width);

#endif
