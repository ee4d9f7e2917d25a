/* SPDX-License-Identifier: MIT
 * Seam 1: pam_csolink.so -> csolink-session -> csolink session.
 * One record each way, each one message of a SOCK_SEQPACKET socketpair that is the child's fd 0.
 *
 * Request (at most SESSION_REQUEST_MAX bytes; its sender is root or the user himself):
 *   operation=session|refresh|capture
 *   user=NAME              whose session it is; csolink-session looks the name up again
 *   link=login|first-use|off    the module's option; with "login" a capture does pending links too
 *   background=helper|systemd   the module's option: who does the work
 *   secret=TEXT            capture only: the accepted login password, at most 512 bytes
 *
 * csolink-session looks at the request (MSG_PEEK), forks, becomes the user for good, and answers;
 * the other process becomes him too, and executes csolink with the socket as its fd 0; csolink
 * receives the request and never answers, for by then the module is gone. PAM so pays for two small
 * programs and for none of csolink's libraries.
 * Answer:
 *   status=NAME            of csolink/status.h; "ok": there is a process that will be csolink,
 *                          and /run/user/UID is there and the user's alone
 *   detail=TEXT            optional; for the log, no secret in it */
#ifndef CSOLINK_SESSION_REQUEST_H
#define CSOLINK_SESSION_REQUEST_H

enum { SESSION_REQUEST_MAX = 4096, SESSION_REPLY_MAX = 512, SESSION_SECRET_MAX = 512 };

#define SESSION_KEY_OPERATION  "operation"
#define SESSION_KEY_USER       "user"
#define SESSION_KEY_LINK       "link"
#define SESSION_KEY_BACKGROUND "background"
#define SESSION_KEY_SECRET     "secret"
#define SESSION_KEY_STATUS     "status"
#define SESSION_KEY_DETAIL     "detail"

#define SESSION_OPERATION_SESSION "session"
#define SESSION_OPERATION_REFRESH "refresh"
#define SESSION_OPERATION_CAPTURE "capture"

/* csolink-session has this many seconds at most before its own alarm ends it; csolink, which does
 * not inherit the alarm, has deadlines of its own. */
enum { SESSION_ALARM_SECONDS = 10 };

#endif
