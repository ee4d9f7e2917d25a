/* SPDX-License-Identifier: MIT
 * The wrapped functions that read a file: its owner and mode are invented, its content is in
 * memory. */
#include "file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "faults.h"

enum { TEXT_MAX = 5000 }; /* more than the module takes */

/* What is wrong with it, one bit each. A growing one is longer than fstat(2) said. */
enum {
    ABSENT = 1,
    FOREIGN = 2,
    GROUP_WRITABLE = 4,
    WORLD_WRITABLE = 8,
    FIFO = 16,
    HAS_NUL = 32,
    GROWING = 64,
};

static struct {
    unsigned flaws;
    char text[TEXT_MAX];
    size_t size;
    int error; /* of the last open(2) */
} file;

void file_plan(struct input *input)
{
    file.flaws = take_byte(input);
    file.error = 0;
    take_text(input, file.text, sizeof file.text);
    file.size = strlen(file.text) + (file.flaws & HAS_NUL ? 1 : 0);
}

bool file_is_usable(void)
{
    bool safe = (file.flaws & (FOREIGN | GROUP_WRITABLE | WORLD_WRITABLE | FIFO)) == 0;
    return file.error == 0 ? safe : file.error == ENOENT || file.error == EMFILE;
}

int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...)
{
    const int needed = O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC;
    HOLDS(path[0] == '/' && (flags & needed) == needed && (flags & O_ACCMODE) == O_RDONLY);
    file.error = 0;
    if (fault_due(FUNCTION_open))
        file.error = errno;
    else if (file.flaws & ABSENT)
        file.error = ENOENT;
    errno = file.error;
    if (file.error != 0)
        return -1;
    int fd = memfd_create("file", MFD_CLOEXEC);
    HOLDS(fd >= 0 && pwrite(fd, file.text, file.size, 0) == (ssize_t)file.size);
    return fd;
}

int __wrap_fstat(int fd, struct stat *status);
int __real_fstat(int fd, struct stat *status);
int __wrap_fstat(int fd, struct stat *status)
{
    if (fault_due(FUNCTION_fstat) || __real_fstat(fd, status) != 0)
        return -1;
    if (on_trial()) {
        status->st_size = file.flaws & GROWING ? 0 : status->st_size;
        status->st_uid = file.flaws & FOREIGN ? 1000 : 0;
        status->st_mode = file.flaws & FIFO ? S_IFIFO : S_IFREG;
        status->st_mode |= 0600 | (file.flaws & GROUP_WRITABLE ? S_IWGRP : 0U) |
                           (file.flaws & WORLD_WRITABLE ? S_IWOTH : 0U);
    }
    return 0;
}
