/* SPDX-License-Identifier: MIT
 * Token files: one an account and client code in the runtime folder, replaced atomically. */
#include "session/token.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <stdio.h>
#include <unistd.h>

#include "state/runtime.h"

enum { TOKEN_MAX = 4096 };

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
    int error = 0, folder = runtime_open(&error);
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
    int error = 0, folder = runtime_open(&error);
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
    int error = 0, folder = runtime_open(&error);
    if (folder < 0)
        return;
    g_autofree char *name = file_name(key, ""), *next = file_name(key, next_ending);
    unlinkat(folder, name, 0);
    unlinkat(folder, next, 0);
    close(folder);
}
