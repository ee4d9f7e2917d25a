/* SPDX-License-Identifier: MIT
 * A page's main content as a reader sees it: rows of cells. */
#include "page/grid.h"

#include <stdlib.h>
#include <string.h>

#include "page/controls.h"
#include "page/grid_rows.h"
#include "page/text.h"

/* A line or cell with more text is not for people, and a part of it could be a part of a name. */
enum { TEXT_MAX = 8000, TABLES_DEEP_MAX = 16 };

/* What fills cells that follow: spanned rows still to come, and the row to copy from. */
struct span {
    size_t rows, from;
};

/* An open table. */
struct level {
    unsigned table;
    size_t row;    /* 1 + index of the open row; 0: none */
    size_t column; /* of the open cell */
    bool in_cell;
    struct span spans[GRID_COLUMNS_MAX];
};

struct reader {
    struct grid *grid;
    struct level levels[TABLES_DEEP_MAX];
    size_t depth;
    unsigned tables;
    char text[TEXT_MAX + 1]; /* what was read since the last boundary */
    size_t size;
    bool space;
    unsigned silent; /* open elements whose text is not the page's */
};

static void put_byte(struct reader *reader, char byte)
{
    if (reader->size < TEXT_MAX)
        reader->text[reader->size++] = byte;
    else
        reader->grid->failed = true;
    reader->text[reader->size] = '\0';
}

static void put_text(struct reader *reader, const char *text)
{
    while (*text) {
        size_t skip = text_blank(text);
        if (skip == 0) {
            if (reader->space && reader->size > 0 &&
                (unsigned char)reader->text[reader->size - 1] > ' ')
                put_byte(reader, ' ');
            put_byte(reader, *text++);
        }
        reader->space = skip > 0;
        text += skip;
    }
}

/* A boundary between a label and what it labels. */
static void put_tab(struct reader *reader)
{
    put_byte(reader, '\t');
    reader->space = false;
}

static bool is_in_cell(const struct reader *reader)
{
    return reader->depth > 0 && reader->levels[reader->depth - 1].in_cell;
}

static bool has_text(const char *text, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if ((unsigned char)text[i] > ' ')
            return true;
    return false;
}

static void start_text(struct reader *reader)
{
    reader->size = 0;
    reader->text[0] = '\0';
    reader->space = false;
}

/* The end of a line. In a cell it waits for the cell's other lines. */
static void end_line(struct reader *reader)
{
    if (is_in_cell(reader)) {
        put_byte(reader, '\n');
        reader->space = false;
        return;
    }
    if (has_text(reader->text, reader->size))
        grid_add_line(reader->grid, reader->text, reader->size);
    start_text(reader);
}

/* Takes "LABEL: VALUE" lines out of a cell's text, as rows of their own: layout tables have whole
 * pages in a cell. */
static void end_cell_text(struct reader *reader)
{
    struct level *level = &reader->levels[reader->depth - 1];
    struct grid_row *row = &reader->grid->rows[level->row - 1];
    char kept[TEXT_MAX + 1];
    size_t kept_size = 0;
    for (size_t at = 0; at < reader->size;) {
        size_t size = strcspn(reader->text + at, "\n");
        if (grid_label_size(reader->text + at, size) > 0) {
            grid_add_line(reader->grid, reader->text + at, size);
        } else {
            memcpy(kept + kept_size, reader->text + at, size);
            kept_size += size;
            kept[kept_size++] = '\n';
        }
        at += size + 1;
    }
    if (has_text(kept, kept_size) && row->count <= level->column)
        grid_set_cell(reader->grid, row, level->column, kept, kept_size);
    start_text(reader);
}

static size_t number_of(const GumboNode *node, const char *name)
{
    const char *value = node_attribute(node, name);
    long number = value ? strtol(value, NULL, 10) : 1;
    return number < 1 ? 1 : number > GRID_ROWS_MAX ? GRID_ROWS_MAX : (size_t)number;
}

static void open_table(struct reader *reader)
{
    if (is_in_cell(reader))
        end_cell_text(reader);
    else
        end_line(reader);
    if (reader->depth == TABLES_DEEP_MAX) {
        reader->grid->failed = true;
        return;
    }
    reader->levels[reader->depth++] = (struct level){.table = ++reader->tables};
}

static void open_row(struct reader *reader)
{
    struct level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;
    if (!level || !grid_add_row(reader->grid, level->table))
        return;
    level->row = reader->grid->count;
    level->column = 0;
}

/* Fills the columns that cells above span. */
static void take_spans(struct reader *reader, struct level *level)
{
    struct grid_row *row = &reader->grid->rows[level->row - 1];
    for (; level->column < GRID_COLUMNS_MAX && level->spans[level->column].rows > 0;
         level->column++) {
        struct span *span = &level->spans[level->column];
        const struct grid_row *from = &reader->grid->rows[span->from];
        const char *text = level->column < from->count ? from->cells[level->column] : "";
        grid_set_cell(reader->grid, row, level->column, text, strlen(text));
        row->copies[level->column] = true;
        span->rows--;
    }
}

