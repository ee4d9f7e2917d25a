/* SPDX-License-Identifier: MIT
 * The way out of "sent twice and never answered". */
#include "court/spent_filing.h"

#include <glib.h>

#include "csolink/status.h"

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
