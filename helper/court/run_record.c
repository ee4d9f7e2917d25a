/* SPDX-License-Identifier: MIT
 * Which ends of a run are remembered, and as what. */
#include "court/run_record.h"

#include "court/link_state.h"

/* Only what the court said is worth a record: a check that failed keeps no get from its try. */
static enum status record_check(const struct first_use *use, enum status status, int secrets_stored)
{
    const char *court = use->court->id;
    if (use->unlinked)
        return link_record_unlinked(use->state, court);
    if (status != STATUS_OK || link_is_linked(use->state, court))
        return STATUS_OK;
    return link_record(use->state, court, STATUS_OK, false, false, secrets_stored);
}

enum status run_record(const struct first_use *use, enum status status, int secrets_stored)
{
    if (use->by == FIRST_USE_CHECK)
        return record_check(use, status, secrets_stored);
    return link_record(use->state, use->court->id, status, use->filing_refused, use->token_refused,
                       secrets_stored);
}
