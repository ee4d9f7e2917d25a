/* SPDX-License-Identifier: MIT
 * A page's main content as a reader sees it: rows of cells. A line outside of tables is a row too:
 * "LABEL: VALUE" and <label>, <dt> with what follows are two cells, other lines one. */
#ifndef CSOLINK_NET_GRID_H
#define CSOLINK_NET_GRID_H

#include "page/page.h"

enum { GRID_ROWS_MAX = 400, GRID_COLUMNS_MAX = 12 };

struct grid_row {
    unsigned table;                /* which one; 0 for lines outside of tables */
    size_t count;                  /* of cells */
    char *cells[GRID_COLUMNS_MAX]; /* folded text, never NULL; a cell that spans columns or rows
                                      stands in each */
    bool copies[GRID_COLUMNS_MAX]; /* it stands here only because it spans */
};

/* {0} is empty; free with grid_clear(). */
struct grid {
    struct grid_row *rows;
    size_t count;
    bool failed; /* it is not whole */
};

/* Reads the page. A visible text field counts as its value. False: the page has more rows, cells
 * in a row, or tables in tables than one that is meant for people, or memory is out. */
bool grid_read(const struct page *page, struct grid *grid);
void grid_clear(struct grid *grid);
#define GRID_AUTO __attribute__((cleanup(grid_clear)))

#endif
