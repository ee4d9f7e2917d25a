/* SPDX-License-Identifier: MIT
 * The table of PACER's environments. */
#include "account/environment.h"

#include <glib.h>
#include <string.h>

const struct environment environments[] = {
    {"production", "pacer.login.uscourts.gov", true},
    {"qa", "qa-login.uscourts.gov", false},
    {"train", "train-login.uscourts.gov", false},
    {"practice", "pacer.login.uscourts.gov", true},
};
const size_t environment_count = G_N_ELEMENTS(environments);

const struct environment *environment_by_name(const char *name)
{
    for (size_t i = 0; i < environment_count; i++) {
        if (strcmp(environments[i].name, name) == 0)
            return &environments[i];
    }
    return NULL;
}

const struct environment *environment_by_host(const char *host, const char *preferred)
{
    const struct environment *found = NULL;
    for (size_t i = 0; i < environment_count; i++) {
        if (strcmp(environments[i].sign_on_host, host) != 0)
            continue;
        if (!found || strcmp(environments[i].name, preferred) == 0)
            found = &environments[i];
    }
    return found;
}
