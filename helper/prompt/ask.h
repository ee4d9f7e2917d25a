/* SPDX-License-Identifier: MIT
 * Asking the person, wherever she is: on her terminal, else in a dialog on her display, else there
 * is nobody. Questions name the account and the court: a dialog has no context. */
#ifndef CSOLINK_ASK_H
#define CSOLINK_ASK_H

#include <stdbool.h>

#include "config/config.h"
#include "csolink/secret.h"

/* Is there anybody? Not with GIT_TERMINAL_PROMPT=0 or after ask_nobody(). Looked up anew at each
 * call: a job can be sent to the background. */
bool ask_has_person(const struct config *config);

/* From now on this process has nobody: nobody waits for what it does. */
void ask_nobody(void);

/* Did somebody have a question of this process before her, whatever she made of it? */
bool ask_reached_person(void);

/* Ask for one line, person_timeout long; what she types is not shown, or (ask_line(), on a
 * terminal) is. Text that comes from a server is to be escaped by the caller with
 * terminal_escape(). STATUS_OK; STATUS_NEEDS_PERSON: there is nobody, or the dialog failed;
 * STATUS_TIMED_OUT; STATUS_CANCELLED: end of file, or the dialog dismissed; STATUS_BAD_INPUT:
 * longer than any answer; STATUS_INTERNAL. */
enum status ask_secret(const struct config *config, const char *prompt, struct secret *answer);
enum status ask_line(const struct config *config, const char *prompt, struct secret *answer);

/* Shows text and asks; only the word "yes", typed, is a yes. STATUS_OK: yes. STATUS_CANCELLED: any
 * other answer. Else as above. */
enum status ask_yes(const struct config *config, const char *text);

/* Shows "TITLE: SECRET" on her terminal and nowhere else. STATUS_OK, STATUS_NEEDS_PERSON. */
enum status ask_show_secret(const char *title, const struct secret *secret);

#endif
