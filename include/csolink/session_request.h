/* SPDX-License-Identifier: MIT
 * Seam 1: pam_csolink.so -> csolink-session -> csolink session.
 * One record each way, each one message of a SOCK_SEQPACKET socketpair that is the child's fd 0.
 *
 * Request (at most SESSION_REQUEST_MAX bytes; its sender is root or the user himself):
 *   operation=session|refresh|capture
 *   user=NAME              whose session it is; csolink-session looks the name up again
 *   link=login|first-use   what open_session's option said
 *   secret=TEXT            capture only: the accepted login password, at most 512 bytes
 *
 * csolink-session reads the request with MSG_PEEK, becomes the user for good, and execs csolink,
 * which receives it. Whoever of the two cannot go on answers. Answer:
 *   status=NAME            of csolink/status.h; "ok" means started, not done
 *   detail=TEXT            optional; for the log, no secret in it */
#ifndef CSOLINK_SESSION_REQUEST_H
#define CSOLINK_SESSION_REQUEST_H

enum { SESSION_REQUEST_MAX = 4096, SESSION_REPLY_MAX = 512, SESSION_SECRET_MAX = 512 };

#define SESSION_KEY_OPERATION "operation"
#define SESSION_KEY_USER      "user"
#define SESSION_KEY_LINK      "link"
#define SESSION_KEY_SECRET    "secret"
#define SESSION_KEY_STATUS    "status"
#define SESSION_KEY_DETAIL    "detail"

#define SESSION_OPERATION_SESSION "session"
#define SESSION_OPERATION_REFRESH "refresh"
#define SESSION_OPERATION_CAPTURE "capture"

/* The user-side program has this many seconds at most before csolink-session's alarm ends it;
 * csolink answers long before, and its background child has deadlines of its own. */
enum { SESSION_ALARM_SECONDS = 10 };

#endif
