/* SPDX-License-Identifier: MIT
 * One-time codes: TOTP (RFC 6238), from a secret as people have it: base32 with PACER's parameters
 * (6 digits, 30 seconds, SHA-1), or an otpauth:// URI with its own. */
#ifndef CSOLINK_CODE_H
#define CSOLINK_CODE_H

#include <glib.h>

#include "csolink/secret.h"
#include "csolink/status.h"

enum { CODE_PERIOD_MAX = 300 }; /* seconds */

/* A secret with what belongs to it. {0} is empty; period is in seconds. */
struct code_key {
    struct secret base32; /* capitals and digits alone */
    int digits, period;
    int flags; /* liboath's oath_totp_flags: which SHA */
};
void code_key_clear(struct code_key *key);
#define CODE_KEY_AUTO __attribute__((cleanup(code_key_clear)))

/* Reads base32 (blanks, hyphens and case do not matter) or an otpauth://totp URI with digits 6 to
 * 8, period 1 to 300 and algorithm SHA1, SHA256 or SHA512 (the "Key Uri Format" of Google
 * Authenticator). STATUS_BAD_INPUT: *fault is a constant clause that says why; a parameter that we
 * do not know is one, for it might make other codes, and a wrong code costs the password. */
enum status code_key_read(const struct secret *text, struct code_key *key, const char **fault);

/* Turns what a person typed into what lies in the keyring: plain base32 where the parameters are
 * PACER's (other tools read that), else the shortest otpauth:// URI. Statuses of code_key_read().
 */
enum status code_secret_normalise(struct secret *secret, const char **fault);

/* The code of the step that second (Unix time) lies in. */
enum status code_compute(const struct code_key *key, gint64 second, struct secret *code);

/* Makes a code that a person typed ready to be sent: blanks go. False: it is neither digits nor has
 * the form of a backup code, 6 to 32 letters, digits and hyphens (PACER publishes none). */
bool code_fold(struct secret *text);

#endif
