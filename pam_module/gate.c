/* SPDX-License-Identifier: MIT
 * Whose sessions are ours: decided before anything else is done, from libpam and passwd alone.
 * The environment is never asked; under su and sudo it is somebody else's. */
#include <security/pam_modutil.h>
#include <string.h>
#include <syslog.h>
#include <unistd.h>

#include "internal.h"

static bool lists(const char *list, const char *name)
{
    bool found = false;
    while (!found && *list != '\0') {
        size_t size = strcspn(list, ",");
        found = strlen(name) == size && memcmp(list, name, size) == 0;
        list += size + (list[size] == ',');
    }
    return found;
}

const char *gate_service(const struct options *options, const char *service)
{
    return service && lists(options->ignore_service, service) ? "the service is ignored" : NULL;
}

const char *gate_user(const struct options *options, const struct passwd *user, uid_t euid)
{
    const char *why = NULL;
    if (!user)
        why = "the user has no passwd entry";
    else if (user->pw_uid == 0)
        why = "the user is root";
    else if (user->pw_uid < options->minimum_uid)
        why = "the user is below minimum_uid";
    else if (euid != 0 && euid != user->pw_uid)
        why = "the host runs as another user";
    return why;
}

const char *gate_item(const struct call *call, int type)
{
    const void *value = NULL;
    return pam_get_item(call->pamh, type, &value) == PAM_SUCCESS ? value : NULL;
}

/* Not pam_get_user(3), which prompts. Looked up anew for each call: sudo authenticates A and opens
 * the session as B on the same handle. */
const struct passwd *gate_admit(const struct call *call)
{
    const char *name = gate_item(call, PAM_USER);
    const struct passwd *user = NULL;
    const char *why = gate_service(&call->options, gate_item(call, PAM_SERVICE));
    if (!why) {
        user = name ? pam_modutil_getpwnam(call->pamh, name) : NULL;
        why = gate_user(&call->options, user, geteuid());
    }
    if (why)
        call_log(call, LOG_DEBUG, "not ours: %s", why);
    return why ? NULL : user;
}
