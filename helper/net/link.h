/* SPDX-License-Identifier: MIT
 * The court's procedure "Link a CM/ECF account to my PACER account", steps 4 to 11.
 * Source of numbers and order: the Northern District of Alabama's "Link PACER to NextGen CM/ECF".
 */
#ifndef CSOLINK_NET_LINK_H
#define CSOLINK_NET_LINK_H

#include "run.h"

/* The verb "link" (csolink/worker.h). */
enum status link_accounts(struct run *run, const struct record *request, struct record *result);

#endif
