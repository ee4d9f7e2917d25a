/* SPDX-License-Identifier: MIT
 * The six entry points of pam_csolink.so and nothing else.
 * Only the session hooks have work; no path of any of them can fail a login. */
#include <syslog.h>

#include "internal.h"

#define EXPORTED __attribute__((visibility("default")))

static struct call begin(pam_handle_t *pamh, const char *entry, int flags, int argc,
                         const char **argv)
{
    struct call call = {.pamh = pamh};
    options_parse(&call, argc, argv);
    call_log(&call, LOG_DEBUG, "%s, flags 0x%x", entry, (unsigned)flags);
    return call;
}

/* Never PAM_SUCCESS: nobody was authenticated here, and a line that says "sufficient" by mistake
 * would be a login without a password. */
EXPORTED int pam_sm_authenticate(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    begin(pamh, "authenticate", flags, argc, argv);
    return PAM_IGNORE;
}

/* Never PAM_IGNORE: libpam walks the auth stack a second time for pam_setcred(3), on the path that
 * the first walk took, and a module that steps aside there can turn the result into an error. */
EXPORTED int pam_sm_setcred(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    begin(pamh, "setcred", flags, argc, argv);
    return PAM_SUCCESS;
}

EXPORTED int pam_sm_acct_mgmt(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    begin(pamh, "acct_mgmt", flags, argc, argv);
    return PAM_IGNORE;
}

/* The keyring is not waited for: on Debian the display managers run pam_gnome_keyring after
 * common-session, so it is still locked here. Nor may this take long: sshd has already switched
 * off LoginGraceTime, and nothing but the module itself bounds a login from here on. */
EXPORTED int pam_sm_open_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call = begin(pamh, "open_session", flags, argc, argv);
    const struct passwd *user = gate_admit(&call);
    if (user && call.options.link == LINK_LOGIN)
        session_start(&call, user);
    return user ? PAM_SUCCESS : PAM_IGNORE;
}

EXPORTED int pam_sm_close_session(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    struct call call = begin(pamh, "close_session", flags, argc, argv);
    return gate_admit(&call) ? PAM_SUCCESS : PAM_IGNORE;
}

/* Nothing of ours depends on the login password; PAM_TRY_AGAIN or an error would break passwd(1).
 */
EXPORTED int pam_sm_chauthtok(pam_handle_t *pamh, int flags, int argc, const char **argv)
{
    begin(pamh, "chauthtok", flags, argc, argv);
    return PAM_IGNORE;
}
