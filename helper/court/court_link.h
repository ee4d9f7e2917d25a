/* SPDX-License-Identifier: MIT
 * What the directory says about linking at a court, before anybody is asked. */
#ifndef CSOLINK_COURT_LINK_H
#define CSOLINK_COURT_LINK_H

#include "court/directory.h"

/* The day or month in which the court joins NextGen, 2027-03-01 or 2027-03, if all of it is still
 * to come; else NULL. Belongs to court. A row without a date was NextGen when PACER listed it. */
const char *court_link_date(const struct court *court);

/* STATUS_OK: the court may be asked. STATUS_NOT_NEXTGEN: its date is still to come, which *detail,
 * unless NULL, then names, for g_free, in the place of what it held. STATUS_MANUAL_COURT: it is
 * linked by hand, and there is nothing to ask. */
enum status court_link_obstacle(const struct court *court, char **detail);

/* The page with the court's address and help desk, for people; for g_free. CM/ECF's own pages link
 * to it at their foot; for appellate courts, which have another program, it is PACER's list of
 * courts. */
char *court_contact_page(const struct court *court);

#endif
