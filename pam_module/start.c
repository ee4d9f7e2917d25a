/* SPDX-License-Identifier: MIT
 * link=login: asks csolink-session to start the user's background work, and logs the outcome.
 * "ok" means started; what comes of it is never waited for and never seen by PAM. */
#include <syslog.h>

#include "internal.h"
#include "paths.h"

static const char helper[] = CSOLINK_LIBEXECDIR "/csolink-session";

static enum status build(struct record *request, const char *user)
{
    enum status status = record_add(request, SESSION_KEY_OPERATION, SESSION_OPERATION_SESSION);
    if (status == STATUS_OK)
        status = record_add(request, SESSION_KEY_USER, user);
    if (status == STATUS_OK)
        status = record_add(request, SESSION_KEY_LINK, "login");
    return status;
}

/* A session without a keyring is normal on a server, and so no fault of anybody. */
static int priority(enum status status)
{
    int level = LOG_ERR;
    if (status == STATUS_OK || status == STATUS_NO_KEYRING)
        level = LOG_DEBUG;
    else if (status == STATUS_TIMED_OUT)
        level = LOG_WARNING;
    return level;
}

static const char *describe(const struct answer *answer)
{
    const char *words = answer->detail;
    if (*words == '\0')
        words = answer->status == STATUS_OK ? "started" : status_what(answer->status);
    return words;
}

void session_start(const struct call *call, const struct passwd *user)
{
    struct record request = {0};
    struct answer answer = {0};
    if (build(&request, user->pw_name) != STATUS_OK) {
        call_log(call, LOG_CRIT, "no memory for the request");
        goto done;
    }
    helper_ask(helper, &request, (int)call->options.timeout * 1000, &answer);
    call_log(call, priority(answer.status), "session of %s: %s: %s", user->pw_name,
             status_name(answer.status), describe(&answer));
done:
    record_clear(&request);
}
