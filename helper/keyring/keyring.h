/* SPDX-License-Identifier: MIT
 * The Secret Service as csolink sees it: five different answers, never folded together, and exact
 * writes. Everything above speaks of items; only this folder knows libsecret and D-Bus. */
#ifndef CSOLINK_KEYRING_H
#define CSOLINK_KEYRING_H

#include <glib.h>
#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"

/* An open connection to the service; one a process. All calls block under the process-wide deadline
 * that the caller has armed (../deadline.h): libsecret calls are never cancelled, for
 * gnome-keyring-daemon 42.1 dies of it. Nothing here ever prompts or unlocks. Where the service
 * goes away or stops answering meanwhile, each call ends with STATUS_NO_KEYRING or
 * STATUS_TIMED_OUT; attributes that are not UTF-8 are STATUS_BAD_INPUT. */
struct keyring;

/* How secrets travel when they are read: plain over a Unix socket bus of our own user, or
 * libsecret's encrypted session. */
enum keyring_transfer { KEYRING_TRANSFER_PLAIN, KEYRING_TRANSFER_ENCRYPTED };

/* Connects. STATUS_NO_KEYRING: no bus address and no $XDG_RUNTIME_DIR/bus, a dead bus, or no
 * service; *detail then points at a constant sentence that says which. GLib never launches a bus
 * for us. This may start the service by D-Bus activation: background work asks keyring_is_ready()
 * first. */
enum status keyring_open(struct keyring **keyring, enum keyring_transfer transfer,
                         const char **detail);
void keyring_close(struct keyring *keyring);
static inline void keyring_cleanup(struct keyring **keyring)
{
    if (*keyring)
        keyring_close(*keyring);
}
#define KEYRING_AUTO __attribute__((cleanup(keyring_cleanup)))

/* Without ever starting the service: does its name have an owner and is its default collection
 * there and unlocked? For the background side of a login, which must not touch the name too early.
 * Answers within seconds also where the daemon hangs. Whoever asks often holds a connection of
 * bus_connect() meanwhile, which this then uses too. */
bool keyring_is_ready(void);

/* STATUS_OK: the default collection is there and unlocked. STATUS_LOCKED. STATUS_NO_KEYRING: there
 * is no default collection (*detail says so). */
enum status keyring_state(struct keyring *keyring, const char **detail);

/* One item. attributes: char* -> char*, both owned by the table. value is empty until
 * keyring_read(). */
struct item {
    char *path;
    GHashTable *attributes;
    guint64 modified; /* Unix seconds */
    struct secret value;
};
void item_free(struct item *item);

/* The value of an attribute, or "" where the item lacks it. Belongs to the item. */
const char *item_attribute(const struct item *item, const char *name);

/* A table of attributes from name, value, ..., NULL; both copied. Release with g_hash_table_unref.
 */
GHashTable *attributes_new(const char *name, ...) G_GNUC_NULL_TERMINATED;

/* All unlocked items of all collections that have at least these attributes (names and values
 * without xdg:schema: a never-unlocked keyring shows nothing else). *items is a GPtrArray of struct
 * item*, newest first, owned by the caller, never NULL on STATUS_OK. STATUS_ABSENT: nothing
 * matches. STATUS_LOCKED: only locked items match, or nothing does while the default collection is
 * locked. STATUS_NO_KEYRING: nothing matches and there is no default collection. */
enum status keyring_search(struct keyring *keyring, GHashTable *attributes, GPtrArray **items);

/* Fills item->value. STATUS_LOCKED, STATUS_ABSENT (gone since), STATUS_INTERNAL. */
enum status keyring_read(struct keyring *keyring, struct item *item);

/* Fills the values of all items of the array in one call. Items that are gone since leave the
 * array; STATUS_ABSENT when none is left. STATUS_LOCKED, STATUS_INTERNAL. */
enum status keyring_read_all(struct keyring *keyring, GPtrArray *items);

/* Makes sure that exactly one item with exactly these attributes holds value: an equal one is left
 * alone (gnome-keyring rewrites its whole file at each store), a different one gets the new value
 * in place, none is created with replace=false (CreateItem's replace swallows supersets). schema
 * becomes xdg:schema. STATUS_LOCKED, STATUS_NO_KEYRING (no default collection), STATUS_INTERNAL. */
enum status keyring_store(struct keyring *keyring, const char *schema, GHashTable *attributes,
                          const char *label, const struct secret *value);

/* Gives the item this value, whatever its attributes are by now. STATUS_ABSENT (gone since),
 * STATUS_LOCKED, STATUS_INTERNAL. */
enum status keyring_set_value(struct keyring *keyring, struct item *item,
                              const struct secret *value);

/* Gives the item these attributes, and no others, in one step; its value stays. schema becomes
 * xdg:schema. STATUS_ABSENT (gone since), STATUS_LOCKED, STATUS_INTERNAL. */
enum status keyring_set_attributes(struct keyring *keyring, const struct item *item,
                                   const char *schema, GHashTable *attributes);

/* Deletes the item. STATUS_ABSENT when it is gone already. */
enum status keyring_delete(struct keyring *keyring, struct item *item);

#endif
