/* SPDX-License-Identifier: MIT
 * State files: GKeyFile for the syntax, flock against other writers, and the old sequence of
 * temporary file, fsync, rename, fsync of the folder, so that a crash leaves the old or the new. */
#include "state/state.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static char *folder_name(const char *environment)
{
    return g_build_filename(g_get_home_dir(), ".local", "state", "csolink", environment, NULL);
}

/* Logins may hold "/" or begin with ".": the file's name is percent-encoded, dots included. */
static char *file_name(const char *account, const char *ending)
{
    g_autofree char *escaped = g_uri_escape_string(account, NULL, FALSE);
    g_autoptr(GString) name = g_string_new(escaped);
    g_string_replace(name, ".", "%2E", 0);
    return g_strconcat(name->str, ending, NULL);
}

const char *state_fault(enum status status)
{
    return status == STATUS_INTERNAL ? STATE_CANNOT_BE_READ : STATE_CANNOT_BE_WRITTEN;
}

/* Hers, or -1 with errno. */
static int open_folder(const char *name)
{
    int folder = open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    struct stat info;
    if (folder >= 0 && (fstat(folder, &info) != 0 || info.st_uid != geteuid())) {
        close(folder);
        errno = EPERM;
        return -1;
    }
    return folder;
}

static bool is_writable(const char *name)
{
    return faccessat(AT_FDCWD, name, W_OK | X_OK, AT_EACCESS) == 0;
}

static char *read_text(int folder, const char *name, gsize *size, int *error)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char block[4096];
    ssize_t got = 0;
    struct stat info;
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    *error = fd < 0 ? errno : 0;
    if (fd < 0)
        return NULL;
    if (fstat(fd, &info) != 0 || !S_ISREG(info.st_mode)) { /* a pipe would keep us waiting */
        *error = EINVAL;
        close(fd);
        return NULL;
    }
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR))
        if (got > 0)
            g_string_append_len(text, block, got);
    *error = got < 0 ? errno : 0;
    close(fd);
    *size = text->len;
    return *error ? NULL : g_string_free(g_steal_pointer(&text), FALSE);
}

enum status state_refresh(struct state *state)
{
    int error = 0;
    gsize size = 0;
    g_autofree char *name = file_name(state->account, ".state");
    g_autofree char *text = read_text(state->folder, name, &size, &error);
    g_clear_pointer(&state->keys, g_key_file_unref);
    state->keys = g_key_file_new();
    if (!text)
        return error == ENOENT ? STATUS_OK : STATUS_INTERNAL;
    if (size > 0 && !g_key_file_load_from_data(state->keys, text, size, G_KEY_FILE_NONE, NULL)) {
        g_autofree char *aside = file_name(state->account, ".damaged");
        if (renameat(state->folder, name, state->folder, aside) != 0)
            return STATUS_INTERNAL;
        g_key_file_unref(state->keys);
        state->keys = g_key_file_new();
    }
    return STATUS_OK;
}

static struct state *state_new(const char *environment, const char *account)
{
    struct state *state = g_new0(struct state, 1);
    state->lock = state->folder = -1;
    state->environment = g_strdup(environment);
    state->account = g_strdup(account);
    return state;
}

enum status state_open(struct state **opened, const char *environment, const char *account)
{
    STATE_AUTO struct state *state = state_new(environment, account);
    g_autofree char *folder = folder_name(environment);
    if (g_mkdir_with_parents(folder, 0700) == 0 && is_writable(folder))
        state->folder = open_folder(folder);
    if (state->folder < 0)
        return STATUS_REFUSED_BY_POLICY;
    enum status status = state_refresh(state);
    if (status == STATUS_OK)
        *opened = g_steal_pointer(&state);
    return status;
}

/* Is the first folder on the way up that exists one that we may write? */
static bool can_be_made(const char *name)
{
    g_autofree char *parent = g_path_get_dirname(name);
    if (faccessat(AT_FDCWD, parent, F_OK, AT_EACCESS) != 0 && strcmp(parent, name) != 0)
        return can_be_made(parent);
    return is_writable(parent);
}

bool state_is_writable(const char *environment)
{
    g_autofree char *folder = folder_name(environment);
    return faccessat(AT_FDCWD, folder, F_OK, AT_EACCESS) == 0 ? is_writable(folder)
                                                              : can_be_made(folder);
}

/* Without the lock: files are replaced by a rename, so this finds the old one or the new one. */
enum status state_peek(struct state **opened, const char *environment, const char *account)
{
    STATE_AUTO struct state *state = state_new(environment, account);
    g_autofree char *folder = folder_name(environment), *name = file_name(account, ".state");
    g_autofree char *text = NULL;
    gsize size = 0;
    state->keys = g_key_file_new();
    state->folder = open_folder(folder);
    int error = state->folder < 0 ? errno : 0;
    if (error == 0)
        text = read_text(state->folder, name, &size, &error);
    if (error != 0 && error != ENOENT)
        return STATUS_INTERNAL;
    if (text)
        g_key_file_load_from_data(state->keys, text, size, G_KEY_FILE_NONE, NULL);
    *opened = g_steal_pointer(&state);
    return STATUS_OK;
}

