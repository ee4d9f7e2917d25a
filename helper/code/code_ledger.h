/* SPDX-License-Identifier: MIT
 * The ledger of time steps: each is used once per account, over all processes, also when the
 * secret's period changes or the clock is set back.
 *
 * A step is a stretch of seconds. The last ones used are kept, and the end of the latest one that
 * is not kept any more; a new one overlaps none of the former and begins after the latter. Why not
 * simply the end of the last one: when our clock is ahead of PACER's, the second try needs a step
 * before the one that was refused, and a clock that was once a year ahead must not block for one.
 */
#ifndef CSOLINK_CODE_LEDGER_H
#define CSOLINK_CODE_LEDGER_H

#include <glib.h>

#include "csolink/status.h"
#include "state/state.h"

/* Claims the first unused step that has not ended at now (Unix seconds, as the code's reader counts
 * them), durably: *start is its first second, before or at now if it has begun. STATUS_BUSY: that
 * one begins more than most_wait seconds after now; nothing is claimed. Statuses of state_begin()
 * and state_commit(). */
enum status code_claim(struct state *state, gint64 now, int period, int most_wait, gint64 *start);

#endif
