/* SPDX-License-Identifier: MIT
 * The six entry points of pam_csolink.so and nothing else.
 * Only the session hooks have work; no path of any of them can fail a login. */
#include <security/pam_ext.h>
#include <stdio.h>
#include <syslog.h>

#include "internal.h"

#define EXPORTED __attribute__((visibility("default")))

static void begin(struct call *call, pam_handle_t *pamh, const char *entry, int flags, int argc,
                  const char **argv)
{
    call->pamh = pamh;
    options_parse(call, argc, argv);
    call_log(call, LOG_DEBUG, "%s, flags 0x%x", entry, (unsigned)flags);
}

/* Never PAM_SUCCESS: nobody was authenticated here, and a line that says "sufficient" by mistake
 * would be a login without a password. The password of an attempt before this one goes in any case,
 * for sshd tries several on one handle; but another line of ours, without "capture", keeps it. */
EXPORTED int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "authenticate", flags, argc, argv);
    if (call.options.capture)
        stash_drop(&call);
    const struct passwd *user = call.options.capture && call.usable ? gate_admit(&call) : NULL;
    if (user)
        stash_keep(&call, user);
    return PAM_IGNORE;
}

/* Never PAM_IGNORE: libpam walks the auth stack a second time for pam_setcred(3), on the path that
 * the first walk took, and a module that steps aside there can turn the result into an error.
 * Unlocking a screen opens no session: this is all that a module sees of it. */
EXPORTED int pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "setcred", flags, argc, argv);
    bool unlocked = (flags & (int)(PAM_REINITIALIZE_CRED | PAM_REFRESH_CRED)) != 0;
    if ((flags & (int)PAM_DELETE_CRED) != 0)
        stash_drop(&call);
    if (unlocked && call.options.refresh == REFRESH_UNLOCK && call.usable) {
        const struct passwd *user = gate_admit(&call);
        if (user)
            session_start(&call, user, SESSION_OPERATION_REFRESH);
    }
    return PAM_SUCCESS;
}

EXPORTED int pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "acct_mgmt", flags, argc, argv);
    return PAM_IGNORE;
}

/* What libsecret needs to find the bus, where the stack has not set it: pam_systemd does, but not
 * under su(1), and not where there is no systemd. */
static void complete_environment(const struct call *call, const struct passwd *user)
{
    char assignment[sizeof "XDG_RUNTIME_DIR=/run/user/" + 20];
    snprintf(assignment, sizeof assignment, "XDG_RUNTIME_DIR=/run/user/%u", (unsigned)user->pw_uid);
    if (!pam_getenv(call->pamh, "XDG_RUNTIME_DIR"))
        pam_putenv(call->pamh, assignment);
}

static void start(const struct call *call, const struct passwd *user)
{
    const char *operation = NULL;
    if (stash_find(call, user))
        operation = SESSION_OPERATION_CAPTURE;
    else if (call->options.link == LINK_LOGIN)
        operation = SESSION_OPERATION_SESSION;
    if (operation && session_start(call, user, operation))
        complete_environment(call, user);
}

/* The keyring is not waited for: on Debian the display managers run pam_gnome_keyring after
 * common-session, so it is still locked here. Nor may this take long: sshd has already switched
 * off LoginGraceTime, and nothing but the module itself bounds a login from here on. */
EXPORTED int pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "open_session", flags, argc, argv);
    const struct passwd *user = call.usable ? gate_admit(&call) : NULL;
    if (user)
        start(&call, user);
    stash_drop(&call);
    return user ? PAM_SUCCESS : PAM_IGNORE;
}

EXPORTED int pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "close_session", flags, argc, argv);
    stash_drop(&call);
    return gate_admit(&call) ? PAM_SUCCESS : PAM_IGNORE;
}

/* Nothing of ours depends on the login password; PAM_TRY_AGAIN or an error would break passwd(1).
 * One that was captured is no longer the login's. */
EXPORTED int pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call;
    begin(&call, pamh, "chauthtok", flags, argc, argv);
    if ((flags & (int)PAM_UPDATE_AUTHTOK) != 0)
        stash_drop(&call);
    return PAM_IGNORE;
}
