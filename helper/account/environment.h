/* SPDX-License-Identifier: MIT
 * PACER's environments. Accounts of different ones never mix. */
#ifndef CSOLINK_ENVIRONMENT_H
#define CSOLINK_ENVIRONMENT_H

#include <stdbool.h>
#include <stddef.h>

/* Where the environments are: PACER's sign-on host (Authentication API User Guide, p. 4), and
 * whether the courts of our directory belong to it. */
struct environment {
    const char *name, *sign_on_host;
    bool has_courts;
};

extern const struct environment environments[];
extern const size_t environment_count;

/* NULL where there is none. */
const struct environment *environment_by_name(const char *name);

/* The environment that a sign-on host belongs to; preferred wins where two share it (practice has
 * the production host's name). */
const struct environment *environment_by_host(const char *host, const char *preferred);

#endif
