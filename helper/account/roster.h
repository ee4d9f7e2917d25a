/* SPDX-License-Identifier: MIT
 * The roster: which accounts an environment has, as the keyring said last, without a secret in it;
 * a file in the runtime folder. With it a token that is kept needs no keyring to be found. */
#ifndef CSOLINK_ROSTER_H
#define CSOLINK_ROSTER_H

#include "account/account.h"

/* Notes the accounts of an environment, as account_list() found them; where they cannot be noted
 * there is no roster. */
void roster_note(const char *environment, GPtrArray *accounts);

/* The accounts as they were noted, like account_list()'s but without their items. Free with
 * g_ptr_array_unref; NULL: there is no roster. */
GPtrArray *roster_read(const char *environment);

/* Forgets it: whoever stores or removes an account does so before, for a crash, and after. */
void roster_drop(const char *environment);

#endif
