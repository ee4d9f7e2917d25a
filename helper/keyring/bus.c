/* SPDX-License-Identifier: MIT
 * Reaching the session bus without ever launching one.
 * GLib falls back to dbus-launch where it finds no address; so the address is looked for first. */
#include "keyring/bus.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

bool bus_socket_exists(void)
{
    const char *directory = g_getenv("XDG_RUNTIME_DIR");
    struct stat status;
    if (!directory || *directory == '\0')
        return false;
    g_autofree char *path = g_build_filename(directory, "bus", NULL);
    return stat(path, &status) == 0 && S_ISSOCK(status.st_mode) && status.st_uid == getuid();
}

static bool has_address(void)
{
    const char *address = g_getenv("DBUS_SESSION_BUS_ADDRESS");
    if (address && *address != '\0' && !strstr(address, "autolaunch:"))
        return true;
    /* GLib would take an empty value for an address, and launch a bus for this one. */
    g_unsetenv("DBUS_SESSION_BUS_ADDRESS");
    return bus_socket_exists();
}

enum status bus_connect(GDBusConnection **connection, const char **detail)
{
    if (!has_address()) {
        *detail = "there is no D-Bus session bus";
        return STATUS_NO_KEYRING;
    }
    *connection = g_bus_get_sync(G_BUS_TYPE_SESSION, NULL, NULL);
    if (!*connection) {
        *detail = "the D-Bus session bus does not answer";
        return STATUS_NO_KEYRING;
    }
    /* GLib would end the process by SIGTERM when the bus goes away. */
    g_dbus_connection_set_exit_on_close(*connection, FALSE);
    return STATUS_OK;
}

bool bus_is_ours(GDBusConnection *connection)
{
    GIOStream *stream = g_dbus_connection_get_stream(connection);
    if (!G_IS_SOCKET_CONNECTION(stream))
        return false;
    GSocket *socket = g_socket_connection_get_socket(G_SOCKET_CONNECTION(stream));
    if (g_socket_get_family(socket) != G_SOCKET_FAMILY_UNIX)
        return false;
    /* SO_PEERCRED names the listener: no path that could be changed after we connected. */
    g_autoptr(GCredentials) listener = g_socket_get_credentials(socket, NULL);
    return listener && g_credentials_get_unix_user(listener, NULL) == geteuid();
}
