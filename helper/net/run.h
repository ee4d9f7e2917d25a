/* SPDX-License-Identifier: MIT
 * One run of the worker: where it may go, what it knows, what it says when it fails. */
#ifndef CSOLINK_NET_RUN_H
#define CSOLINK_NET_RUN_H

#include <stdbool.h>

#include "csolink/record.h"
#include "http.h"
#include "page/page.h"

/* PACER's text of the redaction rules is longer than other details. */
enum { HOST_MAX = 253, TYPE_MAX = 32, ACKNOWLEDGEMENT_MAX = 1000 };

struct run {
    int fd; /* the socket to csolink */
    bool opened;
    char sign_on_host[HOST_MAX + 1];
    char court_host[HOST_MAX + 1]; /* "" when only signing on */
    char court_type[TYPE_MAX];
    struct http http;
    struct secret told_token; /* the token that csolink knows */
    struct secret password;   /* the one that left last */
    struct page menu;         /* the menu page of a check that said "unlinked" */
    char detail[ACKNOWLEDGEMENT_MAX + 1];
};

/* The verb "open" (csolink/worker.h). STATUS_BAD_INPUT: a field is missing or malformed, or the run
 * is open. STATUS_REFUSED_BY_POLICY: a host outside uscourts.gov, or connect_to without ca_file. */
enum status run_open(struct run *run, const struct record *request, struct record *result);
void run_close(struct run *run);

/* Overwrites in a server's text the run's password and token, should it repeat them. */
void run_conceal(const struct run *run, char *text);

/* Keeps text, concealed and cut to WORKER_DETAIL_MAX, for the result; returns status. */
enum status run_fail(struct run *run, enum status status, const char *text);

/* Takes over a token from csolink. STATUS_BAD_INPUT: it is missing or could not stand in a
 * header. */
enum status run_take_token(struct run *run, const char *token);

/* Takes over the client code, where there is one. STATUS_BAD_INPUT: it is none. */
enum status run_take_client_code(struct run *run, const char *code);

/* Tells csolink the newest token if it has not got it yet. */
void run_tell_token(struct run *run);

#endif
