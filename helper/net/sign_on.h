/* SPDX-License-Identifier: MIT
 * PACER's sign-on service (PACER Authentication API User Guide, May 2025). */
#ifndef CSOLINK_NET_SIGN_ON_H
#define CSOLINK_NET_SIGN_ON_H

#include "run.h"

/* What the answer to a sign-on means (guide p. 5-7, 13-15). */
struct sign_on_answer {
    enum status status;
    long result; /* loginResult; below 0: there is none, or it is no such number */
    struct secret token;
    char text[ACKNOWLEDGEMENT_MAX + 1]; /* errorDescription, plain: a warning when status is ok */
};

/* Reads the JSON answer. status: ok (loginResult "0" and a token), needs_acknowledgement ("1"),
 * rejected ("13" and any that the guide does not list), court_error (not JSON, no loginResult, or
 * "0" without a token). The caller clears answer->token. */
void sign_on_read(struct sign_on_answer *answer, const char *json, size_t size);

/* The verbs "authenticate" and "logout" (csolink/worker.h). */
enum status sign_on_authenticate(struct run *run, const struct record *request,
                                 struct record *result);
enum status sign_on_logout(struct run *run, const struct record *request, struct record *result);

/* Makes jansson wipe what it frees; once, before any other function of this file. */
void sign_on_start(void);

#endif
