/* SPDX-License-Identifier: MIT
 * The form of our own Secret Service items. Every attribute of the schema is always present, "-"
 * where it says nothing, and the secret is the value and nothing else. */
#ifndef CSOLINK_ITEM_FORM_H
#define CSOLINK_ITEM_FORM_H

#include "keyring/keyring.h"

#define ITEM_SCHEMA "org.csolink.Item"

#define ITEM_KIND_ACCOUNT "account" /* value: the CSO password that works */
#define ITEM_KIND_PENDING                                                                          \
    "pending"                     /* value: a new CSO password, until a sign-on succeeds with it */
#define ITEM_KIND_OTP    "otp"    /* value: the one-time-code secret; see code/code.h */
#define ITEM_KIND_BACKUP "backup" /* value: one backup code; otp is its place in the batch */
#define ITEM_KIND_FILING "filing" /* value: the password of a filing login */
#define ITEM_KIND_GUARD  "guard"  /* value: the key of the guard's fingerprints, hexadecimal */

/* NULL members: "-" in a stored item, a wildcard in a search. */
struct item_form {
    const char *kind, *environment, *account, *court, *filing_login;
    const char *purpose, *client_code; /* kind account only */
    const char *otp;                   /* kinds account and backup */
};

/* The attributes to search for; release with g_hash_table_unref. */
GHashTable *item_form_sought(const struct item_form *form);

/* What item says, pointing into item; "-" comes back as NULL. */
void item_form_read(const struct item *item, struct item_form *form);

/* Finds the one item of the form. *found is NULL unless STATUS_OK; statuses of keyring_search(). */
enum status item_find(struct keyring *keyring, const struct item_form *form, struct item **found);

/* The same, and its value. STATUS_INTERNAL: memory is out. */
enum status item_read(struct keyring *keyring, const struct item_form *form, struct secret *value);

/* Stores value under the form. Statuses of keyring_store(). */
enum status item_store(struct keyring *keyring, const struct item_form *form, const char *label,
                       const struct secret *value);

/* Gives item, whose value stays, this form instead of its own. Statuses of
 * keyring_set_attributes(). */
enum status item_change(struct keyring *keyring, const struct item *item,
                        const struct item_form *form);

/* Deletes all items of the form; none is STATUS_OK. Statuses of keyring_search(). */
enum status item_erase(struct keyring *keyring, const struct item_form *form);

#endif
