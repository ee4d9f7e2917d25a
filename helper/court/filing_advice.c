/* SPDX-License-Identifier: MIT
 * The ways out of "refused" and of "sent twice and never answered". */
#include "court/filing_advice.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

#include "csolink/status.h"

char *refused_filing_advice(const char *login)
{
    char word[STATUS_MESSAGE_MAX];
    /* The advice is filled in after this: a login with a place in it would be another one then. */
    bool is_told = login && !strchr(login, '{');
    status_fill(word, sizeof word, " {account}", is_told ? login : "FILING_LOGIN", NULL);
    return g_strconcat("it was the court's filing password; store the right one with \"csolink "
                       "filing add --account={account} {court}",
                       word, "\"", NULL);
}

char *spent_filing_sentence(const char *account, const char *court, const char *login)
{
    char command[STATUS_MESSAGE_MAX], word[STATUS_MESSAGE_MAX];
    status_fill(command, sizeof command, "\"csolink filing add --retry --account={account} {court}",
                account, court);
    /* A login as any other, for the shell. */
    status_fill(word, sizeof word, " {account}", login ? login : "FILING_LOGIN", NULL);
    return g_strdup_printf("the filing password was sent twice and never answered; only %s%s\" "
                           "lets it be sent once more",
                           command, word);
}
