/* SPDX-License-Identifier: MIT
 * A helper process that exists in the wrapped functions only: nothing is started, no time passes,
 * but the socket to it is a real one. */
#ifndef CSOLINK_FUZZ_CHILD_H
#define CSOLINK_FUZZ_CHILD_H

#include "csolink/record.h"
#include "input.h"

/* Takes from the input how the next children behave and what they answer. */
void child_plan(struct input *input);

/* What the next children answer. */
const char *child_answer(size_t *size);

/* The request that the last child found in its socket; NULL when none was started or it did not
 * read. It belongs to child.c until the next child. */
const struct record *child_request(void);

/* Milliseconds on the invented clock. */
long long child_clock_ms(void);

/* Checks that no child was left running or unreaped, and forgets the last one. */
void child_forget(void);

#endif
