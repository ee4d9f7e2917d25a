/* SPDX-License-Identifier: MIT
 * Tokens as keys of the user's keyring in the kernel (keyrings(7), user-keyring(7)): in memory, for
 * the user alone, without a file. It outlives the last logout for as long as a process of the user
 * lives, so each key has a timeout. */
#include <errno.h>
#include <keyutils.h>
#include <stdlib.h>
#include <string.h>

#include "session/token_store.h"

/* Without max_token_age. */
enum { TIMEOUT_SECONDS = 12 * 60 * 60 };

/* What stands before the name in a key's description. */
static const char prefix[] = "csolink:";

/* Session keyrings do not always possess the user's (pam_keyinit(8) is not everywhere), so the
 * user's own bits count. Group and others have none. */
static const key_perm_t user_alone = KEY_POS_ALL | KEY_USR_ALL;

/* The payload: the time, then the token. An update takes the timeout away, and only the time of the
 * sign-on tells what is left of it. */
struct header {
    gint64 signed_on;
};

static enum status open_keyring(bool exclusive, int *handle)
{
    (void)exclusive; /* each call is atomic, and a lost race costs one sign-on */
    *handle = KEY_SPEC_USER_KEYRING;
    return keyctl_get_keyring_ID(*handle, 1) < 0 ? STATUS_ABSENT : STATUS_OK;
}

static void close_keyring(int handle)
{
    (void)handle;
}

static key_serial_t find(int handle, const char *name)
{
    g_autofree char *description = g_strconcat(prefix, name, NULL);
    return (key_serial_t)keyctl_search(handle, "user", description, 0);
}

static enum status read_key(int handle, const char *name, struct kept_token *token)
{
    SECRET_AUTO struct secret payload = {0};
    struct header header;
    key_serial_t key = find(handle, name);
    if (key < 0)
        return STATUS_ABSENT; /* also one that has expired */
    if (!secret_reserve(&payload, sizeof header + TOKEN_MAX))
        return STATUS_INTERNAL;
    long size = keyctl_read(key, payload.data, sizeof header + TOKEN_MAX);
    if (size <= (long)sizeof header || size > (long)sizeof header + TOKEN_MAX)
        return STATUS_ABSENT;
    memcpy(&header, payload.data, sizeof header);
    token->signed_on = header.signed_on;
    return secret_set(&token->text, payload.data + sizeof header, (size_t)size - sizeof header)
               ? STATUS_OK
               : STATUS_INTERNAL;
}

static void drop_key(int handle, const char *name)
{
    key_serial_t key = find(handle, name);
    if (key >= 0)
        keyctl_unlink(key, handle);
}

static enum status write_key(int handle, const char *name, const struct kept_token *token,
                             int max_age)
{
    SECRET_AUTO struct secret payload = {0};
    const struct header header = {token->signed_on};
    g_autofree char *description = g_strconcat(prefix, name, NULL);
    gint64 left = token->signed_on + (max_age > 0 ? max_age : TIMEOUT_SECONDS) -
                  g_get_real_time() / G_USEC_PER_SEC;
    if (!secret_append(&payload, (const char *)&header, sizeof header) ||
        !secret_append(&payload, token->text.data, token->text.size))
        return STATUS_INTERNAL;
    key_serial_t key =
        left > 0 ? add_key("user", description, payload.data, payload.size, handle) : -1;
    if (key >= 0 && keyctl_setperm(key, user_alone) == 0 &&
        keyctl_set_timeout(key, (unsigned)left) == 0)
        return STATUS_OK;
    drop_key(handle, name);
    return STATUS_INTERNAL;
}

static void list_keys(int handle, GPtrArray *names)
{
    void *content = NULL;
    int size = keyctl_read_alloc(handle, &content);
    for (int i = 0; size > 0 && i < size / (int)sizeof(key_serial_t); i++) {
        char *description = NULL;
        if (keyctl_describe_alloc(((key_serial_t *)content)[i], &description) < 0)
            continue;
        /* type;uid;gid;permissions;description */
        g_auto(GStrv) fields = g_strsplit(description, ";", 5);
        if (g_strv_length(fields) == 5 && strcmp(fields[0], "user") == 0 &&
            g_str_has_prefix(fields[4], prefix))
            g_ptr_array_add(names, g_strdup(fields[4] + strlen(prefix)));
        free(description);
    }
    free(content);
}

const struct token_store token_kernel = {open_keyring, close_keyring, read_key,
                                         write_key,    drop_key,      list_keys};
