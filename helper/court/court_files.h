/* SPDX-License-Identifier: MIT
 * The administrator's court tables as files: only root can have written what counts. */
#ifndef CSOLINK_COURT_FILES_H
#define CSOLINK_COURT_FILES_H

#include <glib.h>

/* A table's text, or why it does not count. text is for g_free, with a NUL behind its size bytes;
 * NULL where fault, a constant, is set. */
struct court_file {
    char *path, *text;
    gsize size;
    const char *fault;
};

/* FOLDER/courts.d/NAME.tsv of every such name, sorted by byte; for g_ptr_array_unref. Empty where
 * there is no courts.d. folder, courts.d and each file must be root's, nobody else's to write, and
 * no symbolic link; courts.d is one entry with a fault where it or folder is not. */
GPtrArray *court_files_read(const char *folder);

#endif
