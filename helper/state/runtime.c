/* SPDX-License-Identifier: MIT
 * The runtime folder, of which owner, mode and file system are checked before anything is read or
 * written in it. */
#include "state/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

static bool is_private(int fd)
{
    struct stat info;
    struct statfs system;
    return fstat(fd, &info) == 0 && info.st_uid == geteuid() && (info.st_mode & 077) == 0 &&
           fstatfs(fd, &system) == 0 &&
           (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
}

int runtime_open(int *error)
{
    g_autofree char *runtime = g_strdup_printf("/run/user/%u", geteuid());
    int outer = open(runtime, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW), folder = -1;
    *error = outer < 0 ? errno : EPERM;
    if (outer < 0)
        return -1;
    if (is_private(outer) && (mkdirat(outer, "csolink", 0700) == 0 || errno == EEXIST))
        folder = openat(outer, "csolink", O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
    close(outer);
    if (folder >= 0 && !is_private(folder)) {
        close(folder);
        folder = -1;
    }
    return folder;
}

int runtime_open_locked(int *error)
{
    int folder = runtime_open(error);
    while (folder >= 0 && flock(folder, LOCK_EX) != 0) {
        if (errno != EINTR) {
            *error = errno;
            close(folder);
            return -1;
        }
    }
    return folder;
}

bool runtime_lock(int folder, int wait_ms)
{
    const struct timespec pause = {.tv_nsec = 5 * 1000000};
    gint64 end = g_get_monotonic_time() + (gint64)wait_ms * 1000;
    while (flock(folder, LOCK_EX | LOCK_NB) != 0) {
        if (g_get_monotonic_time() >= end)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

bool runtime_replace(int folder, const char *name, const char *bytes, size_t size,
                     const struct timespec *modified)
{
    /* One name for all that is on its way: only one process writes, so a crash leaves one at most.
     */
    static const char next[] = "next";
    const struct timespec now = {.tv_nsec = UTIME_NOW};
    const struct timespec times[2] = {now, modified ? *modified : now};
    int fd = openat(folder, next,
                    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    bool good = fd >= 0 && write(fd, bytes, size) == (ssize_t)size && futimens(fd, times) == 0 &&
                renameat(folder, next, folder, name) == 0;
    if (fd >= 0)
        close(fd);
    if (!good)
        unlinkat(folder, next, 0);
    return good;
}
