/* SPDX-License-Identifier: MIT
 * What the files of this folder share: the open service and how it is called.
 * Each call is one method call to the one daemon that was found at the start. */
#ifndef CSOLINK_SERVICE_H
#define CSOLINK_SERVICE_H

#include <libsecret/secret.h>

#include "keyring/keyring.h"

#define SERVICE_PATH         "/org/freedesktop/secrets"
#define SERVICE_INTERFACE    "org.freedesktop.Secret.Service"
#define COLLECTION_INTERFACE "org.freedesktop.Secret.Collection"
#define ITEM_INTERFACE       "org.freedesktop.Secret.Item"
#define PROPERTIES_INTERFACE "org.freedesktop.DBus.Properties"

struct keyring {
    GDBusConnection *connection;
    char *owner; /* unique bus name: a daemon that crashed and came back is another one */
    SecretService *service; /* libsecret's, for the encrypted session alone; else NULL */
    int timeout;            /* milliseconds a call; -1: GDBus's own */
    enum keyring_transfer transfer;
    bool plain;    /* what the open session is; see transfer.h */
    char *session; /* its path, NULL until it is needed */
};

/* The well-known name on the bus. */
const char *keyring_service_name(void);

/* Calls one method; parameters may be floating, reply_type is demanded. *reply is the caller's.
 * A D-Bus error becomes a status: STATUS_ABSENT (no such object), LOCKED, NO_KEYRING (the service
 * is gone), TIMED_OUT, INTERNAL. Never starts a service. */
enum status keyring_call(struct keyring *keyring, const char *path, const char *interface,
                         const char *method, GVariant *parameters, const char *reply_type,
                         GVariant **reply);

/* The status for an error of GDBus or libsecret. */
enum status keyring_error_status(const GError *error);

/* Reads the boolean property Locked of a collection or an item. */
enum status keyring_is_locked(struct keyring *keyring, const char *path, const char *interface,
                              bool *locked);

/* keyring_state(), and the path of the default collection on STATUS_OK (g_free). */
enum status keyring_default_collection(struct keyring *keyring, char **path, const char **detail);

/* STATUS_OK for "/"; STATUS_LOCKED for the path of a prompt, which is never performed. */
enum status keyring_refuse_prompt(const char *prompt);

#endif
