/* SPDX-License-Identifier: MIT
 * Steps of a long run, one line each, on standard error.
 * On a terminal or when asked for; silent in a pipe. */
#include "prompt/progress.h"

#include <glib.h>
#include <unistd.h>

#include "prompt/terminal.h"

void progress_begin(struct progress *progress, bool always)
{
    progress->shown = always || isatty(STDERR_FILENO);
}

void progress_step(const struct progress *progress, int step, int of, const char *text)
{
    if (!progress->shown)
        return;
    g_autofree char *safe = terminal_escape(text);
    g_printerr("csolink: %s: step %2d of %d: %s\n", progress->court ? progress->court : "PACER",
               step, of, safe);
}

void progress_note(const struct progress *progress, const char *text)
{
    if (progress->shown)
        g_printerr("csolink: %s\n", text);
}
