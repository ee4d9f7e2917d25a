/* SPDX-License-Identifier: MIT
 * Asking logind. A process that outlives its session keeps it, and with it the user's runtime
 * directory, in state "closing"; so whoever waits has to look. */
#include "login/login_session.h"

#include <string.h>

#include "keyring/bus.h"

enum { ANSWER_MS = 1000 };

void login_session_open(struct login_session *session)
{
    *session = (struct login_session){.bus = g_bus_get_sync(G_BUS_TYPE_SYSTEM, NULL, NULL)};
    /* GLib would end the process by SIGTERM when the bus goes away. */
    if (session->bus)
        g_dbus_connection_set_exit_on_close(session->bus, FALSE);
}

void login_session_close(struct login_session *session)
{
    g_clear_object(&session->bus);
}

bool login_session_is_over(struct login_session *session)
{
    g_autoptr(GError) error = NULL;
    g_autoptr(GVariant) reply = NULL, state = NULL;
    if (!bus_socket_exists())
        return true;
    if (!session->bus)
        return false;
    reply = g_dbus_connection_call_sync(
        session->bus, "org.freedesktop.login1", "/org/freedesktop/login1/session/self",
        "org.freedesktop.DBus.Properties", "Get",
        g_variant_new("(ss)", "org.freedesktop.login1.Session", "State"), G_VARIANT_TYPE("(v)"),
        G_DBUS_CALL_FLAGS_NO_AUTO_START, ANSWER_MS, NULL, &error);
    if (!reply)
        return session->seen && g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_UNKNOWN_OBJECT);
    session->seen = true;
    g_variant_get(reply, "(v)", &state);
    return g_variant_is_of_type(state, G_VARIANT_TYPE_STRING) &&
           strcmp(g_variant_get_string(state, NULL), "closing") == 0;
}
