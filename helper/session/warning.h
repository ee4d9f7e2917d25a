/* SPDX-License-Identifier: MIT
 * PACER's warning on a sign-on that succeeded (result 0 with a text: no client code, search
 * disabled; Authentication API User Guide, p. 13): group "warning" of the account's state. */
#ifndef CSOLINK_WARNING_H
#define CSOLINK_WARNING_H

#include <glib.h>

#include "state/state.h"

/* What the last sign-on that succeeded was told, in PACER's own words. text is NULL where it was
 * told nothing, and a stranger's: escape it. */
struct warning {
    char *text;
    gint64 at; /* Unix seconds */
};
void warning_clear(struct warning *warning);
#define WARNING_AUTO __attribute__((cleanup(warning_clear)))

void warning_read(struct state *state, struct warning *warning);

/* Keeps text in the last one's place; NULL: PACER has none any more. *is_new: somebody is there to
 * see it (shown), and this text was not shown for this account before. Statuses of state_begin()
 * and state_commit(). */
enum status warning_keep(struct state *state, const char *text, bool shown, bool *is_new);

#endif
