/* SPDX-License-Identifier: MIT
 * What was done at PACER and the courts in an account's name: NAME.history beside its state, one
 * line of JSON an entry, without a secret. For people: nothing decides by it. */
#ifndef CSOLINK_HISTORY_H
#define CSOLINK_HISTORY_H

#include <jansson.h>

#include "state/state.h"

/* Lines that are kept at most, one or two an event; the oldest go. */
enum { HISTORY_LINES = 1000 };

/* Operations. */
#define HISTORY_SIGN_ON  "sign-on"
#define HISTORY_SIGN_OFF "sign-off"
#define HISTORY_LINK     "link"

/* Who asked, where it is not the process above us. */
#define HISTORY_BY_LOGIN "pam (csolink-session)"

/* One event. The strings belong to the caller. */
struct history_event {
    const char *operation;
    const char *court;    /* its id, or NULL */
    const char *asked_by; /* or NULL: the programs above this process */
    bool sent;            /* did something leave for PACER or the court? */
    char id[48];          /* "" until it is on record */
};

/* Puts the event on record, durably, before something leaves: if nothing more comes, its end is not
 * known. What cannot be written is left out. */
void history_begin(struct state *state, struct history_event *event);

/* How it ended; the event need not have begun. It may begin anew after this. */
void history_end(struct state *state, struct history_event *event, enum status status);

/* Both at once, for what had an answer. */
void history_add(struct state *state, const char *operation, enum status status);

/* The entries, oldest first: objects with at (Unix seconds), operation, by (an array of names), and
 * where they are known court, status and sent. Lines that are damaged are left out. The text may be
 * anybody's who can write the file: escape it. For json_decref; NULL: they cannot be read. */
json_t *history_read(struct state *state);

#endif
