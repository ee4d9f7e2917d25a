/* SPDX-License-Identifier: MIT
 * Dates are those of the directory; today is the day where this machine is. */
#include "court/court_link.h"

#include <string.h>

#include "court/manual_court.h"

const char *court_link_date(const struct court *court)
{
    g_autoptr(GDateTime) now = g_date_time_new_now_local();
    g_autofree char *today = g_date_time_format(now, "%Y-%m-%d");
    /* A month alone is less than each of its days: while it lasts, the court may be asked. */
    if (!g_regex_match_simple("^\\d{4}-\\d\\d(-\\d\\d)?$", court->nextgen_since, 0, 0))
        return NULL;
    return strcmp(court->nextgen_since, today) > 0 ? court->nextgen_since : NULL;
}

enum status court_link_obstacle(const struct court *court, char **detail)
{
    const char *date = court_link_date(court);
    if (date && detail) {
        g_free(*detail);
        *detail = g_strdup_printf("the court joins NextGen %s %s",
                                  strlen(date) == strlen("2027-03") ? "in" : "on", date);
    }
    if (date)
        return STATUS_NOT_NEXTGEN;
    return manual_court_answers_checks(court) ? STATUS_OK : STATUS_MANUAL_COURT;
}

char *court_contact_page(const struct court *court)
{
    if (strcmp(court->type, "appellate") == 0)
        return g_strdup("https://pacer.uscourts.gov/file-case/court-cmecf-lookup");
    return g_strdup_printf("https://%s/cgi-bin/CourtInfo.pl?location=main", court->host);
}
