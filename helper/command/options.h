/* SPDX-License-Identifier: MIT
 * The options of all commands: --name or --name=value, before or after the command's words. */
#ifndef CSOLINK_OPTIONS_H
#define CSOLINK_OPTIONS_H

#include "command/command.h"

struct option_row {
    const char *name;
    const char *value;   /* what stands for its value in help; NULL: it takes none */
    size_t offset;       /* into struct options: a const char *, or a bool */
    const char *choices; /* the words it may have with blanks around each, or NULL */
    const char *help;
};
extern const struct option_row options[];
extern const size_t option_count;

bool option_is_taken(const struct command *command, const char *name);

/* Takes the options out of argv: invocation gets them and the words that are left. NULL, or why
 * not; for g_free. command is not known yet; options_check() comes when it is. */
char *options_parse(struct invocation *invocation, int argc, char **argv);

/* NULL, or a sentence about an option that the command does not take; for g_free. */
char *options_check(const struct invocation *invocation, const struct command *command);

#endif
