/* SPDX-License-Identifier: MIT
 * The two places that keep tokens, by name: the runtime folder, and the kernel's keyring where
 * there is none. What a name means and how old a token may be is token.c's. */
#ifndef CSOLINK_TOKEN_STORE_H
#define CSOLINK_TOKEN_STORE_H

#include <glib.h>
#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"

enum { TOKEN_MAX = 4096 }; /* bytes */

/* A token with the Unix seconds of its sign-on. {0} is empty. */
struct kept_token {
    struct secret text;
    gint64 signed_on;
};

/* handle is what open() filled. */
struct token_store {
    /* STATUS_ABSENT: there is no such place on this machine. STATUS_INTERNAL: it is not to be
     * trusted. exclusive: nobody else writes until close(), as far as the place can do that. */
    enum status (*open)(bool exclusive, int *handle);
    void (*close)(int handle);
    /* STATUS_ABSENT, STATUS_INTERNAL. */
    enum status (*read)(int handle, const char *name, struct kept_token *token);
    /* max_age in seconds, 0: none. STATUS_INTERNAL. */
    enum status (*write)(int handle, const char *name, const struct kept_token *token, int max_age);
    void (*drop)(int handle, const char *name);
    /* Adds the names that are kept to names. */
    void (*list)(int handle, GPtrArray *names);
};

extern const struct token_store token_folder, token_kernel;

#endif
