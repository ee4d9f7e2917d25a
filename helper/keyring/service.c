/* SPDX-License-Identifier: MIT
 * Opening the Secret Service, and the one place where its errors become statuses.
 * Method calls go past libsecret's wrappers where those would prompt or ask more than needed. */
#include "keyring/service.h"

#include <string.h>

#include "keyring/bus.h"

/* gnome-keyring calls a missing object an unknown method. NoReply is from a daemon that died. */
static const struct {
    GQuark (*domain)(void);
    int code;
    enum status status;
} error_statuses[] = {
    {secret_error_get_quark, SECRET_ERROR_IS_LOCKED, STATUS_LOCKED},
    {secret_error_get_quark, SECRET_ERROR_NO_SUCH_OBJECT, STATUS_ABSENT},
    {g_dbus_error_quark, G_DBUS_ERROR_UNKNOWN_OBJECT, STATUS_ABSENT},
    {g_dbus_error_quark, G_DBUS_ERROR_UNKNOWN_METHOD, STATUS_ABSENT},
    {g_dbus_error_quark, G_DBUS_ERROR_SERVICE_UNKNOWN, STATUS_NO_KEYRING},
    {g_dbus_error_quark, G_DBUS_ERROR_NAME_HAS_NO_OWNER, STATUS_NO_KEYRING},
    {g_dbus_error_quark, G_DBUS_ERROR_NO_REPLY, STATUS_NO_KEYRING},
    {g_dbus_error_quark, G_DBUS_ERROR_DISCONNECTED, STATUS_NO_KEYRING},
    {g_io_error_quark, G_IO_ERROR_CLOSED, STATUS_NO_KEYRING},
    {g_io_error_quark, G_IO_ERROR_TIMED_OUT, STATUS_TIMED_OUT},
    {g_dbus_error_quark, G_DBUS_ERROR_TIMED_OUT, STATUS_TIMED_OUT},
};

enum status keyring_error_status(const GError *error)
{
    for (size_t i = 0; i < G_N_ELEMENTS(error_statuses); i++) {
        if (g_error_matches(error, error_statuses[i].domain(), error_statuses[i].code))
            return error_statuses[i].status;
    }
    return STATUS_INTERNAL;
}

enum status keyring_call(struct keyring *keyring, const char *path, const char *interface,
                         const char *method, GVariant *parameters, const char *reply_type,
                         GVariant **reply)
{
    g_autoptr(GError) error = NULL;
    *reply = g_dbus_connection_call_sync(keyring->connection, keyring->owner, path, interface,
                                         method, parameters, G_VARIANT_TYPE(reply_type),
                                         G_DBUS_CALL_FLAGS_NO_AUTO_START, keyring->timeout, NULL,
                                         &error);
    return *reply ? STATUS_OK : keyring_error_status(error);
}

const char *keyring_service_name(void)
{
    const char *name = g_getenv("SECRET_SERVICE_BUS_NAME"); /* libsecret's own variable */
    return name && *name ? name : "org.freedesktop.secrets";
}

/* Who answers to the service's name, started by the bus if need be; NULL: nobody. The question is
 * our first message to the daemon: gnome-keyring 42.1 dies of a client whose first one is
 * OpenSession, and answers a first SearchItems or ReadAlias wrongly. */
static char *find_service(GDBusConnection *connection)
{
    g_autoptr(GDBusMessage) question = g_dbus_message_new_method_call(
        keyring_service_name(), SERVICE_PATH, PROPERTIES_INTERFACE, "Get");
    g_dbus_message_set_body(question, g_variant_new("(ss)", SERVICE_INTERFACE, "Collections"));
    g_autoptr(GDBusMessage) answer = g_dbus_connection_send_message_with_reply_sync(
        connection, question, G_DBUS_SEND_MESSAGE_FLAGS_NONE, -1, NULL, NULL, NULL);
    const char *sender = answer ? g_dbus_message_get_sender(answer) : NULL;
    return sender && *sender == ':' ? g_strdup(sender) : NULL; /* else the bus's own answer */
}

enum status keyring_open(struct keyring **opened, enum keyring_transfer transfer,
                         const char **detail)
{
    KEYRING_AUTO struct keyring *keyring = g_new0(struct keyring, 1);
    keyring->transfer = transfer;
    keyring->timeout = -1;
    enum status status = bus_connect(&keyring->connection, detail);
    if (status != STATUS_OK)
        return status;
    keyring->owner = find_service(keyring->connection);
    if (!keyring->owner) {
        *detail = "no Secret Service (such as gnome-keyring-daemon) runs or can be started";
        return STATUS_NO_KEYRING;
    }
    *opened = g_steal_pointer(&keyring);
    return STATUS_OK;
}

void keyring_close(struct keyring *keyring)
{
    g_clear_object(&keyring->service);
    secret_service_disconnect();
    g_clear_object(&keyring->connection);
    g_free(keyring->owner);
    g_free(keyring->session);
    g_free(keyring);
}

enum status keyring_is_locked(struct keyring *keyring, const char *path, const char *interface,
                              bool *locked)
{
    g_autoptr(GVariant) reply = NULL, value = NULL;
    enum status status = keyring_call(keyring, path, PROPERTIES_INTERFACE, "Get",
                                      g_variant_new("(ss)", interface, "Locked"), "(v)", &reply);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(v)", &value);
    if (!g_variant_is_of_type(value, G_VARIANT_TYPE_BOOLEAN))
        return STATUS_INTERNAL;
    *locked = g_variant_get_boolean(value);
    return STATUS_OK;
}

enum status keyring_default_collection(struct keyring *keyring, char **path, const char **detail)
{
    g_autoptr(GVariant) reply = NULL;
    const char *collection;
    bool locked = false;
    enum status status = keyring_call(keyring, SERVICE_PATH, SERVICE_INTERFACE, "ReadAlias",
                                      g_variant_new("(s)", "default"), "(o)", &reply);
    if (status != STATUS_OK)
        return status;
    g_variant_get(reply, "(&o)", &collection);
    /* gnome-keyring names a collection that does not exist yet; others answer "/". */
    status = strcmp(collection, "/") == 0
                 ? STATUS_ABSENT
                 : keyring_is_locked(keyring, collection, COLLECTION_INTERFACE, &locked);
    if (status == STATUS_ABSENT) {
        *detail = "the Secret Service has no default collection";
        return STATUS_NO_KEYRING;
    }
    if (status != STATUS_OK)
        return status;
    *path = g_strdup(collection);
    return locked ? STATUS_LOCKED : STATUS_OK;
}

enum status keyring_state(struct keyring *keyring, const char **detail)
{
    g_autofree char *path = NULL;
    return keyring_default_collection(keyring, &path, detail);
}

enum status keyring_refuse_prompt(const char *prompt)
{
    return strcmp(prompt, "/") == 0 ? STATUS_OK : STATUS_LOCKED;
}
