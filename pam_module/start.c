/* SPDX-License-Identifier: MIT
 * Asks csolink-session to start the user's background work, and logs the outcome.
 * "ok" means started; what comes of it is never waited for and never seen by PAM. */
#include <string.h>
#include <syslog.h>

#include "internal.h"
#include "paths.h"

static const char helper[] = CSOLINK_LIBEXECDIR "/csolink-session";

/* The options in the words of the request, which are the line's own. */
static const char *choice(const char *name, unsigned value)
{
    const struct option *option = option_table;
    while (strcmp(option->name, name) != 0)
        option++;
    return option->choices[value];
}

static enum status build(struct record *request, const struct options *options, const char *user,
                         const char *operation, const struct secret *secret)
{
    const struct {
        const char *key, *value;
    } fields[] = {
        {SESSION_KEY_OPERATION, operation},
        {SESSION_KEY_USER, user},
        {SESSION_KEY_LINK, choice("link", options->link)},
        {SESSION_KEY_BACKGROUND, choice("background", options->background)},
        {SESSION_KEY_SECRET, secret ? secret_string(secret) : NULL},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof fields / sizeof fields[0]; i++) {
        if (fields[i].value)
            status = record_add(request, fields[i].key, fields[i].value);
    }
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

bool session_start(const struct call *call, const struct passwd *user, const char *operation)
{
    struct record request = {0};
    struct answer answer = {.status = STATUS_INTERNAL};
    bool capture = strcmp(operation, SESSION_OPERATION_CAPTURE) == 0;
    const struct secret *secret = capture ? stash_find(call, user) : NULL;
    enum status built = build(&request, &call->options, user->pw_name, operation, secret);
    if (capture)
        stash_drop(call);
    if (built == STATUS_INTERNAL) {
        call_log(call, LOG_CRIT, "no memory for the request");
        goto done;
    }
    if (built != STATUS_OK) {
        call_log(call, LOG_ERR, "%s of this user cannot be asked for", operation);
        goto done;
    }
    helper_ask(helper, &request, (int)call->options.timeout * 1000, &answer);
    call_log(call, priority(answer.status), "%s of %s: %s: %s", operation, user->pw_name,
             status_name(answer.status), describe(&answer));
done:
    record_clear(&request);
    return answer.status == STATUS_OK;
}
