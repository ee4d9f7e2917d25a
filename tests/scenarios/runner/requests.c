/* SPDX-License-Identifier: MIT
 * What csolink-session was asked: its stand-in passes each request on to here. A secret is compared
 * and never shown. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>

#include "csolink/record.h"
#include "csolink/session_request.h"
#include "scenario.h"

static int request_socket = -1;

void requests_open(const char *path)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    snprintf(address.sun_path, sizeof address.sun_path, "%s", path);
    request_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (request_socket < 0 ||
        bind(request_socket, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(path, 0666) != 0)
        differ(0, "%s cannot be listened to: %m", path);
}

static void compare_field(unsigned line, const struct record *request, const char *key,
                          const char *value)
{
    const char *got = record_get(request, key);
    bool secret = strcmp(key, SESSION_KEY_SECRET) == 0;
    if (secret)
        value = password_find(value);
    if (!value)
        differ(line, "no such password");
    if (!got)
        differ(line, "the request has no %s", key);
    if (strcmp(got, value) != 0)
        differ(line, "the request's %s is %s", key, secret ? "another one" : got);
}

static void compare(const struct expected *expected, const struct record *request)
{
    char *fields = strdup(expected->text), *rest = fields, *key, *value;
    size_t count = 0;
    while ((value = strsep(&rest, " "))) {
        key = strsep(&value, "=");
        if (!value)
            differ(expected->line, "a field is KEY=VALUE");
        compare_field(expected->line, request, key, value);
        count++;
    }
    if (request->count != count)
        differ(expected->line, "the request has %zu fields", request->count);
    free(fields);
}

void requests_check(const struct step *step)
{
    struct record request = {0};
    size_t seen = 0;
    while (record_receive(&request, request_socket, 0) == STATUS_OK) {
        if (seen == step->requests.count)
            differ(step->line, "csolink-session was asked for a %s of %s",
                   record_get(&request, SESSION_KEY_OPERATION),
                   record_get(&request, SESSION_KEY_USER));
        compare(&step->requests.item[seen++], &request);
        record_clear(&request);
    }
    if (seen < step->requests.count)
        differ(step->requests.item[seen].line, "csolink-session was not asked");
}
