/* SPDX-License-Identifier: MIT
 * The two names on the court's confirmation page. A value has labels in its row and above it in its
 * column, and perhaps a heading; together they must say whose name it is and which part. */
#include "page/names.h"

#include <stdlib.h>
#include <string.h>

#include "page/grid.h"
#include "page/label.h"
#include "page/name_parts.h"
#include "page/text.h"

/* How a value's side is told. Both sides' must be told alike: the page's title may stand over a
 * name like a heading. */
enum way { WAY_ROW = 1, WAY_COLUMN = 2, WAY_HEADING = 4 };

/* What was found for one side. */
struct found {
    struct name_parts parts;
    unsigned ways;
};

struct search {
    const struct grid *grid;
    struct label (*labels)[GRID_COLUMNS_MAX]; /* of each cell */
    struct found found[SIDES];
    enum side heading;
    bool contradiction;
};

static const char *cell(const struct search *search, size_t row, size_t column)
{
    const struct grid_row *cells = &search->grid->rows[row];
    return column < cells->count ? cells->cells[column] : "";
}

static const struct label *label_at(const struct search *search, size_t row, size_t column)
{
    const struct label *label = &search->labels[row][column];
    return *cell(search, row, column) && label->is_label ? label : NULL;
}

/* "Account | Name | Role": another heading stands before it, and no side is in the row. */
static bool is_among_headings(const struct search *search, size_t row, size_t column)
{
    for (size_t i = 0; i < search->grid->rows[row].count; i++)
        if (search->labels[row][i].side != SIDE_NONE)
            return false;
    return column > 0 && *cell(search, row, column - 1) && !label_at(search, row, column - 1);
}

/* A label whose value stands beside it heads no column. */
static bool heads_column(const struct search *search, size_t row, size_t column)
{
    if (!label_at(search, row, column))
        return false;
    bool alone = column + 1 == GRID_COLUMNS_MAX || *cell(search, row, column + 1) == '\0';
    return alone || label_at(search, row, column + 1) || is_among_headings(search, row, column);
}

static enum side known(enum side side, enum side other)
{
    return side != SIDE_NONE ? side : other;
}

/* What the labels of a value say. */
struct meaning {
    enum side row_side, column_side;
    bool headed; /* the label of the column is all that its row has */
    enum part row_part, column_part;
    bool beside; /* the label is the next text to the left */
    bool below;  /* the column's part stands right above */
};

static void read_row(const struct search *search, size_t row, size_t column,
                     struct meaning *meaning)
{
    bool nearest = true, labelled = false;
    for (size_t i = column; i-- > 0;) {
        const struct label *label = label_at(search, row, i);
        if (*cell(search, row, i) == '\0')
            continue;
        meaning->beside = meaning->beside || (nearest && label);
        nearest = false;
        if (!label)
            continue;
        meaning->row_side = known(meaning->row_side, label->side);
        if (!labelled || meaning->row_part == PART_NONE)
            meaning->row_part = label->part;
        labelled = true;
    }
}

/* The only text of a row, if there is one: a cell that spans columns stands in each. */
static const struct label *only_label(const struct search *search, size_t row)
{
    const struct label *only = NULL;
    const char *text = NULL;
    for (size_t i = 0; i < search->grid->rows[row].count; i++) {
        const char *other = cell(search, row, i);
        if (*other == '\0')
            continue;
        if (text && strcmp(text, other) != 0)
            return NULL;
        text = other;
        only = &search->labels[row][i];
    }
    return only;
}

static void read_column(const struct search *search, size_t row, size_t column,
                        struct meaning *meaning)
{
    const struct grid *grid = search->grid;
    bool nearest = true;
    for (size_t i = row; i-- > 0 && grid->rows[i].table == grid->rows[row].table;) {
        if (*cell(search, i, column) == '\0')
            continue;
        if (heads_column(search, i, column)) {
            const struct label *label = label_at(search, i, column);
            if (meaning->column_side == SIDE_NONE && label->side != SIDE_NONE)
                meaning->headed = only_label(search, i) != NULL;
            meaning->column_side = known(meaning->column_side, label->side);
            if (meaning->column_part == PART_NONE) {
                meaning->column_part = label->part;
                meaning->below = nearest;
            }
        }
        nearest = false;
    }
}

/* The part that a value is, or PART_NONE when its labels do not say that it is a name. */
static enum part part_of(const struct meaning *meaning)
{
    enum part row = meaning->row_part, column = meaning->column_part;
    bool headed = meaning->column_side != SIDE_NONE || column != PART_NONE;
    if (row != PART_NONE && (meaning->beside || headed))
        return column > PART_WHOLE && row == PART_WHOLE ? column : row;
    if (meaning->beside || meaning->row_side != SIDE_NONE)
        return column;
    if (column > PART_WHOLE)
        return column;
    return column == PART_WHOLE && meaning->below ? column : PART_NONE;
}

