/* SPDX-License-Identifier: MIT
 * The one-time code of a sign-on: computed of a step that no process used, a stored backup code, or
 * asked of the person. */
#ifndef CSOLINK_ONE_TIME_CODE_H
#define CSOLINK_ONE_TIME_CODE_H

#include "session/sign_on.h"

/* {0} is empty, which is right for an account without codes. */
struct one_time_code {
    struct secret text;
    gint64 start; /* first second of its step, by the clock that it was computed for */
    int period;   /* seconds of a step; 0 where the person typed it */
};
void one_time_code_clear(struct one_time_code *code);
#define ONE_TIME_CODE_AUTO __attribute__((cleanup(one_time_code_clear)))

/* Obtains the code that the account needs now, waiting for the next step where this one is spent.
 * ahead: seconds by which PACER's clock is ahead of ours. A secret whose use the configuration
 * forbids is as good as none: the person is asked. STATUS_OK; STATUS_NEEDS_CODE (run->detail says
 * why): nobody to ask, no code was typed, no backup code is left, or as below; statuses of the
 * keyring, of code_claim() and of the prompt. The caller holds the run lock, so that one process at
 * a time asks. */
enum status one_time_code_obtain(struct sign_on *run, gint64 ahead, struct one_time_code *code);

/* The same, of the stored secret alone, and without a run lock. STATUS_NEEDS_CODE (run->detail says
 * why): no secret is stored, its use is forbidden, or the next unused step is so far away that the
 * clock must have been set back. */
enum status one_time_code_stored(struct sign_on *run, gint64 ahead, struct one_time_code *code);

/* Where a computed code was refused and our clock is off by more than a step: says so in a progress
 * note, or in the sentence of the failure. */
void one_time_code_note_clock(struct sign_on *run, const struct one_time_code *code, gint64 ahead);
void one_time_code_blame_clock(struct sign_on *run, const struct one_time_code *code, gint64 ahead);

#endif
