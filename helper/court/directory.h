/* SPDX-License-Identifier: MIT
 * The court directory: every CM/ECF site by id and host, from courts.tsv, which is installed under
 * the data directory, and from what the administrator adds in /etc/csolink/courts.d. It decides
 * where secrets go, so users cannot extend it. */
#ifndef CSOLINK_DIRECTORY_H
#define CSOLINK_DIRECTORY_H

#include <glib.h>

#include "csolink/status.h"

/* The members point into the directory's text. */
struct court {
    const char *id, *name;
    const char *type; /* district, bankruptcy, appellate or other */
    const char *host;
    const char *code;          /* PACER's court code, such as ALNDC */
    const char *nextgen_since; /* 2022-02-28, 2022-02 or "" */
};

struct directory;

/* Reads the table at path, then FOLDER/courts.d (court_files.h), where a row with a known court's
 * id replaces it. NULL: the installed ones. A row or a file that does not count hides no other; see
 * directory_faults(). STATUS_INTERNAL: the table at path cannot be read; *why, for g_free, says
 * why. */
enum status directory_load(struct directory **directory, const char *path, const char *folder,
                           char **why);
void directory_free(struct directory *directory);
static inline void directory_cleanup(struct directory **directory)
{
    if (*directory)
        directory_free(*directory);
}
#define DIRECTORY_AUTO __attribute__((cleanup(directory_cleanup)))

/* The courts one after another, in the order of the table; NULL behind the last one. */
const struct court *directory_at(const struct directory *directory, guint index);

/* A sentence, with file and line, for each row and file that did not count; ended by NULL, the
 * directory's. They hold nothing of the rows; a file's name may be anything. */
const char *const *directory_faults(const struct directory *directory);

/* NULL where there is none. Three bankruptcy appellate panels share the host of their circuit; by
 * host the circuit is found, and else the first court that had it. */
const struct court *directory_by_id(const struct directory *directory, const char *id);
const struct court *directory_by_host(const struct directory *directory, const char *host);

#endif
