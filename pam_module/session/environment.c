/* SPDX-License-Identifier: MIT
 * The environment of csolink at login, built from nothing: what the host had in its own is the
 * caller's under su, and could steer the libraries that csolink loads. */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "session.h"

/* Adds NAME=prefix and value. False: memory is out. */
static bool add(struct environment *environment, const char *name, const char *prefix,
                const char *value)
{
    size_t i = 0;
    while (environment->entry[i])
        i++;
    bool added = i < ENVIRONMENT_MAX &&
                 asprintf(&environment->entry[i], "%s=%s%s", name, prefix, value) >= 0;
    if (!added)
        environment->entry[i] = NULL;
    return added;
}

/* True also where there is no bus: csolink then reports no_keyring by itself. */
static bool add_bus(struct environment *environment, const char *runtime_dir)
{
    struct stat found;
    char *path = NULL;
    bool added = asprintf(&path, "%s/bus", runtime_dir) >= 0;
    if (added && lstat(path, &found) == 0 && S_ISSOCK(found.st_mode))
        added = add(environment, "DBUS_SESSION_BUS_ADDRESS", "unix:path=", path);
    if (added)
        free(path);
    return added;
}

enum status environment_build(struct environment *environment, const struct passwd *user,
                              const char *runtime_dir, const char **why)
{
    const char *shell = user->pw_shell && *user->pw_shell != '\0' ? user->pw_shell : "/bin/sh";
    const struct {
        const char *name, *value;
    } fixed[] = {
        {"HOME", user->pw_dir},           {"USER", user->pw_name},
        {"LOGNAME", user->pw_name},       {"SHELL", shell},
        {"PATH", "/usr/bin:/bin"},        {"LANG", "C.UTF-8"},
        {"XDG_RUNTIME_DIR", runtime_dir},
    };
    bool added = true;
    for (size_t i = 0; added && i < sizeof fixed / sizeof fixed[0]; i++)
        added = add(environment, fixed[i].name, "", fixed[i].value);
    if (!added || !add_bus(environment, runtime_dir)) {
        *why = "no memory for the environment";
        return STATUS_INTERNAL;
    }
    return STATUS_OK;
}

void environment_clear(struct environment *environment)
{
    for (size_t i = 0; environment->entry[i]; i++) {
        free(environment->entry[i]);
        environment->entry[i] = NULL;
    }
}
