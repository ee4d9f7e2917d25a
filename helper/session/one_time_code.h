/* SPDX-License-Identifier: MIT
 * The one-time code of a sign-on: computed of a step that no process used, or asked of the person.
 */
#ifndef CSOLINK_ONE_TIME_CODE_H
#define CSOLINK_ONE_TIME_CODE_H

#include "session/sign_on.h"

/* {0} is empty, which is right for an account without codes. */
struct one_time_code {
    struct secret text;
    gint64 step; /* 0 where the person typed it */
};
void one_time_code_clear(struct one_time_code *code);
#define ONE_TIME_CODE_AUTO __attribute__((cleanup(one_time_code_clear)))

/* Obtains the code that the account needs now, waiting for the next step where this one is spent.
 * ahead: seconds by which PACER's clock is ahead of ours. STATUS_OK; STATUS_NEEDS_CODE: there is
 * no secret, nobody to ask, or no code was typed (run->detail says which); statuses of the keyring,
 * of code_claim_step() and of the prompt. */
enum status one_time_code_obtain(struct sign_on *run, gint64 ahead, struct one_time_code *code);

#endif
