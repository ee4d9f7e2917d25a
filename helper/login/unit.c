/* SPDX-License-Identifier: MIT
 * StartUnit of org.freedesktop.systemd1(5) on the session bus. */
#include "login/unit.h"

#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "keyring/bus.h"

enum { START_SECONDS = 5 };

static const char manager[] = "org.freedesktop.systemd1";

static bool ask(GDBusConnection *bus, GError **error)
{
    g_autoptr(GVariant) reply = g_dbus_connection_call_sync(
        bus, manager, "/org/freedesktop/systemd1", "org.freedesktop.systemd1.Manager", "StartUnit",
        g_variant_new("(ss)", "csolink-login.service", "replace"), G_VARIANT_TYPE("(o)"),
        G_DBUS_CALL_FLAGS_NO_AUTO_START, START_SECONDS * 1000, NULL, error);
    return reply;
}

/* The manager's own folder. */
static bool has_manager(void)
{
    g_autofree char *path = g_strdup_printf("/run/user/%u/systemd", getuid());
    return g_file_test(path, G_FILE_TEST_IS_DIR);
}

/* systemd's manager connects to the bus only when somebody, perhaps we, has made it start. */
static bool may_come(const GError *error)
{
    return has_manager() && (g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_SERVICE_UNKNOWN) ||
                             g_error_matches(error, G_DBUS_ERROR, G_DBUS_ERROR_NAME_HAS_NO_OWNER));
}

bool unit_start(void)
{
    const struct timespec pause = {.tv_nsec = 100 * 1000000};
    gint64 end = g_get_monotonic_time() + START_SECONDS * (gint64)G_USEC_PER_SEC;
    g_autoptr(GDBusConnection) bus = NULL;
    const char *detail;
    deadline_arm(2 * START_SECONDS + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, NULL, NULL, NULL);
    if (bus_connect(&bus, &detail) != STATUS_OK)
        return false;
    for (;;) {
        g_autoptr(GError) error = NULL;
        if (ask(bus, &error))
            return true;
        if (!may_come(error) || g_get_monotonic_time() >= end)
            return false;
        nanosleep(&pause, NULL);
    }
}
