/* SPDX-License-Identifier: MIT
 * A request of git's credential protocol, and where it leads: what get answers and explain
 * explains. */
#ifndef CSOLINK_COMMAND_REQUEST_H
#define CSOLINK_COMMAND_REQUEST_H

#include "account/account.h"
#include "account/environment.h"
#include "command/command.h"
#include "court/directory.h"
#include "csolink/record.h"

/* court and sign_on are NULL for any other host. */
struct request {
    struct record record; /* has protocol and host */
    char *host;           /* without its port, in lower case; "" for a client certificate */
    unsigned port;        /* 0: none was given */
    struct directory *directory;
    const struct court *court;
    const struct environment *sign_on; /* whose sign-on host it is */
};
void request_clear(struct request *request);
#define REQUEST_AUTO __attribute__((cleanup(request_clear)))

/* Reads a request from standard input, or takes it from a URL, a host or a court's id, and finds
 * out where it leads. On failure the sentence has been printed. */
enum status request_read(const struct invocation *invocation, struct request *request);
enum status request_take_word(const struct invocation *invocation, const char *word,
                              struct request *request);

/* Does it ask for a court or for PACER? */
bool request_is_ours(const struct request *request);

/* Courts and PACER get credentials over https without a port only. */
bool request_is_safe(const struct request *request);

/* The environment whose accounts may answer; for a request that is ours. */
const struct environment *request_environment(const struct invocation *invocation,
                                              const struct request *request);

/* What request, options, environment and configuration say about the account. */
struct account_choice request_choice(const struct invocation *invocation,
                                     const struct request *request);

#endif
