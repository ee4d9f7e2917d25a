/* SPDX-License-Identifier: MIT
 * The cookies that csolink brings to a run, for PACER's sign-on host and the court. */
#ifndef CSOLINK_NET_COOKIES_H
#define CSOLINK_NET_COOKIES_H

#include "http.h"

/* Sets the NextGenCSO cookie for all of uscourts.gov. STATUS_BAD_INPUT: CR, LF, ";", a space or a
 * byte that is not printable ASCII in it, or it is empty. STATUS_INTERNAL. */
enum status cookies_set_token(struct http *http, const char *token);

/* Sets the PacerClientCode cookie (Authentication API User Guide, May 2025, p. 5) beside it, by the
 * same rules. STATUS_BAD_INPUT: also a comma, or more than 32 characters. */
enum status cookies_set_client_code(struct http *http, const char *code);

/* Takes over the token that the last answer gave, if it did: courts re-issue it. */
void cookies_note_token(struct http *http);

#endif