static void open_cell(struct reader *reader)
{
    struct level *level = reader->depth > 0 ? &reader->levels[reader->depth - 1] : NULL;
    if (!level || level->row == 0)
        return;
    take_spans(reader, level);
    start_text(reader);
    level->in_cell = true;
}

static void close_cell(struct reader *reader, const GumboNode *cell)
{
    if (!is_in_cell(reader))
        return;
    struct level *level = &reader->levels[reader->depth - 1];
    end_cell_text(reader);
    struct grid_row *row = &reader->grid->rows[level->row - 1];
    const char *text = level->column < row->count ? row->cells[level->column] : "";
    char *copy = strdup(text);
    size_t columns = number_of(cell, "colspan"), rows = number_of(cell, "rowspan");
    for (size_t i = 0; i < columns && copy && !reader->grid->failed; i++, level->column++) {
        grid_set_cell(reader->grid, row, level->column, copy, strlen(copy));
        if (reader->grid->failed)
            break;
        row->copies[level->column] = i > 0;
        level->spans[level->column] = (struct span){rows - 1, level->row - 1};
    }
    reader->grid->failed = reader->grid->failed || !copy;
    level->in_cell = false;
    free(copy);
}

static void close_table(struct reader *reader)
{
    if (reader->depth > 0)
        reader->depth--;
    start_text(reader);
}

static void put_field(struct reader *reader, const GumboNode *input)
{
    const char *value = node_attribute(input, "value");
    if (!value || strcmp(control_type(input), "text") != 0)
        return;
    put_tab(reader);
    put_text(reader, value);
}

static bool breaks_line(GumboTag tag)
{
    static const GumboTag tags[] = {
        GUMBO_TAG_P,    GUMBO_TAG_DIV,        GUMBO_TAG_BR,      GUMBO_TAG_LI,
        GUMBO_TAG_UL,   GUMBO_TAG_OL,         GUMBO_TAG_DL,      GUMBO_TAG_DT,
        GUMBO_TAG_HR,   GUMBO_TAG_H1,         GUMBO_TAG_H2,      GUMBO_TAG_H3,
        GUMBO_TAG_H4,   GUMBO_TAG_H5,         GUMBO_TAG_H6,      GUMBO_TAG_CENTER,
        GUMBO_TAG_FORM, GUMBO_TAG_FIELDSET,   GUMBO_TAG_LEGEND,  GUMBO_TAG_CAPTION,
        GUMBO_TAG_PRE,  GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_SECTION, GUMBO_TAG_TITLE,
    };
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (tags[i] == tag)
            return true;
    return false;
}

/* What a reader does not see, or what is there to be chosen. */
static bool is_silent(const GumboNode *node)
{
    GumboTag tag = node_tag(node);
    const char *style = node_attribute(node, "style");
    return tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_SELECT || tag == GUMBO_TAG_TEMPLATE ||
           tag == GUMBO_TAG_NOSCRIPT || node_attribute(node, "hidden") ||
           (style && text_matches(style, "display *: *none|visibility *: *hidden"));
}

static void enter(const GumboNode *node, void *data)
{
    struct reader *reader = data;
    GumboTag tag = node_tag(node);
    reader->silent += is_silent(node);
    if (reader->grid->failed || reader->silent > 0)
        return;
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
        put_text(reader, node->v.text.text);
    else if (node->type == GUMBO_NODE_WHITESPACE)
        reader->space = true;
    else if (tag == GUMBO_TAG_TABLE)
        open_table(reader);
    else if (tag == GUMBO_TAG_TR)
        open_row(reader);
    else if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
        open_cell(reader);
    else if (tag == GUMBO_TAG_INPUT)
        put_field(reader, node);
    else if (tag == GUMBO_TAG_DD)
        put_tab(reader);
    else if (breaks_line(tag) && tag != GUMBO_TAG_BR)
        end_line(reader);
}

static void leave(const GumboNode *node, void *data)
{
    struct reader *reader = data;
    GumboTag tag = node_tag(node);
    bool silent = reader->silent > 0;
    reader->silent -= is_silent(node);
    if (reader->grid->failed || silent)
        return;
    if (tag == GUMBO_TAG_TABLE)
        close_table(reader);
    else if (tag == GUMBO_TAG_TD || tag == GUMBO_TAG_TH)
        close_cell(reader, node);
    else if (tag == GUMBO_TAG_LABEL)
        put_tab(reader);
    else if (tag == GUMBO_TAG_DD || (breaks_line(tag) && tag != GUMBO_TAG_DT))
        end_line(reader);
}

bool grid_read(const struct page *page, struct grid *grid)
{
    struct reader reader = {.grid = grid};
    grid->rows = calloc(GRID_ROWS_MAX, sizeof *grid->rows);
    if (!grid->rows)
        return false;
    page_walk(page_main(page), enter, leave, &reader);
    if (!grid->failed)
        end_line(&reader);
    return !grid->failed;
}
