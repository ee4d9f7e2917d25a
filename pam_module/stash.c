/* SPDX-License-Identifier: MIT
 * capture: the login password between pam_authenticate(3), at whose end libpam wipes its own copy,
 * and the session hook. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <syslog.h>

#include "internal.h"

/* Of a user, not of a name or a handle alone: sudo authenticates A and opens the session as B on
 * the same handle. */
struct stash {
    uid_t uid;
    struct secret text;
};

static const char key[] = "pam_csolink";

/* What is done here is also right for PAM_DATA_SILENT, the end of a forked child's copy. */
static void clear(pam_handle_t *pamh, void *data, int error_status)
{
    struct stash *stash = data;
    (void)pamh;
    (void)error_status;
    if (stash)
        secret_clear(&stash->text);
    free(stash);
}

static bool ends_with(const char *text, const char *end)
{
    size_t size = strlen(text), end_size = strlen(end);
    return size >= end_size && strcmp(text + size - end_size, end) == 0;
}

/* pam_gdm and systemd put the disk's passphrase there for automatic logins. */
static const char *password_of(const struct call *call)
{
    const char *service = gate_item(call, PAM_SERVICE);
    const char *password = gate_item(call, PAM_AUTHTOK), *why = NULL;
    if (!password || *password == '\0')
        why = "there is no login password; does the line stand behind the module that asks?";
    else if (strlen(password) > SESSION_SECRET_MAX)
        why = "the login password is too long";
    else if (!service || ends_with(service, "-autologin"))
        why = "nobody typed the login password";
    if (why)
        call_log(call, LOG_DEBUG, "nothing captured: %s", why);
    return why ? NULL : password;
}

void stash_keep(const struct call *call, const struct passwd *user)
{
    const char *password = password_of(call);
    struct stash *stash = password ? calloc(1, sizeof *stash) : NULL;
    bool kept = stash && secret_set(&stash->text, password, strlen(password));
    if (kept) {
        /* sshd forks after the login, and its child needs no password. */
        (void)madvise(stash->text.data, stash->text.capacity, MADV_WIPEONFORK);
        stash->uid = user->pw_uid;
        kept = pam_set_data(call->pamh, key, stash, clear) == PAM_SUCCESS;
    }
    if (!kept)
        clear(call->pamh, stash, 0);
    if (password && !kept)
        call_log(call, LOG_CRIT, "no memory for the login password");
}

const struct secret *stash_find(const struct call *call, const struct passwd *user)
{
    const void *data = NULL;
    const struct stash *stash = NULL;
    if (pam_get_data(call->pamh, key, &data) == PAM_SUCCESS)
        stash = data;
    /* Empty where the process was forked since. */
    bool found = stash && stash->uid == user->pw_uid && *secret_string(&stash->text) != '\0';
    return found ? &stash->text : NULL;
}

void stash_drop(const struct call *call)
{
    const void *data = NULL;
    if (pam_get_data(call->pamh, key, &data) == PAM_SUCCESS && data)
        pam_set_data(call->pamh, key, NULL, NULL);
}
