/* SPDX-License-Identifier: MIT
 * From argv to a command's function: options, configuration, dispatch, and the sentence at the end.
 */
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "command/command.h"
#include "command/options.h"
#include "deadline.h"

int report_with_advice(enum status status, const char *account, const char *court,
                       const char *detail, const char *advice)
{
    char sentence[STATUS_MESSAGE_MAX];
    status_message(sentence, sizeof sentence, status, account, court, detail, advice);
    g_printerr("%s\n", sentence);
    return status_exit_code(status);
}

/* Which secret was refused decides what helps, and no status knows that. PACER says the same of a
 * mistyped code. */
int report(enum status status, const char *account, const char *court, const char *detail)
{
    static const char refused[] =
        "store the right one with \"csolink account password {account}\", or, if only a code was "
        "wrong, let what is stored be sent once more with \"csolink account password --retry "
        "{account}\"";
    return report_with_advice(status, account, court, detail,
                              status == STATUS_REJECTED ? refused : NULL);
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

void invocation_name_environment(struct invocation *invocation, const char *name)
{
    invocation->options.environment = name;
    status_environment(strcmp(name, invocation->config.environment) == 0 ? NULL : name);
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

int report_usage(const char *why)
{
    g_printerr("csolink: %s; see \"csolink help\"\n", why);
    return EXIT_USAGE;
}

/* The words that may follow the first one, such as "add, list" after "account"; NULL: none may. */
static char *words_after(const char *first)
{
    g_autofree char *prefix = g_strconcat(first, " ", NULL);
    GString *words = g_string_new(NULL);
    for (size_t i = 0; i < command_count; i++) {
        if (g_str_has_prefix(commands[i].name, prefix))
            g_string_append_printf(words, "%s%s", words->len > 0 ? ", " : "",
                                   commands[i].name + strlen(prefix));
    }
    return g_string_free(words, words->len == 0);
}

static int no_such_command(const struct invocation *invocation)
{
    g_autofree char *words = words_after(invocation->arguments[0]);
    g_autofree char *why =
        words ? g_strdup_printf("after \"%s\" comes one of: %s", invocation->arguments[0], words)
              : g_strdup_printf("there is no command \"%s\"", invocation->arguments[0]);
    return report_usage(why);
}

/* A configuration that is a pipe, or lies on a dead network file system. */
enum { CONFIG_SECONDS = 10 };

static int run(struct invocation *invocation, const struct command *command)
{
    g_autofree char *unfit = options_check(invocation, command);
    if (unfit)
        return report_usage(unfit);
    if (invocation->count < command->least ||
        (command->most >= 0 && invocation->count > command->most)) {
        g_autofree char *form =
            g_strdup_printf("\"csolink %s\" takes %s", command->name,
                            *command->arguments ? command->arguments : "options only");
        return report_usage(form);
    }
    g_autofree char *why = NULL;
    enum status status = STATUS_OK;
    deadline_arm(CONFIG_SECONDS, STATUS_BAD_INPUT, NULL, NULL, "csolink.conf cannot be read");
    if (command->run != command_help && command->run != command_version &&
        command->run != command_session_notice)
        status = config_load(&invocation->config, NULL, NULL, &why);
    if (status != STATUS_OK)
        return report(status, NULL, NULL, why);
    if (invocation->options.environment)
        invocation_name_environment(invocation, invocation->options.environment);
    return command->run(invocation);
}

/* Asked of the pipe itself: stdio has forgotten which error it was. */
static bool reader_left(void)
{
    struct pollfd output = {.fd = STDOUT_FILENO};
    return poll(&output, 1, 0) > 0 && (output.revents & (POLLERR | POLLHUP)) != 0;
}

/* Text that did not reach its reader is no success. A reader that had enough, such as head, is told
 * nothing: we end as if SIGPIPE, which main() ignores, had killed us. */
static int check_output(int code)
{
    if (code != 0 || (fflush(stdout) == 0 && !ferror(stdout)))
        return code;
    if (reader_left())
        return 128 + SIGPIPE;
    return report(STATUS_INTERNAL, NULL, NULL, "standard output cannot be written");
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
    if (!why && invocation.count == 0 && !invocation.options.help)
        why = g_strdup("no command was given");
    if (why) {
        code = report_usage(why);
    } else if (invocation.options.help) {
        code = command_help(&invocation);
    } else {
        bool git = is_git_operation(argv[0], &invocation);
        const struct command *command = find(&invocation);
        if (command)
            code = run(&invocation, command);
        else if (!git)
            code = no_such_command(&invocation);
    }
    code = check_output(code);
    if (invocation.keyring)
        keyring_close(invocation.keyring);
    config_clear(&invocation.config);
    g_free(invocation.arguments);
    return code;
}
