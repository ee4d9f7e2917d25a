/* SPDX-License-Identifier: MIT
 * How a link step ends in which a question was not answered with yes, or a submission not by a
 * page. Some courts link at the first submission and show the names afterwards. */
#ifndef CSOLINK_UNANSWERED_H
#define CSOLINK_UNANSWERED_H

#include "court/answers.h"

/* status and result are those of the verb "link", answers->why is not STATUS_OK. Returns how it
 * ended, and puts more of that into use->detail: our own reason, which says more than the worker's
 * "nobody answered"; STATUS_NEEDS_PERSON where no menu told whether the court had linked before.
 * STATUS_OK: it had, which has been said. Before answers_settle(). */
enum status unanswered_end(const struct answers *answers, enum status status,
                           const struct record *result);

/* After STATUS_REFUSED_BY_POLICY, with a yes to all questions: where no menu told what came of a
 * submission whose answer led astray, use->detail says so, for no get asks that court any more. */
void unanswered_astray(const struct answers *answers, enum status status,
                       const struct record *result);

#endif
