/* SPDX-License-Identifier: MIT
 * The way out of "sent twice and never answered". */
#include "court/spent_filing.h"

#include <glib.h>

char *spent_filing_sentence(const char *account, const char *court, const char *login)
{
    return g_strdup_printf("the filing password was sent twice and never answered; only \"csolink "
                           "filing add --retry --account=%s %s %s\" lets it be sent once more",
                           account, court, login ? login : "FILING_LOGIN");
}