/* A cell that spans is nobody's own value. */
static void add_value(struct search *search, enum side side, enum part part, size_t row,
                      size_t column)
{
    name_parts_add(&search->found[side].parts, part, cell(search, row, column));
    search->contradiction = search->contradiction || search->grid->rows[row].copies[column];
}

static bool is_copy_of_left(const struct search *search, size_t row, size_t column)
{
    const struct grid_row *cells = &search->grid->rows[row];
    return column > 0 && column < cells->count && cells->copies[column] &&
           strcmp(cells->cells[column - 1], cells->cells[column]) == 0;
}

/* An initial or generation under a label that is not known may tell two people apart; a second name
 * under a heading is another person, but across columns stands a sentence about both. */
static void read_unlabelled(struct search *search, size_t row, size_t column,
                            const struct meaning *meaning)
{
    bool beside = column > 0 && *cell(search, row, column - 1);
    bool scrap = beside && label_is_name_scrap(cell(search, row, column));
    bool across = is_copy_of_left(search, row, column) || is_copy_of_left(search, row, column + 1);
    bool second = !across && meaning->column_part == PART_WHOLE &&
                  meaning->column_side != SIDE_NONE &&
                  label_fits(PART_WHOLE, cell(search, row, column));
    search->contradiction = search->contradiction || scrap || second;
}

static void read_value(struct search *search, size_t row, size_t column)
{
    struct meaning meaning = {0};
    read_row(search, row, column, &meaning);
    read_column(search, row, column, &meaning);
    enum part part = part_of(&meaning);
    enum side side = known(known(meaning.row_side, meaning.column_side), search->heading);
    if (part == PART_NONE || side == SIDE_NONE) {
        read_unlabelled(search, row, column, &meaning);
        return;
    }
    bool sides_differ = meaning.row_side != SIDE_NONE && meaning.column_side != SIDE_NONE &&
                        meaning.row_side != meaning.column_side;
    search->contradiction = search->contradiction || sides_differ;
    bool by_column = meaning.column_side != SIDE_NONE && !meaning.headed;
    search->found[side].ways |= meaning.row_side != SIDE_NONE ? WAY_ROW
                                : by_column                   ? WAY_COLUMN
                                                              : WAY_HEADING;
    add_value(search, side, part, row, column);
}

/* A heading names a side for what follows. Prose that speaks of one ends what it said. */
static void read_heading(struct search *search, size_t row)
{
    const struct label *only = only_label(search, row);
    if (only && only->side != SIDE_NONE)
        search->heading = only->is_label && only->part == PART_NONE ? only->side : SIDE_NONE;
}

/* "Jane Doe | CM/ECF name", for a page that has no name in any other place. */
static void read_reversed(struct search *search, size_t row)
{
    const char *value = cell(search, row, 0), *text = cell(search, row, 1);
    const struct label *label = label_at(search, row, 1);
    if (search->grid->rows[row].count == 2 && *value && !label_at(search, row, 0) && label &&
        label->part == PART_WHOLE && label->side != SIDE_NONE && !strchr(text, ':'))
        add_value(search, label->side, label->part, row, 0);
}

/* A page with an example may have no other names that we recognise. */
static void read_rows(struct search *search)
{
    static const char example[] = "(^|[^[:alpha:]])examples?([^[:alpha:]]|$)";
    for (size_t row = 0; row < search->grid->count; row++) {
        read_heading(search, row);
        for (size_t i = 0; i < search->grid->rows[row].count; i++) {
            const char *text = cell(search, row, i);
            search->contradiction = search->contradiction || text_matches(text, example);
            if (*text && !search->labels[row][i].is_label)
                read_value(search, row, i);
        }
    }
}

static void search_grid(struct search *search)
{
    const struct grid *grid = search->grid;
    for (size_t row = 0; row < grid->count; row++)
        for (size_t i = 0; i < grid->rows[row].count; i++)
            search->labels[row][i] = label_read(grid->rows[row].cells[i]);
    read_rows(search);
    if (name_parts_count(&search->found[SIDE_COURT].parts) +
            name_parts_count(&search->found[SIDE_PACER].parts) ==
        0)
        for (size_t row = 0; row < grid->count; row++)
            read_reversed(search, row);
}

bool names_find(const struct page *page, struct names *names)
{
    GRID_AUTO struct grid grid = {0};
    struct search search = {.grid = &grid};
    *names = (struct names){0};
    search.labels = calloc(GRID_ROWS_MAX, sizeof *search.labels);
    if (search.labels && grid_read(page, &grid)) {
        search_grid(&search);
        bool alike = search.found[SIDE_COURT].ways == search.found[SIDE_PACER].ways;
        if (alike && !search.contradiction) {
            names->court = name_parts_join(&search.found[SIDE_COURT].parts);
            names->pacer = name_parts_join(&search.found[SIDE_PACER].parts);
        }
    }
    free(search.labels);
    if (names->court && names->pacer)
        return true;
    names_clear(names);
    return false;
}

void names_clear(struct names *names)
{
    free(names->court);
    free(names->pacer);
    *names = (struct names){0};
}
