/* SPDX-License-Identifier: MIT
 * Tokens as files in the runtime folder; a file's time stamp is that of the sign-on. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "session/token_store.h"
#include "state/runtime.h"

static enum status open_folder(bool exclusive, int *handle)
{
    int error = 0;
    *handle = exclusive ? runtime_open_locked(&error) : runtime_open(&error);
    if (*handle >= 0)
        return STATUS_OK;
    return error == ENOENT ? STATUS_ABSENT : STATUS_INTERNAL;
}

static void close_folder(int handle)
{
    close(handle);
}

static enum status read_file(int handle, const char *name, struct kept_token *token)
{
    struct stat info;
    int fd = openat(handle, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return errno == ENOENT ? STATUS_ABSENT : STATUS_INTERNAL;
    ssize_t got = -1;
    if (fstat(fd, &info) == 0 && secret_reserve(&token->text, TOKEN_MAX))
        got = read(fd, token->text.data, TOKEN_MAX);
    close(fd);
    if (got < 0)
        return STATUS_INTERNAL;
    token->text.size = (size_t)got;
    token->text.data[got] = '\0';
    token->signed_on = info.st_mtime;
    return got > 0 ? STATUS_OK : STATUS_ABSENT;
}

static enum status write_file(int handle, const char *name, const struct kept_token *token,
                              int max_age)
{
    const struct timespec signed_on = {.tv_sec = token->signed_on};
    (void)max_age; /* whoever reads it looks at its age */
    return runtime_replace(handle, name, token->text.data, token->text.size, &signed_on)
               ? STATUS_OK
               : STATUS_INTERNAL;
}

static void drop_file(int handle, const char *name)
{
    unlinkat(handle, name, 0);
}

static void list_files(int handle, GPtrArray *names)
{
    int fd = dup(handle);
    DIR *folder = fd >= 0 ? fdopendir(fd) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));)
        g_ptr_array_add(names, g_strdup(entry->d_name));
    if (folder)
        closedir(folder);
    else if (fd >= 0)
        close(fd);
}

const struct token_store token_folder = {open_folder, close_folder, read_file,
                                         write_file,  drop_file,    list_files};
