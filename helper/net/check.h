/* SPDX-License-Identifier: MIT
 * Is the account linked at the court? (Steps 1 and 3 of the procedure.) */
#ifndef CSOLINK_NET_CHECK_H
#define CSOLINK_NET_CHECK_H

#include "run.h"

/* The verb "check" (csolink/worker.h). After "unlinked" run->menu is the menu page. */
enum status check_link(struct run *run, const struct record *request, struct record *result);

#endif
