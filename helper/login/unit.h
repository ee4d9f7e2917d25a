/* SPDX-License-Identifier: MIT
 * background=systemd: the user manager does the work, in the unit csolink-login.service. */
#ifndef CSOLINK_UNIT_H
#define CSOLINK_UNIT_H

#include <stdbool.h>

/* Asks the person's user manager to start the unit. False: there is no user manager, or it does not
 * take it. Takes seconds at most. */
bool unit_start(void);

#endif
