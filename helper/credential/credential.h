/* SPDX-License-Identifier: MIT
 * git's credential protocol for hosts that are no court: what git-credential-libsecret does,
 * without its faults. Items have its form (attributes protocol, server, port, object, user; schema
 * org.git.Password; the secret is the password, then lines such as password_expiry_utc=N), so that
 * entries that people have are found and theirs find ours. */
#ifndef CSOLINK_CREDENTIAL_H
#define CSOLINK_CREDENTIAL_H

#include <stdbool.h>

#include "csolink/record.h"
#include "keyring/keyring.h"

/* Is the request fit to be answered? Needs protocol and host (git has always sent both
 * since 2.17.5), no control bytes in host, protocol and username, and valid UTF-8 there.
 * STATUS_BAD_INPUT, and *why a constant sentence. */
enum status credential_check(const struct record *request, const char **why);

/* Splits host[:port] into a lower-cased host and a port, "[::1]:8443" too; *port is 0 where there
 * is none. host is to be freed by g_free. False for an empty host or a port that is not 1 to
 * 65,535. */
bool credential_split_host(const char *text, char **host, unsigned *port);

/* Appends what is stored for the request to answer: username, password, password_expiry_utc,
 * oauth_refresh_token; nothing that the request said already but the username. Equal ports only: an
 * absent port is no wildcard. STATUS_ABSENT, LOCKED, NO_KEYRING, BAD_INPUT (several accounts and
 * none named: *names, to be freed by g_free, then lists them). Unless STATUS_OK the answer is to be
 * thrown away. */
enum status credential_get(struct keyring *keyring, const struct record *request,
                           struct record *answer, char **names);

/* Stores username and password for protocol, host and path; replaces the same one whatever its old
 * password was. A request without one of them, or with ephemeral, is ignored: STATUS_OK. */
enum status credential_store(struct keyring *keyring, const struct record *request);

/* Erases all that match the given keys (a missing one is a wildcard, but protocol and host are
 * needed); with a password only those whose password is equal, each compared for itself.
 * Nothing to erase is STATUS_OK. */
enum status credential_erase(struct keyring *keyring, const struct record *request);

#endif
