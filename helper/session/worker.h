/* SPDX-License-Identifier: MIT
 * csolink's end of the worker conversation (csolink/worker.h): starts csolink-net, speaks the
 * verbs, and hands what comes up in between to the caller. */
#ifndef CSOLINK_SESSION_WORKER_H
#define CSOLINK_SESSION_WORKER_H

#include "config/config.h"
#include "csolink/record.h"
#include "csolink/worker.h"

struct worker;

/* Called while a verb runs; any may be NULL. question fills answer and may take its time. */
struct worker_events {
    void (*step)(void *context, int step, int of, const char *text);
    void (*token)(void *context, const char *token);
    void (*question)(void *context, const struct record *question, struct record *answer);
    void (*page)(void *context, const char *line);
    void *context;
};

/* One field of a verb; it is left out where value is NULL. */
struct worker_field {
    const char *key, *value;
};

/* Starts csolink-net from the folder of this executable, else from the compiled libexec folder, and
 * asks it to open a run for an environment and, if court_host is not NULL, one court. Does not wait
 * for it: the keyring may be read meanwhile. STATUS_REFUSED_BY_POLICY: practice without connect_to
 * and ca_file. STATUS_BAD_INPUT: a field cannot stand in a record. STATUS_INTERNAL: it cannot be
 * started, or is gone already. */
enum status worker_start(struct worker **worker, const struct config *config,
                         const char *environment, const char *court, const char *court_host,
                         const char *court_type, struct worker_events events);

/* Waits until the run is open; each verb does that first. For whoever puts on record that a secret
 * is sent, before that: a worker that did not come up costs no try. Statuses of worker_call(). */
enum status worker_ready(struct worker *worker);

/* Ends it at once: closes the socket and kills it; it holds nothing that could be lost. */
void worker_end(struct worker *worker);
static inline void worker_cleanup(struct worker **worker)
{
    if (*worker)
        worker_end(*worker);
}
#define WORKER_AUTO __attribute__((cleanup(worker_cleanup)))

/* Sends a verb with its fields (ended by a NULL key; NULL: none), fills result with its result
 * record and returns that one's status. The time of a verb, without that of questions, is at most
 * config's worker_timeout, its start included; STATUS_TIMED_OUT after it. sent=0 is in result where
 * the worker did not hear the verb. STATUS_INTERNAL: the worker died, spoke nonsense or out of turn:
 * a question but in "link", anything but its result in "open"; one that has read pages may be a
 * court's. STATUS_COURT_ERROR, and no more than a detail: its processor time was used up. After
 * these and a time-out it is of no more use. STATUS_BAD_INPUT also where a field cannot stand in a
 * record: nothing was sent. */
enum status worker_call(struct worker *worker, const char *verb, const struct worker_field *fields,
                        struct record *result);

#endif
