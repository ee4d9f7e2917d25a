/* SPDX-License-Identifier: MIT
 * The court directory: the texts of its tables, cut into courts in place, and an index by id. */
#include "court/directory.h"

#include <string.h>

#include "beside.h"
#include "court/court_files.h"
#include "court/court_row.h"
#include "paths.h"

struct row {
    struct court court;
    guint table; /* the number of the table that it comes from */
};

struct directory {
    char *text;           /* of the first table */
    GPtrArray *additions; /* struct court_file */
    GArray *rows;
    GHashTable *by_id; /* id -> index in rows, plus 1 */
    GPtrArray *faults;
};

static struct row *row(const struct directory *directory, guint index)
{
    return &g_array_index(directory->rows, struct row, index);
}

static guint find(const struct directory *directory, const char *id)
{
    return GPOINTER_TO_UINT(g_hash_table_lookup(directory->by_id, id));
}

/* NULL, or why the row does not count. */
static const char *add_row(struct directory *directory, guint table, char *line, gsize size)
{
    struct row added = {.table = table};
    const char *fault = court_row_parse(line, size, &added.court);
    if (fault)
        return fault;
    guint known = find(directory, added.court.id);
    if (known == 0) {
        g_array_append_val(directory->rows, added);
        g_hash_table_insert(directory->by_id, (char *)added.court.id,
                            GUINT_TO_POINTER(directory->rows->len));
        return NULL;
    }
    if (row(directory, known - 1)->table == table)
        return "a row above it has the same id";
    *row(directory, known - 1) = added;
    g_hash_table_replace(directory->by_id, (char *)added.court.id, GUINT_TO_POINTER(known));
    return NULL;
}

static void add_table(struct directory *directory, guint table, const char *path, char *text,
                      gsize size)
{
    char *end = text + size;
    guint number = 1;
    for (char *line = text, *next; line < end; line = next, number++) {
        char *stop = memchr(line, '\n', (gsize)(end - line));
        next = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        *stop = '\0';
        if (line == stop || *line == '#')
            continue;
        const char *fault = add_row(directory, table, line, (gsize)(stop - line));
        if (fault)
            g_ptr_array_add(directory->faults,
                            g_strdup_printf("%s: line %u does not count: %s", path, number, fault));
    }
}

static void add_additions(struct directory *directory, const char *folder)
{
    directory->additions = court_files_read(folder);
    for (guint i = 0; i < directory->additions->len; i++) {
        struct court_file *file = directory->additions->pdata[i];
        if (file->fault)
            g_ptr_array_add(directory->faults,
                            g_strdup_printf("%s does not count: %s", file->path, file->fault));
        else
            add_table(directory, i + 1, file->path, file->text, file->size);
    }
}

enum status directory_load(struct directory **loaded, const char *path, const char *folder,
                           char **why)
{
    g_autofree char *own = path ? g_strdup(path) : beside_executable("courts.tsv", CSOLINK_DATADIR);
    g_autoptr(GError) error = NULL;
    DIRECTORY_AUTO struct directory *directory = g_new0(struct directory, 1);
    gsize size = 0;
    directory->rows = g_array_new(FALSE, FALSE, sizeof(struct row));
    directory->by_id = g_hash_table_new(g_str_hash, g_str_equal);
    directory->faults = g_ptr_array_new_with_free_func(g_free);
    if (!g_file_get_contents(own, &directory->text, &size, &error)) {
        *why = g_str_to_ascii(error->message, "C");
        return STATUS_INTERNAL;
    }
    add_table(directory, 0, own, directory->text, size);
    add_additions(directory, folder ? folder : CSOLINK_SYSCONFDIR);
    g_ptr_array_add(directory->faults, NULL);
    *loaded = g_steal_pointer(&directory);
    return STATUS_OK;
}

void directory_free(struct directory *directory)
{
    g_hash_table_unref(directory->by_id);
    g_array_unref(directory->rows);
    g_ptr_array_unref(directory->faults);
    g_clear_pointer(&directory->additions, g_ptr_array_unref);
    g_free(directory->text);
    g_free(directory);
}

const char *const *directory_faults(const struct directory *directory)
{
    return (const char *const *)directory->faults->pdata;
}

const struct court *directory_at(const struct directory *directory, guint index)
{
    return index < directory->rows->len ? &row(directory, index)->court : NULL;
}

const struct court *directory_by_id(const struct directory *directory, const char *id)
{
    guint known = find(directory, id);
    return known > 0 ? &row(directory, known - 1)->court : NULL;
}

const struct court *directory_by_host(const struct directory *directory, const char *host)
{
    const struct court *found = NULL;
    for (guint i = 0; i < directory->rows->len; i++) {
        const struct court *court = &row(directory, i)->court;
        if (strcmp(court->host, host) == 0 && (!found || g_str_has_prefix(found->id, "bap")))
            found = court;
    }
    return found;
}