static void unlock(struct state *state)
{
    if (state->lock >= 0)
        close(state->lock);
    state->lock = -1;
}

void state_close(struct state *state)
{
    unlock(state);
    if (state->folder >= 0)
        close(state->folder);
    g_clear_pointer(&state->keys, g_key_file_unref);
    g_free(state->environment);
    g_free(state->account);
    g_free(state);
}

enum status state_begin(struct state *state)
{
    /* A descriptor of its own: flock belongs to the open file, and folder stays open. */
    state->lock = openat(state->folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (state->lock < 0)
        return STATUS_INTERNAL;
    while (flock(state->lock, LOCK_EX) != 0) {
        if (errno != EINTR) {
            unlock(state);
            return STATUS_INTERNAL;
        }
    }
    enum status status = state_refresh(state);
    if (status != STATUS_OK)
        unlock(state);
    return status;
}

static bool write_file(int folder, const char *name, const char *text, gsize size)
{
    int fd = openat(folder, name,
                    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    bool good = fd >= 0;
    for (gsize done = 0; good && done < size;) {
        ssize_t wrote = write(fd, text + done, size - done);
        good = wrote > 0 || (wrote < 0 && errno == EINTR);
        done += wrote > 0 ? (gsize)wrote : 0;
    }
    good = good && fsync(fd) == 0;
    if (fd >= 0 && close(fd) != 0)
        good = false;
    return good;
}

/* NAME.next on its way to NAME and ending; the caller holds the lock. */
static bool replace(struct state *state, const char *ending, const char *text, gsize size)
{
    g_autofree char *name = file_name(state->account, ending);
    g_autofree char *next = file_name(state->account, ".next");
    return write_file(state->folder, next, text, size) &&
           renameat(state->folder, next, state->folder, name) == 0 && fsync(state->folder) == 0;
}

enum status state_commit(struct state *state)
{
    gsize size = 0;
    g_autofree char *text = g_key_file_to_data(state->keys, &size, NULL);
    bool good = replace(state, ".state", text, size);
    unlock(state);
    return good ? STATUS_OK : STATUS_REFUSED_BY_POLICY;
}

void state_abandon(struct state *state)
{
    unlock(state);
}

enum status state_read_beside(struct state *state, const char *ending, char **text, gsize *size)
{
    int error = 0;
    g_autofree char *name = file_name(state->account, ending);
    *text = read_text(state->folder, name, size, &error);
    return error == 0 || error == ENOENT ? STATUS_OK : STATUS_INTERNAL;
}

bool state_replace_beside(struct state *state, const char *ending, const char *text, gsize size)
{
    return replace(state, ending, text, size);
}

bool state_append_beside(struct state *state, const char *ending, const char *text, gsize size)
{
    g_autofree char *name = file_name(state->account, ending);
    int fd = openat(state->folder, name,
                    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK, 0600);
    bool good = fd >= 0 && write(fd, text, size) == (ssize_t)size && fdatasync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool try_lock(int fd)
{
    return flock(fd, LOCK_EX | LOCK_NB) == 0;
}

enum status state_lock_run(struct state *state, int wait_ms, int *fd)
{
    /* flock has no time limit, and a signal to end it may hit GDBus's thread instead: so we look
     * again, every 20 ms. */
    const struct timespec pause = {.tv_nsec = 20 * 1000000};
    g_autofree char *name = file_name(state->account, ".run");
    *fd = openat(state->folder, name, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
        return STATUS_REFUSED_BY_POLICY;
    gint64 end = g_get_monotonic_time() + (gint64)wait_ms * 1000;
    while (!try_lock(*fd)) {
        if (g_get_monotonic_time() >= end) {
            close(*fd);
            *fd = -1;
            return STATUS_BUSY;
        }
        nanosleep(&pause, NULL);
    }
    return STATUS_OK;
}

enum status state_accounts(const char *environment, char ***accounts)
{
    g_autoptr(GError) error = NULL;
    g_autofree char *name = folder_name(environment);
    g_autoptr(GDir) folder = g_dir_open(name, 0, &error);
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    const char *entry;
    while (folder && (entry = g_dir_read_name(folder))) {
        if (g_str_has_suffix(entry, ".state")) {
            g_autofree char *stem = g_strndup(entry, strlen(entry) - strlen(".state"));
            g_autofree char *account = g_uri_unescape_string(stem, NULL);
            if (account)
                g_strv_builder_add(names, account);
        }
    }
    *accounts = g_strv_builder_end(names);
    return folder || g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT) ? STATUS_OK
                                                                              : STATUS_INTERNAL;
}
