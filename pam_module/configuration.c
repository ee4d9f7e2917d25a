/* SPDX-License-Identifier: MIT
 * The configuration file, opened so that nobody but root can have written what it says.
 * In /etc or where a line says; never in a home. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"

static const char *fault_of(const struct stat *file)
{
    const char *why = NULL;
    if (!S_ISREG(file->st_mode))
        why = "is not a regular file";
    else if (file->st_uid != 0)
        why = "is not owned by root";
    else if ((file->st_mode & (S_IWGRP | S_IWOTH)) != 0)
        why = "can be written by others than root";
    else if (file->st_size > CONFIGURATION_MAX)
        why = "is too long";
    return why;
}

/* Ends the text with NUL. False: it is not a text that fits. One byte more than fits is asked for,
 * for the file may have grown since fstat(2). */
static bool read_all(int fd, char *text)
{
    size_t size = 0;
    ssize_t got = 1;
    while (got != 0 && size <= CONFIGURATION_MAX) {
        got = read(fd, text + size, CONFIGURATION_MAX + 1 - size);
        if (got < 0 && errno != EINTR)
            return false;
        size += got > 0 ? (size_t)got : 0;
    }
    bool fits = size <= CONFIGURATION_MAX && !memchr(text, '\0', size);
    if (fits)
        text[size] = '\0';
    return fits;
}

/* A host without a descriptor to spare is not an administrator's mistake: its session is ours. */
static enum configuration not_opened(int error, const char **why)
{
    static const struct {
        int error;
        enum configuration found;
        const char *why;
    } table[] = {
        {ENOENT, CONFIGURATION_ABSENT, "is missing"},
        {EMFILE, CONFIGURATION_ABSENT, "cannot be opened: the host has no descriptor left"},
        {ENFILE, CONFIGURATION_ABSENT, "cannot be opened: the system has no descriptor left"},
        {ENOMEM, CONFIGURATION_ABSENT, "cannot be opened: memory is out"},
        {ELOOP, CONFIGURATION_UNSAFE, "is a link"},
        {EACCES, CONFIGURATION_UNSAFE, "cannot be read by this host"},
    };
    enum configuration found = CONFIGURATION_UNSAFE;
    *why = "cannot be opened";
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++) {
        if (table[i].error == error) {
            found = table[i].found;
            *why = table[i].why;
        }
    }
    return found;
}

enum configuration configuration_read(const char *path, char *text, const char **why)
{
    enum configuration found = CONFIGURATION_UNSAFE;
    struct stat file;
    int fd = -1;
    if (*path != '/') {
        *why = "is not an absolute path";
        goto done;
    }
    fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0) {
        found = not_opened(errno, why);
        goto done;
    }
    *why = fstat(fd, &file) == 0 ? fault_of(&file) : "cannot be read";
    if (*why)
        goto done;
    if (!read_all(fd, text)) {
        *why = "is not a text";
        goto done;
    }
    found = CONFIGURATION_READ;
done:
    if (fd >= 0)
        close(fd);
    return found;
}
