/* SPDX-License-Identifier: MIT
 * The two names on the court's confirmation page. */
#include "names.h"

#include <stdlib.h>
#include <string.h>

#include "text.h"

enum { LABEL_MAX = 40 };

/* A line "LABEL<TAB>VALUE" or "LABEL: VALUE", cut in two. */
struct row {
    char *label, *value;
};

static bool split(char *line, struct row *row)
{
    size_t label_size = strcspn(line, "\t:");
    char *value = line + label_size;
    if (label_size == 0 || label_size > LABEL_MAX || *value == '\0')
        return false;
    *value++ = '\0';
    value += strspn(value, "\t: ");
    *row = (struct row){line, value};
    return *value != '\0';
}

/* The value of the one row whose label matches wanted and not other. Rows whose label says "name"
 * go before others, such as a login. NULL: none or several. */
static char *find_row(struct row *rows, size_t count, const char *wanted, const char *other)
{
    char *named = NULL, *unnamed = NULL;
    size_t named_count = 0, unnamed_count = 0;
    for (size_t i = 0; i < count; i++) {
        const char *label = rows[i].label;
        if (!text_matches(label, wanted) || text_matches(label, other))
            continue;
        if (text_matches(label, "name") && !text_matches(label, "user ?name")) {
            named = rows[i].value;
            named_count++;
        } else {
            unnamed = rows[i].value;
            unnamed_count++;
        }
    }
    if (named_count > 0)
        return named_count == 1 ? named : NULL;
    return unnamed_count == 1 ? unnamed : NULL;
}

static size_t split_lines(char *lines, struct row *rows, size_t room)
{
    size_t count = 0;
    char *rest = NULL;
    for (char *line = strtok_r(lines, "\n", &rest); line && count < room;
         line = strtok_r(NULL, "\n", &rest))
        count += split(line, &rows[count]);
    return count;
}

static char *spaced(const char *value)
{
    char *copy = value ? strdup(value) : NULL;
    for (char *byte = copy; byte && *byte; byte++)
        if (*byte == '\t')
            *byte = ' ';
    return copy;
}

bool names_find(const struct page *page, struct names *names)
{
    enum { ROWS_MAX = 200 };
    static const char court[] = "cm ?/? ?ecf", pacer[] = "pacer";
    struct row rows[ROWS_MAX];
    char *lines = text_lines_of(page_main(page));
    size_t count = lines ? split_lines(lines, rows, ROWS_MAX) : 0;
    names->court = spaced(find_row(rows, count, court, pacer));
    names->pacer = spaced(find_row(rows, count, pacer, court));
    free(lines);
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
