/* SPDX-License-Identifier: MIT
 * The court directory: every CM/ECF site by id and host, from courts.tsv, which is installed under
 * the data directory. It decides where secrets go, so users cannot extend it. */
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
    const char *nextgen_since; /* a date such as 2022-02-28, or "" */
};

struct directory;

/* Reads the directory; path NULL is the installed one. STATUS_INTERNAL: it is not there or a row is
 * malformed; *why, for g_free, says which. */
enum status directory_load(struct directory **directory, const char *path, char **why);
void directory_free(struct directory *directory);
static inline void directory_cleanup(struct directory **directory)
{
    if (*directory)
        directory_free(*directory);
}
#define DIRECTORY_AUTO __attribute__((cleanup(directory_cleanup)))

/* The courts one after another, in the order of the table; NULL behind the last one. */
const struct court *directory_at(const struct directory *directory, guint index);

/* NULL where there is none. Three bankruptcy appellate panels share the host of their circuit; by
 * host the circuit is found. */
const struct court *directory_by_id(const struct directory *directory, const char *id);
const struct court *directory_by_host(const struct directory *directory, const char *host);

#endif
