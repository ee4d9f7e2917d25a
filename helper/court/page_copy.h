/* SPDX-License-Identifier: MIT
 * A copy of the page that was not recognised, for support; csolink-net has scrubbed it. */
#ifndef CSOLINK_PAGE_COPY_H
#define CSOLINK_PAGE_COPY_H

#include "state/state.h"

/* Writes it, 0600, into the account's state folder, one a court, and puts "; a copy is in PATH" at
 * the end of *detail (for g_free; may be NULL). Failure is silent: the copy is a courtesy. */
void page_copy_save(const struct state *state, const char *court, const char *text, char **detail);

#endif
