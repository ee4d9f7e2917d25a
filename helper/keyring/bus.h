/* SPDX-License-Identifier: MIT
 * The session bus: is there one at all, and is it ours? Nothing here talks to the Secret Service.
 */
#ifndef CSOLINK_BUS_H
#define CSOLINK_BUS_H

#include <gio/gio.h>

#include "csolink/status.h"

/* Connects to the session bus; *connection is the caller's (g_object_unref). STATUS_NO_KEYRING, and
 * *detail a constant sentence, where no address is known or nothing listens there. GLib's last
 * resort, starting a bus with dbus-launch, is never reached. */
enum status bus_connect(GDBusConnection **connection, const char **detail);

/* Is $XDG_RUNTIME_DIR/bus there, a socket of our own? It goes with the last login session. */
bool bus_socket_exists(void);

/* Is the bus a Unix socket whose listener runs as our own user? */
bool bus_is_ours(GDBusConnection *connection);

#endif
