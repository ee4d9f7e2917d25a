/* SPDX-License-Identifier: MIT
 * Configuration: /etc/csolink/csolink.conf, then the user's own; csolink.conf(5).
 * One table of keys; /etc may lock any of them. */
#ifndef CSOLINK_CONFIG_H
#define CSOLINK_CONFIG_H

#include <glib.h>
#include <stdbool.h>

#include "csolink/status.h"

struct config {
    char *environment;      /* whose accounts answer: production, qa, train or practice */
    char *account;          /* default login, or NULL */
    char *unmarked_purpose; /* file or search for requests without a purpose, or NULL */
    char *ca_file;          /* from /etc; every environment but practice */
    char *proxy;            /* from /etc; every environment but practice */
    char *practice_ca_file; /* environment practice alone; the user's file may set it */
    char *connect_to;       /* environment practice alone: curl's HOST:PORT:HOST:PORT */
    char *confirm;          /* when-names-differ or always */
    char *keyring_transfer; /* plain or encrypted */
    char *pinentry;         /* absolute path of pinentry(1), or "": no dialogs */
    char *store_otp;        /* allowed or forbidden: one-time-code secrets in the keyring */
    bool keep_filing_login; /* keep it in the keyring after the link */
    int keyring_timeout, worker_timeout, person_timeout; /* seconds, a phase */
    int connect_timeout, request_timeout;                /* seconds, at the court */
    int max_token_age;                                   /* minutes; 0: none */
    int sign_ons_per_hour;                               /* of one account, over all processes */
};

/* Reads both files over the defaults. A file that is not there is no error. STATUS_BAD_INPUT: *why,
 * to be freed by g_free, names file, key and reason; nothing may be done with such a configuration.
 * The file names are parameters for the tests; pass NULL for the real ones. */
enum status config_load(struct config *config, const char *etc_file, const char *user_file,
                        char **why);
void config_clear(struct config *config);

/* Prints "key = default" and its meaning, a line each, for csolink help and the manual. */
void config_print_keys(void);

#endif
