/* SPDX-License-Identifier: MIT
 * The worker's two questions in a link step: the filing login (steps 6 and 7 of the court's
 * procedure) and the names (step 8). The decisions are made here; the pages are read over there. */
#ifndef CSOLINK_ANSWERS_H
#define CSOLINK_ANSWERS_H

#include "court/filing.h"
#include "court/first_use.h"
#include "csolink/record.h"
#include "history/history.h"

/* What was answered in one run. Set use and submission, leave the rest zero. */
struct answers {
    struct first_use *use;
    struct history_event submission; /* begins when the filing password goes out */
    struct filing filing;
    bool lower_case;     /* filing has been put into lower case at her word */
    bool filing_sent;    /* "sent" stands on record and is not settled yet */
    bool filing_refused; /* the court has just refused it */
    enum status why;     /* why a question was not answered with yes; STATUS_OK if it was */
    char *detail;        /* more of that, for the status sentence; or NULL */
};

/* Fills answer, asking the person where that is needed; answers->why and detail say why it is no
 * yes. The deadline of the worker is armed afterwards. */
void answer_question(struct answers *answers, const struct record *question, struct record *answer);

/* Has this run given the filing login to the worker? Not any more after answers_settle(). */
bool answers_gave_filing(const struct answers *answers);

/* Puts on record what became of the filing password, if it went out and the names did not settle
 * it; where it was not answered, use->detail tells how many tries are left. status and result are
 * those of the verb "link". Returns status, or guard_settle()'s where that failed. */
enum status answers_settle(struct answers *answers, enum status status,
                           const struct record *result);

/* After STATUS_REJECTED: shall the procedure run once more, with the filing login in lower case?
 * Asks her, where it has capitals and was not tried so before; true only at her yes. Where nobody
 * is there, use->detail tells how to be asked. */
bool answers_try_lower_case(struct answers *answers);
void answers_clear(struct answers *answers);

#endif
