/* SPDX-License-Identifier: MIT
 * The runtime folder, of which owner, mode and file system are checked before anything is read or
 * written in it. */
#include "state/runtime.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/magic.h>
#include <stdbool.h>
#include <sys/stat.h>
#include <sys/vfs.h>
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
