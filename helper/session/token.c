/* SPDX-License-Identifier: MIT
 * Token files. The folder's path is computed, not taken from the environment, which under su is
 * another user's; its owner, mode and file system are checked before anything is read or written.
 */
#include "session/token.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <linux/magic.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

enum { TOKEN_MAX = 4096 };

static bool is_private(int fd)
{
    struct stat info;
    struct statfs system;
    return fstat(fd, &info) == 0 && info.st_uid == geteuid() && (info.st_mode & 077) == 0 &&
           fstatfs(fd, &system) == 0 &&
           (system.f_type == TMPFS_MAGIC || system.f_type == RAMFS_MAGIC);
}

static int open_folder(int *error)
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

/* The next token's file on its way, of the one process that holds the run lock. */
static const char next_ending[] = " next";

static char *file_name(const struct token_key *key, const char *ending)
{
    g_autofree char *account = g_uri_escape_string(key->account, NULL, FALSE);
    g_autofree char *code =
        key->client_code ? g_uri_escape_string(key->client_code, NULL, FALSE) : g_strdup("");
    return g_strdup_printf("token %s %s %s%s", key->environment, account, code, ending);
}

static enum status folder_status(int error)
{
    return error == ENOENT ? STATUS_ABSENT : STATUS_INTERNAL;
}

enum status token_read(const struct token_key *key, struct secret *token)
{
    int error = 0, folder = open_folder(&error);
    if (folder < 0)
        return folder_status(error);
    g_autofree char *name = file_name(key, "");
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    close(folder);
    if (fd < 0)
        return errno == ENOENT ? STATUS_ABSENT : STATUS_INTERNAL;
    enum status status = STATUS_INTERNAL;
    if (secret_reserve(token, TOKEN_MAX)) {
        ssize_t got = read(fd, token->data, TOKEN_MAX);
        token->size = got > 0 ? (size_t)got : 0;
        token->data[token->size] = '\0';
        status = got > 0 ? STATUS_OK : STATUS_ABSENT;
    }
    close(fd);
    return status;
}

enum status token_write(const struct token_key *key, const struct secret *token)
{
    int error = 0, folder = open_folder(&error);
    if (folder < 0)
        return folder_status(error);
    g_autofree char *name = file_name(key, ""), *next = file_name(key, next_ending);
    int fd = openat(folder, next, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    bool good = fd >= 0 && write(fd, secret_string(token), token->size) == (ssize_t)token->size &&
                renameat(folder, next, folder, name) == 0;
    if (fd >= 0)
        close(fd);
    if (!good)
        unlinkat(folder, next, 0);
    close(folder);
    return good ? STATUS_OK : STATUS_INTERNAL;
}

void token_drop(const struct token_key *key)
{
    int error = 0, folder = open_folder(&error);
    if (folder < 0)
        return;
    g_autofree char *name = file_name(key, ""), *next = file_name(key, next_ending);
    unlinkat(folder, name, 0);
    unlinkat(folder, next, 0);
    close(folder);
}
