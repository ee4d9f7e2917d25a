/* SPDX-License-Identifier: MIT
 * The command line: one table of commands, one of options; both also make the help text. */
#ifndef CSOLINK_COMMAND_H
#define CSOLINK_COMMAND_H

#include <stdbool.h>

#include "config/config.h"
#include "csolink/status.h"
#include "keyring/keyring.h"

/* What the options said; NULL or false where they were not given. */
struct options {
    const char *account, *client_code, *court, *environment, *otp, *password_set, *purpose, *qr;
    bool all, backup_code, check, generate, help, json, progress, reject, replace, retry;
};

/* One call of the program. arguments belong to main() and end with NULL. */
struct invocation {
    struct options options;
    char **arguments;
    int count;
    struct config config;
    struct keyring *keyring; /* NULL until invocation_open_keyring() */
};

struct command {
    const char *name;      /* "filing add" */
    const char *arguments; /* "COURT FILING_LOGIN" */
    int least, most;       /* how many; most < 0: any number */
    const char *options;   /* their names with blanks around each */
    const char *help;
    int (*run)(struct invocation *invocation); /* returns the exit code */
};

extern const struct command commands[];
extern const size_t command_count;

/* Finds and runs the command that argv names. Returns the program's exit code. */
int command_main(int argc, char **argv);

/* Opens the keyring, with its deadline armed. On failure the sentence has been printed. */
enum status invocation_open_keyring(struct invocation *invocation);

/* The environment that --environment or the configuration names. */
const char *invocation_environment(const struct invocation *invocation);

/* As if --environment had named it: advice repeats it from now on unless it is the configured one.
 * name is constant or of argv. */
void invocation_name_environment(struct invocation *invocation, const char *name);

/* Arms the keyring's deadline for what follows. */
void invocation_arm_keyring(const struct invocation *invocation);

/* Prints the status sentence on standard error and returns the exit code. Any text may be NULL. */
int report(enum status status, const char *account, const char *court, const char *detail);

/* The same with other advice than the status's, for status_fill(). */
int report_with_advice(enum status status, const char *account, const char *court,
                       const char *detail, const char *advice);

/* Prints what is wrong with the command line and returns EXIT_USAGE. */
int report_usage(const char *why);

/* The rows' functions, one file a subject. */
int command_account_add(struct invocation *invocation);
int command_account_backup(struct invocation *invocation);
int command_account_client_code(struct invocation *invocation);
int command_account_list(struct invocation *invocation);
int command_account_otp(struct invocation *invocation);
int command_account_password(struct invocation *invocation);
int command_account_remove(struct invocation *invocation);
int command_courts(struct invocation *invocation);
int command_erase(struct invocation *invocation);
int command_explain(struct invocation *invocation);
int command_filing_add(struct invocation *invocation);
int command_filing_list(struct invocation *invocation);
int command_filing_remove(struct invocation *invocation);
int command_get(struct invocation *invocation);
int command_help(struct invocation *invocation);
int command_history(struct invocation *invocation);
int command_link(struct invocation *invocation);
int command_login(struct invocation *invocation);
int command_logout(struct invocation *invocation);
int command_otp(struct invocation *invocation);
int command_session(struct invocation *invocation);
int command_session_link(struct invocation *invocation);
int command_session_notice(struct invocation *invocation);
int command_status(struct invocation *invocation);
int command_store(struct invocation *invocation);
int command_token(struct invocation *invocation);
int command_use(struct invocation *invocation);
int command_version(struct invocation *invocation);

#endif
