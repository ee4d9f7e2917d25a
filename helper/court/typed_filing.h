/* SPDX-License-Identifier: MIT
 * Filing logins that come from the person and not from the keyring: typed by her, or put into lower
 * case at her word. */
#ifndef CSOLINK_TYPED_FILING_H
#define CSOLINK_TYPED_FILING_H

#include "court/filing.h"
#include "court/first_use.h"

/* Asks for the filing login that is not stored. It is used once and stays unstored.
 * STATUS_CANCELLED also where the account may not have it; *why, for g_free, then says so. Else
 * statuses of prompt/ask.h and of the keyring. */
enum status typed_filing_ask(const struct first_use *use, struct filing *filing, char **why);

/* The court refused a filing login with capitals: shall it be sent once in lower case? STATUS_OK:
 * yes, it is *lower, and her consent is on record. STATUS_NEEDS_PERSON: there is nobody to ask.
 * Anything else: no, or it was tried before, or has no capitals. */
enum status typed_filing_lower_case(const struct first_use *use, const struct filing *refused,
                                    struct filing *lower);

#endif
