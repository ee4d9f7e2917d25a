/* SPDX-License-Identifier: MIT
 * A line an account: login, purpose, otp and client code, with tabs between. */
#include "account/roster.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "state/runtime.h"

enum { ROSTER_MAX = 64 * 1024, LOCK_MILLISECONDS = 500 };
enum field { LOGIN, PURPOSE, OTP, CLIENT_CODE, FIELDS };

static char *name_of(const char *environment)
{
    return g_strconcat("accounts ", environment, NULL);
}

/* NULL where another program stored what does not fit into a line. */
static char *text_of(GPtrArray *accounts)
{
    g_autoptr(GString) text = g_string_new(NULL);
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = g_ptr_array_index(accounts, i);
        const char *const fields[FIELDS + 1] = {account->login, account->purpose, account->otp,
                                                account->client_code ? account->client_code : "",
                                                NULL};
        for (int field = 0; field < FIELDS; field++) {
            if (strpbrk(fields[field], "\t\n"))
                return NULL;
        }
        g_autofree char *line = g_strjoinv("\t", (char **)fields);
        g_string_append_printf(text, "%s\n", line);
    }
    return text->len <= ROSTER_MAX ? g_string_free(g_steal_pointer(&text), FALSE) : NULL;
}

static char *read_text(int folder, const char *name)
{
    g_autofree char *text = g_malloc(ROSTER_MAX + 1);
    int fd = openat(folder, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    if (fd < 0)
        return NULL;
    ssize_t got = read(fd, text, ROSTER_MAX);
    close(fd);
    if (got < 0)
        return NULL;
    text[got] = '\0';
    return g_steal_pointer(&text);
}

void roster_note(const char *environment, GPtrArray *accounts)
{
    int error = 0, folder = runtime_open(&error);
    if (folder < 0)
        return;
    g_autofree char *name = name_of(environment), *text = text_of(accounts);
    g_autofree char *before = read_text(folder, name);
    /* Each use comes here: one that has nothing to write waits for nobody, and none for long. */
    if (g_strcmp0(before, text) != 0) {
        if (text && runtime_lock(folder, LOCK_MILLISECONDS))
            runtime_replace(folder, name, text, strlen(text), NULL);
        else
            unlinkat(folder, name, 0);
    }
    close(folder);
}

static struct account *account_of(const char *environment, const char *line)
{
    g_auto(GStrv) fields = g_strsplit(line, "\t", -1);
    if (g_strv_length(fields) != FIELDS)
        return NULL;
    struct account *account = g_new0(struct account, 1);
    account->environment = g_strdup(environment);
    account->login = g_strdup(fields[LOGIN]);
    account->purpose = g_strdup(fields[PURPOSE]);
    account->otp = g_strdup(fields[OTP]);
    account->client_code = *fields[CLIENT_CODE] != '\0' ? g_strdup(fields[CLIENT_CODE]) : NULL;
    return account;
}

static GPtrArray *accounts_of(const char *environment, const char *text)
{
    g_autoptr(GPtrArray) accounts = g_ptr_array_new_with_free_func((GDestroyNotify)account_free);
    g_auto(GStrv) lines = g_strsplit(text, "\n", -1);
    for (char **line = lines; *line && **line != '\0'; line++) {
        struct account *account = account_of(environment, *line);
        if (!account)
            return NULL;
        g_ptr_array_add(accounts, account);
    }
    return g_steal_pointer(&accounts);
}

GPtrArray *roster_read(const char *environment)
{
    int error = 0, folder = runtime_open(&error);
    if (folder < 0)
        return NULL;
    g_autofree char *name = name_of(environment);
    g_autofree char *text = read_text(folder, name);
    close(folder);
    return text ? accounts_of(environment, text) : NULL;
}

void roster_drop(const char *environment)
{
    int error = 0, folder = runtime_open(&error);
    if (folder < 0)
        return;
    g_autofree char *name = name_of(environment);
    unlinkat(folder, name, 0);
    close(folder);
}
