/* SPDX-License-Identifier: MIT
 * One run at one court, under the run lock: token, menu, and where it takes it the link step. */
#ifndef CSOLINK_LINK_RUN_H
#define CSOLINK_LINK_RUN_H

#include "court/first_use.h"

/* Runs, records its outcome in use->state, and says in use->detail what a sentence needs. */
enum status link_run(struct first_use *use);

#endif
