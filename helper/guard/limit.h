/* SPDX-License-Identifier: MIT
 * How often an account may sign on: group "limit" of its state, key at, the Unix times of the
 * sign-ons of the last hour. PACER suspends accounts for excessive authentication since January
 * 2025 and names no number (its announcement of 9 October 2024), so the number is ours. */
#ifndef CSOLINK_LIMIT_H
#define CSOLINK_LIMIT_H

#include <glib.h>

#include "csolink/status.h"

enum { LIMIT_SECONDS = 3600 };

/* Counts one more sign-on at now (Unix seconds) in keys, which the caller has between state_begin()
 * and state_commit(). STATUS_OK, or STATUS_REFUSED_BY_POLICY: most or more are on record for the
 * last hour; none is added, and *next is when the next one is possible. Times that a clock that was
 * set back has left in the future become now: they block for an hour at most and free nothing. */
enum status limit_take(GKeyFile *keys, int most, gint64 now, gint64 *next);

/* The same without counting one. */
enum status limit_verdict(GKeyFile *keys, int most, gint64 now, gint64 *next);

/* What a person is told of a refusal, with next as above; for g_free. */
char *limit_sentence(int most, gint64 next);

/* Takes the newest one back: it turned out that nothing left this machine. */
void limit_give_back(GKeyFile *keys);

#endif
