/* SPDX-License-Identifier: MIT
 * The request on descriptor 0: whose socket it is, what it says, whether it keeps to the contract.
 * Only looked at: csolink receives it. */
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session.h"

/* It was sent before this program started. */
enum { REQUEST_WAIT_MS = 1000, USER_NAME_MAX = 256 };

static enum status refuse(const char **why, const char *reason)
{
    *why = reason;
    return STATUS_BAD_INPUT;
}

static bool socket_option_is(int fd, int name, int wanted)
{
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(fd, SOL_SOCKET, name, &value, &size) == 0 && value == wanted;
}

static bool peer_is(int fd, uid_t uid)
{
    struct ucred peer;
    socklen_t size = sizeof peer;
    return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 && peer.uid == uid;
}

bool request_socket_valid(int fd)
{
    return socket_option_is(fd, SO_DOMAIN, AF_UNIX) &&
           socket_option_is(fd, SO_TYPE, SOCK_SEQPACKET) && peer_is(fd, geteuid());
}

static const struct {
    const char *name;
    bool has_secret;
} operations[] = {
    {SESSION_OPERATION_SESSION, false},
    {SESSION_OPERATION_REFRESH, false},
    {SESSION_OPERATION_CAPTURE, true},
};

static enum status check_operation(const struct record *request, const char **why)
{
    const char *name = record_get(request, SESSION_KEY_OPERATION);
    const char *secret = record_get(request, SESSION_KEY_SECRET);
    for (size_t i = 0; name && i < sizeof operations / sizeof operations[0]; i++) {
        if (strcmp(operations[i].name, name) != 0)
            continue;
        if (operations[i].has_secret != (secret != NULL))
            return refuse(why, "a secret belongs to a capture and to nothing else");
        if (secret && (*secret == '\0' || strlen(secret) > SESSION_SECRET_MAX))
            return refuse(why, "the secret is empty or too long");
        return STATUS_OK;
    }
    return refuse(why, "no such operation");
}

static const struct {
    const char *key, *values[3];
} choices[] = {
    {SESSION_KEY_LINK, {"login", "first-use", "off"}},
    {SESSION_KEY_BACKGROUND, {"helper", "systemd"}},
};

/* A key that is absent has csolink's default. */
static enum status check_choices(const struct record *request, const char **why)
{
    for (size_t i = 0; i < sizeof choices / sizeof choices[0]; i++) {
        const char *value = record_get(request, choices[i].key);
        bool known = !value;
        for (size_t j = 0; !known && j < 3 && choices[i].values[j]; j++)
            known = strcmp(choices[i].values[j], value) == 0;
        if (!known)
            return refuse(why, "no such value of link or background");
    }
    return STATUS_OK;
}

enum status request_check(const struct record *request, const char **why)
{
    const char *user = record_get(request, SESSION_KEY_USER);
    /* Each field costs two bytes besides its text, in the message as in the record. */
    if (request->text.size >= SESSION_REQUEST_MAX)
        return refuse(why, "the request is too long");
    if (!user || *user == '\0' || strlen(user) > USER_NAME_MAX)
        return refuse(why, "no user, or a name too long");
    enum status status = check_operation(request, why);
    return status == STATUS_OK ? check_choices(request, why) : status;
}

enum status request_peek(struct record *request, int fd, const char **why)
{
    enum status status = record_peek(request, fd, REQUEST_WAIT_MS);
    if (status == STATUS_OK)
        status = request_check(request, why);
    else
        *why = "no request came";
    return status;
}
