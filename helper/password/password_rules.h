/* SPDX-License-Identifier: MIT
 * PACER's rules for a new password since 25 August 2025: 14 to 45 characters, at least one
 * lower-case letter, one upper-case letter and one special character, and no part of the first or
 * last name, the user name or the e-mail address (PACER announcement of 27 June 2025, "Additional
 * security enhancements coming soon"). Older passwords stay good for signing on. */
#ifndef CSOLINK_PASSWORD_RULES_H
#define CSOLINK_PASSWORD_RULES_H

#include <glib.h>

#include "csolink/secret.h"
#include "csolink/status.h"

enum {
    PASSWORD_LEAST = 14,
    PASSWORD_MOST = 45,
    PASSWORD_PART_LEAST = 3, /* letters: PACER names no number, and shorter ones are in any text */
    PASSWORD_GENERATED = 20
};

/* What must not stand in a password, of words that are known of a person (her login, her names; the
 * list ends with NULL, members may be ""): each word and each run of letters in it, from
 * PASSWORD_PART_LEAST bytes on. For g_strfreev. */
char **password_rules_parts(const char *const *words);

/* The parts of an account's login, and of this Linux user's name and full name. For g_strfreev. */
char **password_rules_parts_of(const char *login);

/* Which rule does text break? NULL, or a constant sentence without its first word ("it ..."). Upper
 * and lower case are the same in a part. */
const char *password_rules_fault(const struct secret *text, char *const *parts);

/* The characters of a generated password: none that look alike, and of the special ones those that
 * hardly any form refuses. */
extern const char password_alphabet[];

/* A new password by the rules, which also holds no three characters in a row of any part: each one
 * of these is equally likely. STATUS_INTERNAL: no random bytes, or no memory. */
enum status password_generate(char *const *parts, struct secret *text);

#endif
