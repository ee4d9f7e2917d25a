/* SPDX-License-Identifier: MIT
 * The rows of a grid while it is read. */
#include "page/grid_rows.h"

#include <stdlib.h>
#include <string.h>

struct grid_row *grid_add_row(struct grid *grid, unsigned table)
{
    if (grid->count == GRID_ROWS_MAX || grid->failed) {
        grid->failed = true;
        return NULL;
    }
    struct grid_row *row = &grid->rows[grid->count++];
    row->table = table;
    return row;
}

static char *trimmed(const char *text, size_t size)
{
    for (; size > 0 && (unsigned char)*text <= ' '; text++)
        size--;
    while (size > 0 && (unsigned char)text[size - 1] <= ' ')
        size--;
    char *copy = strndup(text, size);
    for (char *byte = copy; byte && *byte; byte++)
        if (*byte == '\t' || *byte == '\n')
            *byte = ' ';
    return copy;
}

void grid_set_cell(struct grid *grid, struct grid_row *row, size_t column, const char *text,
                   size_t size)
{
    if (column >= GRID_COLUMNS_MAX) {
        grid->failed = true;
        return;
    }
    for (; row->count <= column; row->count++)
        row->cells[row->count] = strdup("");
    free(row->cells[column]);
    row->cells[column] = trimmed(text, size);
    for (size_t i = 0; i < row->count; i++)
        grid->failed = grid->failed || !row->cells[i];
}

size_t grid_label_size(const char *line, size_t size)
{
    size_t label = 0;
    while (label < size && line[label] != ':' && line[label] != '\t')
        label++;
    size_t rest = label + 1;
    while (rest < size && (unsigned char)line[rest] <= ' ')
        rest++;
    return label > 0 && rest < size ? label + 1 : 0;
}

void grid_add_line(struct grid *grid, const char *line, size_t size)
{
    struct grid_row *row = grid_add_row(grid, 0);
    size_t label = grid_label_size(line, size);
    if (row && label > 0)
        grid_set_cell(grid, row, 0, line, label);
    if (row)
        grid_set_cell(grid, row, label > 0, line + label, size - label);
}

void grid_clear(struct grid *grid)
{
    for (size_t i = 0; i < grid->count; i++)
        for (size_t j = 0; j < grid->rows[i].count; j++)
            free(grid->rows[i].cells[j]);
    free(grid->rows);
    *grid = (struct grid){0};
}
