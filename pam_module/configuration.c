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
        found = errno == ENOENT ? CONFIGURATION_ABSENT : CONFIGURATION_UNSAFE;
        *why = errno == ELOOP ? "is a link" : "cannot be opened";
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
