/* SPDX-License-Identifier: MIT
 * Page copies: one a court in a folder of their own, and no more than a few. */
#include "court/page_copy.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "csolink/worker.h"
#include "prompt/terminal.h"

#define FOLDER ".local/state/csolink/pages"

static const char ending[] = ".page.html";

struct copy {
    char *path;
    struct timespec written;
};

static void copy_clear(void *copy)
{
    g_free(((struct copy *)copy)->path);
}

static char *name_of(const struct state *state, const char *court)
{
    return g_strconcat(state->environment, "-", court, ending, NULL);
}

/* As people write it, for g_free. */
static char *shown(const char *name)
{
    return g_strconcat("~/" FOLDER "/", name, NULL);
}

/* The folder's path for g_free; NULL where it is not a folder of the user's own. */
static char *open_folder(void)
{
    g_autofree char *folder = g_build_filename(g_get_home_dir(), FOLDER, NULL);
    struct stat info;
    if (g_mkdir(folder, 0700) != 0 && errno != EEXIST)
        return NULL;
    bool own = g_lstat(folder, &info) == 0 && S_ISDIR(info.st_mode) && info.st_uid == geteuid();
    return own ? g_steal_pointer(&folder) : NULL;
}

static int newest_first(const void *a, const void *b)
{
    const struct timespec *one = &((const struct copy *)a)->written;
    const struct timespec *other = &((const struct copy *)b)->written;
    if (one->tv_sec != other->tv_sec)
        return one->tv_sec < other->tv_sec ? 1 : -1;
    return (one->tv_nsec < other->tv_nsec) - (one->tv_nsec > other->tv_nsec);
}

/* All copies but the one at path, which is the newest whatever the clock says. */
static GArray *others_in(const char *folder, const char *path)
{
    GArray *copies = g_array_new(FALSE, FALSE, sizeof(struct copy));
    g_autoptr(GDir) names = g_dir_open(folder, 0, NULL);
    g_array_set_clear_func(copies, copy_clear);
    for (const char *name; names && (name = g_dir_read_name(names));) {
        struct stat info;
        struct copy copy = {.path = g_build_filename(folder, name, NULL)};
        if (g_str_has_suffix(name, ending) && strcmp(copy.path, path) != 0 &&
            g_lstat(copy.path, &info) == 0) {
            copy.written = info.st_mtim;
            g_array_append_val(copies, copy);
        } else {
            g_free(copy.path);
        }
    }
    g_array_sort(copies, newest_first);
    return copies;
}

static void remove_oldest(const char *folder, const char *path)
{
    g_autoptr(GArray) others = others_in(folder, path);
    for (guint i = PAGE_COPIES_MAX - 1; i < others->len; i++)
        (void)g_unlink(g_array_index(others, struct copy, i).path);
}

/* The worker is not trusted to keep to its bound, nor to plain text. */
void page_copy_add(GString **page, const char *line)
{
    if (!*page)
        *page = g_string_new(NULL);
    if ((*page)->len + strlen(line) >= PAGE_COPY_MAX)
        return;
    g_autofree char *plain = terminal_escape(line);
    g_string_append(*page, plain);
    g_string_append_c(*page, '\n');
}

void page_copy_save(const struct state *state, const char *court, const char *text, char **detail)
{
    g_autofree char *folder = open_folder();
    if (!folder)
        return;
    g_autofree char *name = name_of(state, court);
    g_autofree char *path = g_build_filename(folder, name, NULL);
    /* Renames a new file to path: a symbolic link there is replaced, not followed. */
    if (!g_file_set_contents_full(path, text, -1,
                                  G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                  0600, NULL))
        return;
    remove_oldest(folder, path);
    g_autofree char *where = shown(name);
    char *said =
        g_strdup_printf("%s%sa copy is in %s", *detail ? *detail : "", *detail ? "; " : "", where);
    g_free(*detail);
    *detail = said;
}

char *page_copy_of(const struct state *state, const char *court)
{
    struct stat info;
    g_autofree char *name = name_of(state, court);
    g_autofree char *path = g_build_filename(g_get_home_dir(), FOLDER, name, NULL);
    return g_lstat(path, &info) == 0 && S_ISREG(info.st_mode) ? shown(name) : NULL;
}
