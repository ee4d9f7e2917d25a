/* SPDX-License-Identifier: MIT
 * A no that came in time, one that came too late, and one of which nobody knows. */
#include "court/unanswered.h"

/* Her no, or nobody's yes, after a submission of which the court's menu did not tell what came. */
static bool is_unchecked(const struct answers *answers, const struct record *result)
{
    enum status why = answers->why;
    return (why == STATUS_NAMES_DIFFER || why == STATUS_CANCELLED || why == STATUS_NEEDS_PERSON) &&
           answers_gave_filing(answers) && !record_get(result, "state");
}

/* A get leaves it at this; every other run reads the menu before it does anything. */
static char *check_advice(const struct first_use *use, const char *before, const char *what)
{
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink link --check{as} {court}\" asks it",
                use->account->login, use->court->id);
    return g_strdup_printf("%s%s%s, and its menu could not be read; %s", before ? before : "",
                           before ? "; " : "", what, how);
}

enum status unanswered_end(const struct answers *answers, enum status status,
                           const struct record *result)
{
    struct first_use *use = answers->use;
    if (status == STATUS_OK) {
        g_printerr("csolink: %s had linked account %s before it asked about the names, and cannot "
                   "undo that; tell the court if it is wrong\n",
                   use->court->id, use->account->login);
        return STATUS_OK;
    }
    bool unchecked = is_unchecked(answers, result);
    g_free(use->detail);
    use->detail = unchecked ? check_advice(use, answers->detail,
                                           "nobody said yes to the names, but the court may have "
                                           "linked before it asked")
                            : g_strdup(answers->detail);
    return unchecked ? STATUS_NEEDS_PERSON : answers->why;
}

void unanswered_astray(const struct answers *answers, enum status status,
                       const struct record *result)
{
    struct first_use *use = answers->use;
    if (status != STATUS_REFUSED_BY_POLICY || !answers_gave_filing(answers) ||
        record_get(result, "state"))
        return;
    g_autofree char *before = use->detail;
    use->detail = check_advice(use, before, "the court may have linked before that");
}
