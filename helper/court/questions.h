/* SPDX-License-Identifier: MIT
 * What a person is asked in a link step, in sentences that name account, court and what follows.
 * Each waits person_timeout; statuses of prompt/ask.h, STATUS_OK for a yes. */
#ifndef CSOLINK_QUESTIONS_H
#define CSOLINK_QUESTIONS_H

#include "court/first_use.h"

/* Is there a person whom this run may ask? Not behind a login. */
bool question_has_person(const struct first_use *use);

/* What storing or sending a filing login leads to: two or three sentences for her to agree to,
 * beginning with "filing login"; for g_free. */
char *question_consequences(const struct account *account, const struct court *court,
                            const char *filing_login);

enum status question_consent(const struct first_use *use, const char *filing_login);

/* The filing login that is not stored, then its password. */
enum status question_filing_login(const struct first_use *use, struct secret *login);
enum status question_password(const struct first_use *use, const char *filing_login,
                              struct secret *password);

/* The court refused login: shall lower, with the same password, be sent once? */
enum status question_lower_case(const struct first_use *use, const char *login, const char *lower);

/* The two names as the court shows them; what differs, or NULL where they are equal. */
enum status question_names(const struct first_use *use, const char *filing_login,
                           const char *court_name, const char *pacer_name, const char *what);

#endif
