/* SPDX-License-Identifier: MIT
 * One-time codes: TOTP (RFC 6238) as PACER uses it, six digits, 30 seconds, SHA-1, and the ledger
 * of the time steps that were used. A step is used once per account, over all processes. */
#ifndef CSOLINK_CODE_H
#define CSOLINK_CODE_H

#include <glib.h>

#include "csolink/secret.h"
#include "csolink/status.h"
#include "state/state.h"

enum { CODE_PERIOD = 30 };

/* Turns what a person types (base32, blanks and case do not matter, or an otpauth:// URI) into
 * plain base32. STATUS_BAD_INPUT: it is neither, or the URI asks for other than 6 digits, 30 s and
 * SHA-1. */
enum status code_secret_normalise(struct secret *secret);

/* The code of one step into code. STATUS_BAD_INPUT: the secret is not base32. */
enum status code_compute(const struct secret *secret, gint64 step, struct secret *code);

/* Claims a step, durably: STATUS_OK, or STATUS_BUSY where it was used before. Statuses of
 * state_begin() and state_commit(). */
enum status code_claim_step(struct state *state, gint64 step);

/* The first step from now (Unix seconds) on that was not used. */
gint64 code_next_step(struct state *state, gint64 now);

#endif
