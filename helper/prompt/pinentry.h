/* SPDX-License-Identifier: MIT
 * Asking the person in a dialog of pinentry(1), GnuPG's, for who has a display and no terminal. */
#ifndef CSOLINK_PINENTRY_H
#define CSOLINK_PINENTRY_H

#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"

/* Is there a display, X11's or Wayland's, and an executable at path? Only an absolute path is one.
 */
bool pinentry_has_person(const char *path);

/* Shows text, without control characters and markup, and takes one line, which is not shown;
 * seconds from now on. STATUS_OK, STATUS_CANCELLED (the button, Escape, or the window closed),
 * STATUS_TIMED_OUT, STATUS_BAD_INPUT (longer than any answer), STATUS_INTERNAL;
 * STATUS_NEEDS_PERSON: there is no pinentry_has_person(), the program crashed, hung before it asked
 * or was not understood, or text is too long for a dialog. answer is empty unless it is STATUS_OK.
 */
enum status pinentry_ask(const char *path, const char *text, int seconds, struct secret *answer);

#endif
