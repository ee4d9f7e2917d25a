/* SPDX-License-Identifier: MIT
 * What link_run.c (check, link, record), run_check.c (token and check) and run_worker.c have in
 * common. */
#ifndef CSOLINK_RUN_H
#define CSOLINK_RUN_H

#include "court/answers.h"
#include "csolink/worker.h"
#include "session/worker.h"

struct run {
    struct first_use *use;
    const char *asked_by; /* for the history */
    struct worker *worker;
    struct secret token;
    bool signing_on;
    bool fresh;          /* the token was made in this run */
    bool has_read_pages; /* the worker */
    struct answers answers;
    int secrets_stored; /* when the run began */
    bool limited;       /* refused by the limit of sign-ons, which passes */
    GString *page;
};

/* Starts the worker; what it sends meanwhile is taken into the run. Statuses of worker_start(). */
enum status run_start_worker(struct run *run);

/* Starts another one where this one has read a court's pages: the password is not for it. */
enum status run_renew_worker(struct run *run);

/* worker_call() within the worker's deadline; fields may be NULL. */
enum status run_call(struct run *run, const char *verb, const struct worker_field *fields,
                     struct record *result);

/* Asks the court whether the account is linked, with the kept token if the court takes that, else
 * with a fresh one. The result has a state (csolink/worker.h) if STATUS_OK; use->no_token and
 * token_refused are set. Statuses of sign_on() and of the verb "check". */
enum status run_check(struct run *run, struct record *result);

/* The court refused PACER's fresh token: STATUS_COURT_ERROR, with its detail. */
enum status run_refuse_fresh(struct run *run);

/* Does the result's state say this? */
bool run_state_is(const struct record *result, const char *state);

/* use->detail: a copy of this, or of the result's detail, where it has one. */
void run_say(struct run *run, const char *detail);
void run_note_detail(struct run *run, const struct record *result);

#endif
