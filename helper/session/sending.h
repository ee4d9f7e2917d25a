/* SPDX-License-Identifier: MIT
 * What stands on record of one sending of a password: the guard, the limit, the history. */
#ifndef CSOLINK_SENDING_H
#define CSOLINK_SENDING_H

#include "guard/guard.h"
#include "history/history.h"
#include "password/password.h"
#include "session/sign_on.h"

/* May one more be sent this hour? To be asked before a code is obtained, which a refusal would
 * waste. STATUS_OK, which is no promise; else as below. */
enum status sending_possible(struct sign_on *run);

/* Before: "sent" and the limit's count go on record in one write, and the history has its
 * beginning. Only after STATUS_OK may the password leave. STATUS_REJECTED; STATUS_INTERNAL;
 * STATUS_REFUSED_BY_POLICY, with run->detail, and run->limited_until where it is the limit's word.
 */
enum status sending_begin(struct sign_on *run, const struct password *password,
                          struct history_event *event);

/* After: what the result (csolink/worker.h) says of the password, for the guard; what did not leave
 * does not count for the limit. Statuses of state_begin() and state_commit(). */
enum status sending_settle(struct sign_on *run, const struct password *password,
                           enum guard_answer answer, const struct record *result,
                           struct history_event *event);

#endif
