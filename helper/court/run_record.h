/* SPDX-License-Identifier: MIT
 * What a run leaves in the account's state when it has ended. */
#ifndef CSOLINK_RUN_RECORD_H
#define CSOLINK_RUN_RECORD_H

#include "court/first_use.h"

/* Records how the run ended: at the court, or of FIRST_USE_CHECK what the court said.
 * secrets_stored is that of the run's beginning (link_state.h). A status of the state's writing. */
enum status run_record(const struct first_use *use, enum status status, int secrets_stored);

#endif
