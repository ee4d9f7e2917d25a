/* SPDX-License-Identifier: MIT
 * The rows of a grid while it is read. What does not fit sets grid->failed. */
#ifndef CSOLINK_NET_GRID_ROWS_H
#define CSOLINK_NET_GRID_ROWS_H

#include "page/grid.h"

/* A new row without cells; NULL: there is no room. */
struct grid_row *grid_add_row(struct grid *grid, unsigned table);

/* Sets a cell to size bytes of text, trimmed; cells before it that are not there become empty. */
void grid_set_cell(struct grid *grid, struct grid_row *row, size_t column, const char *text,
                   size_t size);

/* Adds a line as a row: two cells where it is "LABEL: VALUE", or where TAB divides it. */
void grid_add_line(struct grid *grid, const char *line, size_t size);

/* How much of the line is its label, the colon included; 0 when it is no "LABEL: VALUE". */
size_t grid_label_size(const char *line, size_t size);

#endif
