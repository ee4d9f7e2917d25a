/* SPDX-License-Identifier: MIT
 * What a login can do ahead of the first use: the links that wait for nothing but a sign-on. */
#ifndef CSOLINK_PENDING_LINKS_H
#define CSOLINK_PENDING_LINKS_H

#include "account/account.h"
#include "config/config.h"
#include "court/directory.h"

/* Links each file account (of the array of struct account*) at the courts that it has a filing
 * login for and is not linked at, on behalf of a login: at most one sign-on an account and day, and
 * none begun when the login session is over; the one under way then has ten seconds more. How each
 * ended is in the account's state. Arms the deadline for each phase. */
void pending_links(const struct config *config, struct keyring *keyring, GPtrArray *accounts,
                   const struct directory *directory);

#endif
