/* SPDX-License-Identifier: MIT
 * Copies of pages that were not recognised, for support; csolink-net has scrubbed them. */
#ifndef CSOLINK_PAGE_COPY_H
#define CSOLINK_PAGE_COPY_H

#include "state/state.h"

/* At most so many are kept, of all environments together; the oldest goes. */
enum { PAGE_COPIES_MAX = 10 };

/* Adds a line that the worker sent, up to PAGE_COPY_MAX bytes; makes the page at the first one, for
 * g_string_free(). */
void page_copy_add(GString **page, const char *line);

/* Writes ~/.local/state/csolink/pages/ENVIRONMENT-COURT.page.html, 0600, at once and whole, in the
 * place of the court's copy before, and puts "; a copy is in PATH" at the end of *detail (for
 * g_free; may be NULL). They are of the court, not of the account, and stay when that is removed.
 * Failure is silent: the copy is a courtesy. */
void page_copy_save(const struct state *state, const char *court, const char *text, char **detail);

/* Where the court's copy is, as people write it, for g_free; NULL: there is none. */
char *page_copy_of(const struct state *state, const char *court);

#endif
