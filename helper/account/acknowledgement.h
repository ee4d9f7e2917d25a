/* SPDX-License-Identifier: MIT
 * PACER's redaction rules: an attestation that the filer makes herself, on a terminal or in a
 * dialog. No option and no script makes it. */
#ifndef CSOLINK_ACKNOWLEDGEMENT_H
#define CSOLINK_ACKNOWLEDGEMENT_H

#include <stdbool.h>

#include "config/config.h"
#include "state/state.h"

/* PACER's text as the Authentication API User Guide (May 2025, p. 13) prints it. */
extern const char acknowledgement_text[];

/* Has the person of this account acknowledged the rules? Then sign-on sends redactFlag. */
bool acknowledgement_given(struct state *state);

/* Was it this text? PACER may change it. */
bool acknowledgement_is_of(struct state *state, const char *text);

/* Shows text and asks; a yes is recorded with who, when and the text's hash.
 * STATUS_NEEDS_ACKNOWLEDGEMENT: there is nobody to ask, or she did not say yes. Statuses of
 * state_begin() and state_commit(): her yes could not be kept. */
enum status acknowledgement_ask(const struct config *config, struct state *state, const char *text);

#endif
