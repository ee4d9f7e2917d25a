/* SPDX-License-Identifier: MIT
 * A thread that watches, for the main one waits for PACER or a court, and can do nothing else
 * meanwhile. */
#include "login/logout.h"

#include <glib.h>
#include <time.h>
#include <unistd.h>

#include "csolink/status.h"
#include "login/login_session.h"

/* For the run under way: a password that was sent and never answered has one more try only, and
 * short logins must not use those up. logind, too, gives a user's service manager as long
 * (logind.conf(5), UserStopDelaySec=). */
enum { GRACE_SECONDS = 10 };

static gpointer watch(gpointer unused)
{
    const struct timespec pause = {.tv_nsec = 250 * 1000000}, grace = {.tv_sec = GRACE_SECONDS};
    struct login_session session;
    (void)unused;
    login_session_open(&session);
    while (!login_session_is_over(&session))
        nanosleep(&pause, NULL);
    nanosleep(&grace, NULL);
    _exit(status_exit_code(STATUS_NO_KEYRING));
}

void logout_bounds_process(void)
{
    g_thread_unref(g_thread_new("logout", watch, NULL));
}
