/* SPDX-License-Identifier: MIT
 * What to say of a filing password that its court refused or did not answer. */
#ifndef CSOLINK_FILING_ADVICE_H
#define CSOLINK_FILING_ADVICE_H

/* It was sent twice and never answered: says so, and the command that lets it be sent once more.
 * login NULL leaves the filing login's place open. For g_free. */
char *spent_filing_sentence(const char *account, const char *court, const char *login);

/* It was refused: what to do, for status_fill() with account and court. login as above; for g_free.
 */
char *refused_filing_advice(const char *login);

/* It was sent once, and one more try is left. */
#define FILING_HAS_ONE_MORE_TRY                                                                    \
    "the filing password was sent and its answer is not known, which leaves one more try of it"

#endif
