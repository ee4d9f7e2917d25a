/* SPDX-License-Identifier: MIT
 * Backup codes: PACER's way in without an authenticator, ten at a time, each good once. One item of
 * the keyring each, which is deleted before its code is sent. */
#ifndef CSOLINK_BACKUP_CODES_H
#define CSOLINK_BACKUP_CODES_H

#include "account/account.h"

enum { BACKUP_CODES_MAX = 50 };

/* Stores a batch in the place of the one that is there. An interruption leaves both, and the new
 * one is used first. Statuses of the keyring. */
enum status backup_codes_replace(struct keyring *keyring, const struct account *account,
                                 const struct secret *codes, unsigned count);

/* How many are there. Statuses of the keyring but ABSENT. */
enum status backup_codes_count(struct keyring *keyring, const struct account *account,
                               unsigned *count);

/* Takes the next one out of the keyring: from STATUS_OK on, *code is the only copy. STATUS_ABSENT:
 * none is left. Statuses of the keyring. */
enum status backup_codes_take(struct keyring *keyring, const struct account *account,
                              struct secret *code);

#endif
