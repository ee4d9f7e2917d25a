/* SPDX-License-Identifier: MIT
 * Steps on standard error. There is one terminal, and so at most one bar in the process. */
#include "prompt/progress.h"

#include <glib.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "prompt/terminal.h"

enum { BAR_WIDTH = 22, NARROWEST = 40, USUAL_WIDTH = 80 };

#define ERASE_LINE "\r\033[K"

static volatile sig_atomic_t drawn;

static int terminal_width(void)
{
    struct winsize size = {0};
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0;
    return known ? size.ws_col : USUAL_WIDTH;
}

static bool can_redraw(void)
{
    const char *kind = g_getenv("TERM");
    return kind && *kind != '\0' && strcmp(kind, "dumb") != 0 && terminal_width() >= NARROWEST;
}

void progress_begin(struct progress *progress, bool lines)
{
    if (lines)
        progress->form = PROGRESS_LINES;
    else if (!isatty(STDERR_FILENO))
        progress->form = PROGRESS_SILENT;
    else
        progress->form = can_redraw() ? PROGRESS_BAR : PROGRESS_LINES;
}

static const char *whom(const struct progress *progress)
{
    return progress->court ? progress->court : "PACER";
}

/* One line whatever a text holds: terminal_escape() leaves newlines. */
static char *one_line(const char *text)
{
    return g_strdelimit(terminal_escape(text), "\n", '?');
}

char *progress_bar(const struct progress *progress, int step, int of, const char *text, int width)
{
    g_autofree char *safe = one_line(text);
    GString *line = g_string_new(NULL);
    int at = of > 0 ? CLAMP(step, 0, of) * BAR_WIDTH / of : 0;
    if (progress->courts > 0)
        g_string_append_printf(line, "%d of %d  ", progress->nth, progress->courts);
    g_string_append_printf(line, "%-7s [", whom(progress));
    for (int i = 0; i < BAR_WIDTH; i++)
        g_string_append_c(line, i < at - 1 ? '=' : i == at - 1 ? '>' : ' ');
    g_string_append_printf(line, "] %2d/%d %s", step, of, safe);
    /* In the last column some terminals begin the next line. */
    if (line->len >= (gsize)width)
        g_string_truncate(line, (gsize)width - 1);
    return g_string_free(line, FALSE);
}

static void draw(const struct progress *progress, int step, int of, const char *text)
{
    g_autofree char *bar = progress_bar(progress, step, of, text, terminal_width());
    drawn = 1;
    g_printerr("%s%s", ERASE_LINE, bar);
}

void progress_step(const struct progress *progress, int step, int of, const char *text)
{
    if (progress->form == PROGRESS_BAR)
        draw(progress, step, of, text);
    if (progress->form != PROGRESS_LINES)
        return;
    g_autofree char *safe = one_line(text);
    g_autofree char *which = progress->courts > 0
                                 ? g_strdup_printf(" (%d of %d)", progress->nth, progress->courts)
                                 : g_strdup("");
    g_printerr("csolink: %s%s: step %2d of %d: %s\n", whom(progress), which, step, of, safe);
}

void progress_note(const struct progress *progress, const char *text)
{
    progress_clear();
    if (progress->form != PROGRESS_SILENT)
        g_printerr("csolink: %s\n", text);
}

void progress_clear(void)
{
    if (drawn)
        (void)!write(STDERR_FILENO, ERASE_LINE, strlen(ERASE_LINE));
    drawn = 0;
}
