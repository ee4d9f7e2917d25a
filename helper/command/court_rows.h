/* SPDX-License-Identifier: MIT
 * An account's courts for csolink status: one row a court, as JSON and as lines for people. */
#ifndef CSOLINK_COMMAND_COURT_ROWS_H
#define CSOLINK_COMMAND_COURT_ROWS_H

#include <jansson.h>

#include "court/directory.h"
#include "state/state.h"

/* The courts that the state knows of: account, court, state (csolink(1)), since, linked,
 * last_status, last_at and next, what to do now. directory may be NULL: then it has nothing to say
 * in next. */
json_t *court_rows(struct state *state, const struct directory *directory);

/* Prints them, at most 80 columns wide; what they say may be a stranger's. */
void court_rows_print(const json_t *rows);

#endif
