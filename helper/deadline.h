/* SPDX-License-Identifier: MIT
 * The one deadline of the process: libsecret and D-Bus calls cannot be cancelled, so the process
 * ends. Re-armed for each phase; its handler writes a sentence prepared ahead and leaves. */
#ifndef CSOLINK_DEADLINE_H
#define CSOLINK_DEADLINE_H

#include "config/config.h"
#include "csolink/status.h"

/* Time between the end that a wait sets itself and the process's end. */
enum { DEADLINE_GRACE_SECONDS = 5 };

/* Ends the process after seconds with status's exit code and sentence (see status_message()) on
 * standard error. Replaces the deadline that was armed before. account, court and detail are copied
 * and may be NULL. */
void deadline_arm(int seconds, enum status status, const char *account, const char *court,
                  const char *detail);

/* The same for the phases that the configuration gives a time (csolink.conf(5)), with
 * STATUS_TIMED_OUT: calls of the keyring, verbs of the worker, questions to the person. */
void deadline_keyring(const struct config *config, const char *account, const char *court);
void deadline_worker(const struct config *config, const char *account, const char *court);
void deadline_person(const struct config *config, int questions, const char *account,
                     const char *court);

/* No deadline until the next deadline_arm(). */
void deadline_disarm(void);

#endif
