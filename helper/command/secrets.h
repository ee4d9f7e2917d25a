/* SPDX-License-Identifier: MIT
 * Where the secrets of account and filing commands come from: key=value lines on standard input, or
 * the terminal where standard input is one. Never the command line. And where they go: a line. */
#ifndef CSOLINK_COMMAND_SECRETS_H
#define CSOLINK_COMMAND_SECRETS_H

#include <stdbool.h>

#include "command/command.h"
#include "csolink/record.h"

struct secrets {
    struct secret password, otp_secret;
};
void secrets_clear(struct secrets *secrets);
#define SECRETS_AUTO __attribute__((cleanup(secrets_clear)))

/* What is wrong with --password-set, or NULL; it may be left out. */
const char *secrets_date_fault(const struct options *options);

/* Reads a password for whom ("PACER account jdoe1234"), and a one-time-code secret if wanted. On
 * failure the sentence has been printed: STATUS_BAD_INPUT (a line is missing, malformed or there
 * twice), or a status of ask_secret(). */
enum status secrets_read(const struct invocation *invocation, const char *whom, bool with_otp,
                         struct secrets *secrets);

/* The same for a one-time-code secret alone, made fit to be stored. */
enum status secrets_read_otp(const struct invocation *invocation, const char *whom,
                             struct secret *secret);

/* Makes a one-time-code secret fit to be stored. STATUS_BAD_INPUT: the sentence has been printed.
 */
enum status secrets_normalise_otp(struct secret *secret);

/* May one-time-code secrets be stored here (store_otp in csolink.conf(5))?
 * STATUS_REFUSED_BY_POLICY: the sentence has been printed. */
enum status secrets_may_store_otp(const struct invocation *invocation, const char *login);

/* Tells the person what the secret weakens that has just been stored. */
void secrets_warn_of_stored_otp(void);

/* Prints a secret as one line, past stdio, which would keep a copy; text gets the newline too.
 * STATUS_INTERNAL: standard output cannot be written. */
enum status secrets_print(struct secret *text);

#endif
