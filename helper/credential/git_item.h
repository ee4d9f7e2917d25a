/* SPDX-License-Identifier: MIT
 * The form of git-credential-libsecret's items, without a keyring: attributes, matching, the text
 * of the secret. Source: git, contrib/credential/libsecret/git-credential-libsecret.c. */
#ifndef CSOLINK_GIT_ITEM_H
#define CSOLINK_GIT_ITEM_H

#include "credential/credential.h"

#define GIT_ITEM_SCHEMA "org.git.Password"

/* What the request names, as attributes: protocol, server and, where given, port, object (the path)
 * and user. Host and user keep their spelling, as git compares bytes. *attributes is the caller's
 * (g_hash_table_unref). STATUS_BAD_INPUT as credential_check(). */
enum status git_item_attributes(const struct record *request, GHashTable **attributes);

/* "Git: https://host:8443/path", as other programs show the item; to be freed by g_free. */
char *git_item_label(GHashTable *attributes);

/* Does an item with these attributes answer to the wanted ones? All of wanted must be there, and no
 * port where none is wanted: another port is another server. */
bool git_item_matches(GHashTable *attributes, GHashTable *wanted);

/* Chooses from items (newest first) the one to answer with. Where no path was asked for, an item
 * without one beats those with one. STATUS_BAD_INPUT where user names differ: *names (g_free) then
 * lists them. */
enum status git_item_choose(GPtrArray *items, bool path_given, struct item **chosen, char **names);

/* Writes the secret's text: the request's password, then a line for each of password_expiry_utc and
 * oauth_refresh_token that it has. STATUS_INTERNAL: memory is out. */
enum status git_item_format_secret(const struct record *request, struct secret *text);

/* Adds password, password_expiry_utc and oauth_refresh_token from the secret's text. Other lines
 * are left out. STATUS_BAD_INPUT when one of them cannot stand in a record. */
enum status git_item_parse_secret(const struct secret *text, struct record *answer);

/* Is this the secret's password? In constant time. */
bool git_item_has_password(const struct secret *text, const char *password);

#endif
