/* SPDX-License-Identifier: MIT
 * In what situations a host can find itself when it opens a session: one table. */
#ifndef CSOLINK_SITUATIONS_H
#define CSOLINK_SITUATIONS_H

#include <security/pam_appl.h>
#include <stdbool.h>
#include <stddef.h>
#include <syslog.h>

/* Whose session is opened, where the table says nothing else. */
#define LAWYER "lawyer"

/* What PAM_IGNORE shows as: the stacks go on after it only, to a line that says this. */
enum { WENT_ON = PAM_AUTHINFO_UNAVAIL };

struct situation {
    const char *name;
    /* Over the path of csolink-session and of csolink: a behaviour of bad_helper, "probe",
     * "missing", "not-executable", "no-program", or "itself". NULL: csolink-session itself, and
     * the probe for csolink. */
    const char *helper, *csolink;
    /* Makes the host peculiar, and ordinary again: then it says what of its peculiarity did not
     * come to bear (the situation shows nothing), or NULL. Both may be NULL. */
    void (*prepare)(int argument);
    const char *(*restore)(void);
    int argument;
    int sessions;     /* how many are opened; 0: one */
    const char *user; /* NULL: LAWYER */
    int opened;       /* what pam_open_session(3) returns */
    struct {
        int priority;
        const char *words; /* in the only line that is logged; NULL: none is */
    } log;
    bool starts_csolink;
};

/* Ends with a name that is NULL. */
extern const struct situation situations[];

#endif
