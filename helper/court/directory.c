/* SPDX-License-Identifier: MIT
 * courts.tsv: one text, cut into fields in place. */
#include "court/directory.h"

#include <string.h>

#include "beside.h"
#include "paths.h"

enum { FIELDS = 6 };

struct directory {
    char *text;
    GArray *courts;
};

/* Cuts one line at its tabs. False unless it has exactly FIELDS fields and a court's host. */
static bool parse_row(char *line, struct court *court)
{
    char *field[FIELDS];
    guint count = 0;
    for (char *at = line; at; count++) {
        char *tab = strchr(at, '\t');
        if (tab)
            *tab++ = '\0';
        if (count == FIELDS)
            return false;
        field[count] = at;
        at = tab;
    }
    if (count != FIELDS || *field[0] == '\0' || !g_str_has_suffix(field[3], ".uscourts.gov"))
        return false;
    *court = (struct court){field[0], field[1], field[2], field[3], field[4], field[5]};
    return true;
}

enum status directory_load(struct directory **loaded, const char *path, char **why)
{
    g_autofree char *own = path ? g_strdup(path) : beside_executable("courts.tsv", CSOLINK_DATADIR);
    g_autoptr(GError) error = NULL;
    DIRECTORY_AUTO struct directory *directory = g_new0(struct directory, 1);
    directory->courts = g_array_new(FALSE, FALSE, sizeof(struct court));
    if (!g_file_get_contents(own, &directory->text, NULL, &error)) {
        *why = g_str_to_ascii(error->message, "C");
        return STATUS_INTERNAL;
    }
    guint number = 1;
    for (char *line = directory->text, *next; *line != '\0'; line = next, number++) {
        struct court court;
        next = line + strcspn(line, "\n");
        if (*next == '\n')
            *next++ = '\0';
        if (*line == '#' || *line == '\0')
            continue;
        if (!parse_row(line, &court)) {
            *why = g_strdup_printf("%s: line %u is no court's row", own, number);
            return STATUS_INTERNAL;
        }
        g_array_append_val(directory->courts, court);
    }
    *loaded = g_steal_pointer(&directory);
    return STATUS_OK;
}

void directory_free(struct directory *directory)
{
    g_free(directory->text);
    g_array_unref(directory->courts);
    g_free(directory);
}

static const struct court *row(const struct directory *directory, guint index)
{
    return &g_array_index(directory->courts, struct court, index);
}

const struct court *directory_at(const struct directory *directory, guint index)
{
    return index < directory->courts->len ? row(directory, index) : NULL;
}

const struct court *directory_by_id(const struct directory *directory, const char *id)
{
    for (guint i = 0; i < directory->courts->len; i++) {
        if (strcmp(row(directory, i)->id, id) == 0)
            return row(directory, i);
    }
    return NULL;
}

const struct court *directory_by_host(const struct directory *directory, const char *host)
{
    const struct court *found = NULL;
    for (guint i = 0; i < directory->courts->len; i++) {
        const struct court *court = row(directory, i);
        if (strcmp(court->host, host) == 0 && (!found || g_str_has_prefix(found->id, "bap")))
            found = court;
    }
    return found;
}
