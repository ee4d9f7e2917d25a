/* SPDX-License-Identifier: MIT
 * A libpam as a module sees it: one transaction whose user, password and faults come from the
 * input. libpam's own refuses to be called by a module that it did not load. */
#ifndef CSOLINK_FUZZ_LIBPAM_H
#define CSOLINK_FUZZ_LIBPAM_H

#include <pwd.h>
#include <security/pam_modules.h>
#include <stdbool.h>

#include "input.h"

/* Begins the one transaction: service, user, passwd entry and the host's effective user from the
 * input; no password. */
pam_handle_t *transaction_begin(struct input *input);

/* The application's pam_set_item(3): a new user, and with him his passwd entry. */
void transaction_set_user(struct input *input);

/* The password that was typed, with SECRET_MARK and the user's number in front; libpam forgets it
 * after authenticate. */
void transaction_set_password(struct input *input);
void transaction_forget_password(void);

/* Whether the password was typed for the user of now. */
bool transaction_knows(const char *password);

/* pam_end(3): the module's data is given back to it. */
void transaction_end(int status);

/* The user's passwd entry, NULL where there is none. */
const struct passwd *transaction_user(void);

#endif
