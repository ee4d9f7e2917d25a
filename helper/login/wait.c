/* SPDX-License-Identifier: MIT
 * The wait. The keyring is unlocked after our PAM hook, by a module further down the stack;
 * touching its name before that leaves a new user's keyring unusable. So: look, and never start it.
 */
#include "login/wait.h"

#include <fcntl.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "deadline.h"
#include "keyring/bus.h"
#include "keyring/keyring.h"
#include "login/login_session.h"
#include "state/runtime.h"

static const char over[] = "the login session is over";

static bool is_over(GDBusConnection *bus, struct login_session *session)
{
    return g_dbus_connection_is_closed(bus) || login_session_is_over(session);
}

static enum status poll_keyring(GDBusConnection *bus, struct login_session *session,
                                const char **detail)
{
    const struct timespec pause = {.tv_nsec = 250 * 1000000};
    gint64 end = g_get_monotonic_time() + KEYRING_WAIT_SECONDS * (gint64)G_USEC_PER_SEC;
    while (!is_over(bus, session)) {
        if (keyring_is_ready())
            return STATUS_OK;
        if (g_get_monotonic_time() >= end) {
            *detail = "it was not unlocked after the login";
            return STATUS_LOCKED;
        }
        nanosleep(&pause, NULL);
    }
    *detail = over;
    return STATUS_NO_KEYRING;
}

enum status wait_for_keyring(const char **detail)
{
    /* Held so that the looks below share one connection. */
    g_autoptr(GDBusConnection) bus = NULL;
    deadline_arm(KEYRING_WAIT_SECONDS + DEADLINE_GRACE_SECONDS, STATUS_LOCKED, NULL, NULL, NULL);
    enum status status = bus_connect(&bus, detail);
    if (status != STATUS_OK)
        return status;
    struct login_session session;
    login_session_open(&session);
    status = poll_keyring(bus, &session, detail);
    login_session_close(&session);
    return status;
}

enum status wait_claim(const char **detail)
{
    int error = 0, folder = runtime_open(&error), lock = -1;
    if (folder >= 0) {
        lock = openat(folder, "waiter", O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
        close(folder);
    }
    if (lock < 0) {
        *detail = "there is no /run/user/UID of this user's alone";
        return STATUS_NO_KEYRING;
    }
    if (flock(lock, LOCK_EX | LOCK_NB) == 0)
        return STATUS_OK;
    close(lock);
    return STATUS_BUSY;
}
