/* SPDX-License-Identifier: MIT
 * The one deadline of the process: libsecret and D-Bus calls cannot be cancelled, so the process
 * ends. Re-armed for each phase; its handler writes a sentence prepared ahead and leaves. */
#ifndef CSOLINK_DEADLINE_H
#define CSOLINK_DEADLINE_H

#include "csolink/status.h"

/* Ends the process after seconds with status's exit code and sentence (see status_message()) on
 * standard error. Replaces the deadline that was armed before. account, court and detail are copied
 * and may be NULL. */
void deadline_arm(int seconds, enum status status, const char *account, const char *court,
                  const char *detail);

/* No deadline until the next deadline_arm(). */
void deadline_disarm(void);

#endif
