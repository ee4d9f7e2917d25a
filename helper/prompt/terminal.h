/* SPDX-License-Identifier: MIT
 * Asking on the terminal, for ask.h, which decides who is asked. Never on standard input or output:
 * those are the wire. */
#ifndef CSOLINK_TERMINAL_H
#define CSOLINK_TERMINAL_H

#include <glib.h>
#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"

/* Is there a terminal on which this process may ask: /dev/tty, our process group in its foreground?
 */
bool terminal_has_person(void);

/* Prints prompt, reads one line without echo. Statuses of both: STATUS_OK, STATUS_NEEDS_PERSON
 * (no terminal), STATUS_TIMED_OUT (seconds are over), STATUS_CANCELLED (end of file),
 * STATUS_BAD_INPUT (longer than any answer), STATUS_INTERNAL. Text that comes from a server is to
 * be escaped by the caller with terminal_escape(). */
enum status terminal_ask_secret(const char *prompt, int seconds, struct secret *answer);

/* The same with echo. */
enum status terminal_ask_line(const char *prompt, int seconds, struct secret *answer);

/* Shows "TITLE: SECRET" with blank lines around it, and nothing of it in memory that is not locked.
 * STATUS_OK, STATUS_NEEDS_PERSON. */
enum status terminal_show_secret(const char *title, const struct secret *secret);

/* Text with every byte that is not printable ASCII replaced by "?" (newlines stay); for g_free.
 * A court's page must not move the cursor. */
char *terminal_escape(const char *text);

/* Prints on standard output what printf() would, escaped so: names of files and of keyring items
 * are those that other programs wrote. */
void terminal_print(const char *format, ...) G_GNUC_PRINTF(1, 2);

#endif
