/* SPDX-License-Identifier: MIT
 * What commands have in common: opening the keyring's accounts and picking the one that is meant.
 */
#ifndef CSOLINK_COMMAND_SELECT_H
#define CSOLINK_COMMAND_SELECT_H

#include "account/account.h"
#include "command/command.h"
#include "court/directory.h"
#include "session/sign_on.h"
#include "state/state.h"

/* An account with its state. accounts owns account. */
struct selection {
    GPtrArray *accounts;
    struct account *account;
    struct state *state;
};
void selection_clear(struct selection *selection);
#define SELECTION_AUTO __attribute__((cleanup(selection_clear)))

/* Opens the keyring if it is not open and lists the environment's accounts. On failure of any of
 * these the sentence has been printed. */
enum status select_list(struct invocation *invocation, struct selection *selection);

/* The account called login (with its state): STATUS_ABSENT if there is none. */
enum status select_by_login(struct invocation *invocation, const char *login,
                            struct selection *selection);

/* The file account that --account, the environment, the configuration, or its being the only one
 * names; for this run with the client code of --client-code or $CSOLINK_CLIENT_CODE. */
enum status select_filer(struct invocation *invocation, struct selection *selection);

/* Gives the chosen account the client code that this run asks for. STATUS_BAD_INPUT: it is none. */
enum status select_client_code(const struct invocation *invocation, struct account *account);

/* The account that answers a request of these options, of any purpose (csolink(1), "Which account
 * answers"), with the client code that they name. */
enum status select_answering(struct invocation *invocation, struct selection *selection);

/* The same from the roster, without the keyring, without a state, and without a word: false where
 * the roster cannot tell. */
bool select_from_roster(const struct invocation *invocation, struct selection *selection);

/* A sign-on of the selected account, as the options want it. */
struct sign_on select_sign_on(const struct invocation *invocation,
                              const struct selection *selection, const struct progress *progress);

/* Tells of STATUS_REJECTED where the court refused the filing password, not PACER the account's, and
 * to store it anew under the login that is stored there; detail may be NULL. */
void select_tell_refused_filing(struct invocation *invocation, const struct account *account,
                                const char *court, const char *detail);

/* The court that a word names, by id or host, in any case; NULL, without a word, where the directory
 * has none. */
const struct court *select_known_court(const struct directory *directory, const char *word);

#define SELECT_COURT_EMPTY "a court's name is empty"

/* The same, with a sentence where there is none: STATUS_BAD_INPUT. */
enum status select_court(const struct directory *directory, const char *word,
                         const struct court **court);

/* The installed directory. The rows and files of it that do not count are told on standard error,
 * to people; tools that ask all day get the quiet one. */
enum status select_directory(struct directory **directory);
enum status select_directory_quietly(struct directory **directory);
void select_tell_faults(const struct directory *directory);

#endif
