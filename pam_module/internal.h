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

/* Whether the unlocking of a screen is a login in this respect. */
enum refresh_mode { REFRESH_OFF, REFRESH_UNLOCK };

/* Who does the work in the background: a process of its own, or a unit of systemd --user. */
enum background_mode { BACKGROUND_HELPER, BACKGROUND_SYSTEMD };

/* The options of the PAM configuration line and of the configuration file. Strings belong to argv,
 * to the call's text, or are constant. */
struct options {
    enum background_mode background;
    bool capture;
    const char *conf;
    bool debug;
    const char *ignore_service; /* names, separated by commas */
    enum link_mode link;
    unsigned minimum_uid;
    enum refresh_mode refresh;
    unsigned timeout; /* seconds */
};

/* A configuration file is no longer than this. */
enum { CONFIGURATION_MAX = 4096 };

/* One call of one entry point. */
struct call {
    pam_handle_t *pamh;
    struct options options;
    bool usable; /* no unsafe configuration file: what it says is unknown, so nothing is started */
    char text[CONFIGURATION_MAX + 1];
};

/* --- option_table.c --- */

enum option_kind {
    OPTION_FLAG,     /* bool */
    OPTION_NUMBER,   /* unsigned */
    OPTION_CHOICE,   /* unsigned: which of the choices */
    OPTION_TEXT,     /* const char * */
    OPTION_ACCEPTED, /* a word without a field */
};

/* One option, for the parser and for the manual. */
struct option {
    const char *name;
    enum option_kind kind;
    size_t offset;        /* of the field in struct options */
    const char *fallback; /* the default, written as on the line; NULL: off */
    unsigned min, max;    /* of a number */
    const char *const *choices;
    const char *argument; /* what the manual calls the value of a number or text */
    const char *meaning;  /* the manual's words, mdoc(7) */
};

/* Sorted by name; ends with a NULL name. */
extern const struct option option_table[];

/* --- options.c --- */

/* Fills call->options with the defaults, then from the configuration file, then from argv, and
 * call->usable. An unknown option and a bad value are logged and change nothing. */
void options_parse(struct call *call, int argc, const char **argv);

/* What a configuration file's text says: one word a line, written as on the PAM line; "#" begins a
 * comment; a byte order mark and CR are skipped. The lines are ended by NUL afterwards, and options
 * point into them. */
void options_parse_text(struct call *call, char *text);

/* --- configuration.c --- */

enum configuration { CONFIGURATION_READ, CONFIGURATION_ABSENT, CONFIGURATION_UNSAFE };

/* Reads the file into text, which has room for CONFIGURATION_MAX bytes and a NUL. Unsafe, and *why
 * a constant phrase: not an absolute path, a link, no regular file, not root's, writable by others,
 * too long, not a text, or unreadable. Absent, and *why: missing, or the host has no descriptor or
 * memory for it. Opening never blocks on what is no file. */
enum configuration configuration_read(const char *path, char *text, const char **why);

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

/* The value of a string item, or NULL. It belongs to the PAM handle. */
const char *gate_item(const struct call *call, int type);

/* --- stash.c --- */

/* The accepted login password, between authentication and session: in locked memory that no core
 * dump and no forked child has, for the user that it was accepted for.
 * Keeps PAM_AUTHTOK for the user. Nothing is kept of an automatic login, whose "password" is the
 * disk's, of an empty one, and of one longer than SESSION_SECRET_MAX. */
void stash_keep(const struct call *call, const struct passwd *user);

/* The text that was kept for this very user, or NULL. It belongs to the PAM handle. */
const struct secret *stash_find(const struct call *call, const struct passwd *user);

/* Wipes it, whoever it was kept for. */
void stash_drop(const struct call *call);

/* --- start.c --- */

/* Has csolink-session start the user's background work, an operation of session_request.h, and logs
 * how that went. A capture takes the stashed password with it, which is wiped before anything is
 * waited for. Returns before the option "timeout" is over, whatever happens; true: it was started,
 * and /run/user/UID is the user's. */
bool session_start(const struct call *call, const struct passwd *user, const char *operation);

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

/* Runs the program at the absolute path with the request on its descriptor 0, and fills answer. The
 * request, which may hold a password, is cleared as soon as it is sent. The answer:
 * what it answered; STATUS_TIMED_OUT, and the program killed, when it has not answered and ended
 * within timeout_ms; STATUS_INTERNAL when it could not be started or ended without an answer;
 * STATUS_BAD_INPUT when the answer was no record. Afterwards neither a descriptor nor a child is
 * left (but one that a dead file system keeps from ending), and no signal disposition, mask or
 * other state of the host was touched. */
void helper_ask(const char *path, struct record *request, int timeout_ms, struct answer *answer);

#endif
