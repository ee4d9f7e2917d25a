/* SPDX-License-Identifier: MIT
 * The login session that this process was started in, as logind knows it
 * (org.freedesktop.login1(5)). */
#ifndef CSOLINK_LOGIN_SESSION_H
#define CSOLINK_LOGIN_SESSION_H

#include <gio/gio.h>
#include <stdbool.h>

struct login_session {
    GDBusConnection *bus; /* the system bus, or NULL */
    bool seen;            /* logind has told of it */
};

/* Connects to the system bus. It need not be there. */
void login_session_open(struct login_session *session);
void login_session_close(struct login_session *session);

/* Has the person logged out of it, or is the session bus gone? False as well where nobody can say:
 * without logind, or in a process that belongs to no session, such as one of the user manager's.
 * Takes a second at most. */
bool login_session_is_over(struct login_session *session);

#endif
