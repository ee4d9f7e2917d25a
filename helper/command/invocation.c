/* SPDX-License-Identifier: MIT
 * From argv to a command's function: options, configuration, dispatch, and the sentence at the end.
 */
#include <glib.h>
#include <stdlib.h>
#include <string.h>

#include "command/command.h"
#include "command/options.h"
#include "deadline.h"

int report(enum status status, const char *account, const char *court, const char *detail)
{
    char sentence[STATUS_MESSAGE_MAX];
    status_message(sentence, sizeof sentence, status, account, court, detail);
    g_printerr("%s\n", sentence);
    return status_exit_code(status);
}

void invocation_arm_keyring(const struct invocation *invocation)
{
    deadline_keyring(&invocation->config, NULL, NULL);
}

enum status invocation_open_keyring(struct invocation *invocation)
{
    const char *detail = NULL;
    enum keyring_transfer transfer = strcmp(invocation->config.keyring_transfer, "plain") == 0
                                         ? KEYRING_TRANSFER_PLAIN
                                         : KEYRING_TRANSFER_ENCRYPTED;
    invocation_arm_keyring(invocation);
    enum status status = keyring_open(&invocation->keyring, transfer, &detail);
    if (status != STATUS_OK)
        report(status, NULL, NULL, detail);
    return status;
}

const char *invocation_environment(const struct invocation *invocation)
{
    return invocation->options.environment ? invocation->options.environment
                                           : invocation->config.environment;
}

/* How many of the words are the command's name: 0 if it is another command. */
static int match(const struct command *command, char **words, int count)
{
    g_auto(GStrv) name = g_strsplit(command->name, " ", -1);
    int length = (int)g_strv_length(name);
    for (int i = 0; i < length; i++) {
        if (i >= count || strcmp(name[i], words[i]) != 0)
            return 0;
    }
    return length;
}

static const struct command *find(struct invocation *invocation)
{
    for (size_t i = 0; i < command_count; i++) {
        int length = match(&commands[i], invocation->arguments, invocation->count);
        if (length > 0) {
            memmove(invocation->arguments, invocation->arguments + length,
                    sizeof(char *) * (size_t)(invocation->count - length + 1));
            invocation->count -= length;
            return &commands[i];
        }
    }
    return NULL;
}

static int usage(const char *why)
{
    g_printerr("csolink: %s; see \"csolink help\"\n", why);
    return EXIT_USAGE;
}

static int run(struct invocation *invocation, const struct command *command)
{
    g_autofree char *unfit = options_check(invocation, command);
    if (unfit)
        return usage(unfit);
    if (invocation->count < command->least ||
        (command->most >= 0 && invocation->count > command->most)) {
        g_autofree char *form =
            g_strdup_printf("usage: csolink %s %s", command->name, command->arguments);
        return usage(form);
    }
    g_autofree char *why = NULL;
    enum status status = config_load(&invocation->config, NULL, NULL, &why);
    if (status != STATUS_OK)
        return report(status, NULL, NULL, why);
    return command->run(invocation);
}

/* A program that calls itself git-credential-csolink, or csolink as git's helper, may be asked for
 * operations that do not exist yet: git's rule is to say nothing and succeed. */
static bool is_git_operation(const char *program, const struct invocation *invocation)
{
    g_autofree char *name = g_path_get_basename(program);
    return invocation->count == 1 && strcmp(name, "git-credential-csolink") == 0;
}

int command_main(int argc, char **argv)
{
    struct invocation invocation = {0};
    int code = 0;
    g_autofree char *why = options_parse(&invocation, argc, argv);
    if (!why && invocation.count == 0)
        why = g_strdup("no command was given");
    if (why) {
        code = usage(why);
    } else {
        bool git = is_git_operation(argv[0], &invocation);
        const struct command *command = find(&invocation);
        if (command)
            code = run(&invocation, command);
        else if (!git)
            code = usage("there is no such command");
    }
    if (invocation.keyring)
        keyring_close(invocation.keyring);
    config_clear(&invocation.config);
    g_free(invocation.arguments);
    return code;
}
