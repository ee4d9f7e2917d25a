/* SPDX-License-Identifier: MIT
 * Is the keyring open already? Asked by the background side of a login.
 * Touching the service's name before pam_gnome_keyring does leaves a new user's keyring unusable,
 * so this neither starts it nor makes a proxy that would. */
#include "keyring/bus.h"
#include "keyring/service.h"

/* A daemon that hangs must not keep its asker from noticing that the login session is over. */
enum { PROBE_MS = 1000 };

static bool find_owner(struct keyring *probe)
{
    g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
        probe->connection, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus",
        "GetNameOwner", g_variant_new("(s)", keyring_service_name()), G_VARIANT_TYPE("(s)"),
        G_DBUS_CALL_FLAGS_NO_AUTO_START, probe->timeout, NULL, NULL);
    if (!reply)
        return false;
    g_variant_get(reply, "(s)", &probe->owner);
    return true;
}

/* The first message, as in keyring_open(): the daemon answers a first ReadAlias wrongly. */
static bool read_collections(struct keyring *probe)
{
    g_autoptr(GVariant) reply = NULL;
    return keyring_call(probe, SERVICE_PATH, PROPERTIES_INTERFACE, "Get",
                        g_variant_new("(ss)", SERVICE_INTERFACE, "Collections"), "(v)",
                        &reply) == STATUS_OK;
}

bool keyring_is_ready(void)
{
    KEYRING_AUTO struct keyring *probe = g_new0(struct keyring, 1);
    const char *detail;
    probe->timeout = PROBE_MS;
    return bus_connect(&probe->connection, &detail) == STATUS_OK && find_owner(probe) &&
           read_collections(probe) && keyring_state(probe, &detail) == STATUS_OK;
}
