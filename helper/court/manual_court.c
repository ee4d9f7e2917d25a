/* SPDX-License-Identifier: MIT
 * One table of the courts that are linked by hand, by id; "*" is any other appellate court. */
#include "court/manual_court.h"

#include <string.h>

#define APPELLATE_PATH "/n/AttorneyFiling/login.jsf"

/* Appellate CM/ECF is another program than the district courts': its form is not public. */
#define LINK_STEPS                                                                                 \
    "Log in with the PACER account.",                                                              \
        "Choose \"Link my filer account to my PACER account\" in the menu.",                       \
        "Enter the login and password that the court issued before NextGen, the login in lower "   \
        "case,\n   and submit; this cannot be undone. If it is not known, the court must reset "   \
        "it.",                                                                                     \
        "The NextGen landing page appears: the accounts are linked."

#define ACMS                                                                                       \
    "New cases of this court are in ACMS, where there is nothing to link: log in there with the\n" \
    "PACER account. The steps above are for its older cases in CM/ECF."

enum { STEPS_MAX = 5 };

static const struct row {
    const char *id;
    const char *path; /* of the court's filing entry on its host; NULL: there is none */
    const char *step[STEPS_MAX];
    const char *note; /* NULL: none */
    bool checked; /* it has the district courts' menu, which tells whether an account is linked */
} rows[] = {
    {"bap9", "/bn/AttorneyFiling/login.jsf", {LINK_STEPS}, NULL, false},
    {"ca2", APPELLATE_PATH, {LINK_STEPS}, ACMS, false},
    {"ca9", APPELLATE_PATH, {LINK_STEPS}, ACMS, false},
    {"cadc", "/cmecf/servlet/TransportRoom?servlet=Login", {LINK_STEPS}, NULL, false},
    {"cit",
     NULL,
     {"Open https://www.cit.uscourts.gov/cmecf-and-pacer-registration-us-court-international-trade",
      "Follow the court's own registration there: this court links the other way round, from its\n"
      "   page to the PACER account, and not from the Utilities menu.",
      "Where it does not work, call the court's CM/ECF help desk: 1-866-450-1859."},
     NULL,
     true},
    {"*", APPELLATE_PATH, {LINK_STEPS}, NULL, false},
};

static const struct row *find(const struct court *court)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        if (strcmp(rows[i].id, court->id) == 0 ||
            (strcmp(rows[i].id, "*") == 0 && strcmp(court->type, "appellate") == 0))
            return &rows[i];
    }
    return NULL;
}

bool manual_court_is(const struct court *court)
{
    return find(court) != NULL;
}

bool manual_court_answers_checks(const struct court *court)
{
    const struct row *row = find(court);
    return !row || row->checked;
}

char *manual_court_instructions(const struct court *court)
{
    const struct row *row = find(court);
    int number = 0;
    if (!row)
        return NULL;
    GString *text = g_string_new(NULL);
    g_string_append_printf(text, "%s (%s) is linked by hand:\n", court->name, court->id);
    if (row->path)
        g_string_append_printf(text, "%d. Open https://%s%s\n", ++number, court->host, row->path);
    for (size_t i = 0; i < STEPS_MAX && row->step[i]; i++)
        g_string_append_printf(text, "%d. %s\n", ++number, row->step[i]);
    if (row->note)
        g_string_append_printf(text, "%s\n", row->note);
    return g_string_free(text, FALSE);
}
