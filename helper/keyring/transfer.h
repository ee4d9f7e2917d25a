/* SPDX-License-Identifier: MIT
 * How a secret travels between the daemon and us: D-Bus's struct (oayays) of session, parameters,
 * value and content type, plain or encrypted. */
#ifndef CSOLINK_TRANSFER_H
#define CSOLINK_TRANSFER_H

#include "keyring/service.h"

/* Opens the session that secrets travel in, once: plain where that is asked for, the bus is our
 * own and the service offers it, else libsecret's (encrypted, where the service can). */
enum status transfer_open(struct keyring *keyring);

/* The secret as (oayays), with a reference that is the caller's. transfer_wipe() it after use. */
GVariant *transfer_encode(struct keyring *keyring, const struct secret *value);

/* Puts the value of an (oayays) into value and wipes it where it came from. */
enum status transfer_decode(struct keyring *keyring, GVariant *encoded, struct secret *value);

/* Overwrites the value bytes of an (oayays) that nobody reads any more. */
void transfer_wipe(GVariant *encoded);

#endif
