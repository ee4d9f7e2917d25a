/* SPDX-License-Identifier: MIT
 * The one table of which account answers a request; csolink(1) repeats it, csolink explain prints
 * it with what holds. Only accounts of the request's environment take part. */
#ifndef CSOLINK_CHOOSE_H
#define CSOLINK_CHOOSE_H

#include "account/account.h"

struct choice_walk;

/* Rows count in their order. Of those that narrow, the first one that holds sets the purpose; the
 * first of the others that holds decides. */
enum choice_effect { CHOICE_NARROWS, CHOICE_DECIDES };
struct choice_row {
    const char *condition, *answer; /* in the manual's words */
    enum choice_effect effect;
    enum status without; /* how it ends where the row has no account to give */
    bool (*holds)(struct choice_walk *walk);
};

enum { CHOICE_ROWS = 11 };
extern const struct choice_row choice_rows[CHOICE_ROWS];

/* CHOICE_SKIPPED: a row above it had set the purpose, or decided. */
enum choice_verdict { CHOICE_SKIPPED, CHOICE_NO, CHOICE_YES };

/* One walk down the table. The caller sets accounts and choice, of which the rest borrows. */
struct choice_walk {
    GPtrArray *accounts; /* of one environment */
    const struct account_choice *choice;

    enum choice_verdict verdicts[CHOICE_ROWS];
    size_t decided; /* the row that decided */
    const char *purpose;
    struct account *account; /* NULL unless STATUS_OK */
    enum status status;      /* as account_choose() */
};
void choice_walk(struct choice_walk *walk);

/* The logins that a walk which ended with STATUS_BAD_INPUT could not choose from; for g_free. */
char *choice_names(const struct choice_walk *walk);

#endif
