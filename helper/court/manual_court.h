/* SPDX-License-Identifier: MIT
 * Courts whose accounts a person links herself, and the steps that she takes there. Sources:
 * PACER's FAQ "How do I link my CM/ECF e-filing credentials to my upgraded PACER account", the
 * Fourth Circuit's "Link accounts" page, the appellate front pages of December 2022, and the Court
 * of International Trade's registration pages. */
#ifndef CSOLINK_MANUAL_COURT_H
#define CSOLINK_MANUAL_COURT_H

#include <stdbool.h>

#include "court/directory.h"

/* Is the court linked by hand? csolink submits nothing there. */
bool manual_court_is(const struct court *court);

/* May it be asked whether an account is linked? False: csolink sends it nothing at all. */
bool manual_court_answers_checks(const struct court *court);

/* The steps, numbered, a line each and some with more lines below; for g_free. NULL where
 * manual_court_is() is false. */
char *manual_court_instructions(const struct court *court);

#endif
