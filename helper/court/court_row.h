/* SPDX-License-Identifier: MIT
 * One row of a court table (csolink(1), FILES): six fields between tabs. */
#ifndef CSOLINK_COURT_ROW_H
#define CSOLINK_COURT_ROW_H

#include <glib.h>

#include "court/directory.h"

/* Cuts line[0..size), with the NUL behind it, into a court that points into it. NULL, or why it is
 * none; that is a constant, and the line may have been cut by then. */
const char *court_row_parse(char *line, gsize size, struct court *court);

#endif
