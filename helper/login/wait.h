/* SPDX-License-Identifier: MIT
 * Behind a login: waiting until the person's keyring is open, and for no longer than she is there.
 */
#ifndef CSOLINK_WAIT_H
#define CSOLINK_WAIT_H

#include "csolink/status.h"

enum { KEYRING_WAIT_SECONDS = 60 };

/* Waits until the Secret Service has an owner and its default collection is unlocked; never starts
 * it and never prompts. STATUS_OK; STATUS_LOCKED: not within KEYRING_WAIT_SECONDS;
 * STATUS_NO_KEYRING: there is no session bus, or no more, or the login session is over. *detail
 * then is a constant sentence. Arms the process's deadline. */
enum status wait_for_keyring(const char **detail);

/* Makes this process the one that waits for its user, until it ends. STATUS_OK; STATUS_BUSY:
 * another one does; STATUS_NO_KEYRING: there is no runtime folder to tell it by, and *detail is a
 * constant sentence. */
enum status wait_claim(const char **detail);

#endif
