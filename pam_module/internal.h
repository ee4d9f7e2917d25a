/* SPDX-License-Identifier: MIT
 * What the files of pam_csolink.so share. None of them keeps state outside its caller's stack: the
 * host may be threaded, and several transactions of it may be in the module at once. */
#ifndef CSOLINK_PAM_INTERNAL_H
#define CSOLINK_PAM_INTERNAL_H

#include <pwd.h>
#include <security/pam_modules.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "csolink/record.h"
#include "csolink/session_request.h"
#include "csolink/status.h"

/* When the link step is looked after: when a tool first asks for a credential, in the background
 * of each login, or not at all. */
enum link_mode { LINK_FIRST_USE, LINK_LOGIN, LINK_OFF };

/* The options of the PAM configuration line. Strings belong to argv or are constant. */
struct options {
    bool debug;
    const char *ignore_service; /* names, separated by commas */
    enum link_mode link;
    unsigned minimum_uid;
    unsigned timeout; /* seconds */
};

/* One call of one entry point. */
struct call {
    pam_handle_t *pamh;
    struct options options;
};

/* --- options.c --- */

/* Fills call->options with the defaults, then with argv. An unknown option and a bad value are
 * logged and change nothing. */
void options_parse(struct call *call, int argc, const char **argv);

/* --- log.c --- */

/* Logs through pam_vsyslog(3), that is to authpriv and with module, service and type in front.
 * LOG_DEBUG is dropped unless the option "debug" is set. */
void call_log(const struct call *call, int priority, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* --- gate.c --- */

/* The passwd entry of the user whose session this is, or NULL where it is none of our business:
 * ignored service, root, system user, no passwd entry, a host that cannot act for the user. Never
 * prompts. The entry belongs to the PAM handle. */
const struct passwd *gate_admit(const struct call *call);

/* The two rules behind it. NULL, or a constant phrase that says why not. service and user may be
 * NULL; euid is the host's. */
const char *gate_service(const struct options *options, const char *service);
const char *gate_user(const struct options *options, const struct passwd *user, uid_t euid);

/* --- start.c --- */

/* Has csolink-session start the user's background work, and logs how that went. Returns before the
 * option "timeout" is over, whatever happens. */
void session_start(const struct call *call, const struct passwd *user);

/* --- answer.c --- */

/* How the helper's run ended. */
struct answer {
    enum status status;
    char detail[SESSION_REPLY_MAX]; /* for the log, printable ASCII; may be empty */
};

/* Sets both; detail may be NULL, and other bytes than printable ASCII become "?", for it may come
 * from a program that the user controls. */
void answer_set(struct answer *answer, enum status status, const char *detail);

/* Reads the helper's message. STATUS_BAD_INPUT in the answer: no record, or no status of ours. */
void answer_parse(struct answer *answer, const char *text, size_t size);

/* --- spawn.c --- */

/* Runs the program at the absolute path with the request on its descriptor 0, and fills answer:
 * what it answered; STATUS_TIMED_OUT, and the program killed, when it has not answered and ended
 * within timeout_ms; STATUS_INTERNAL when it could not be started or ended without an answer;
 * STATUS_BAD_INPUT when the answer was no record. Afterwards neither a descriptor nor a child is
 * left, and no signal disposition, mask or other state of the host was touched. */
void helper_ask(const char *path, const struct record *request, int timeout_ms,
                struct answer *answer);

#endif
