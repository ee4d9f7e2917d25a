/* SPDX-License-Identifier: MIT
 * The tables of commands and options, and the help that they make. */
#include <glib.h>

#include "command/command.h"
#include "command/options.h"
#include "paths.h"

const struct command commands[] = {
    {"account add",      "LOGIN",              1, 1,  " purpose environment otp client-code ",
     "store a PACER account: --purpose and its password",                                                                                                   command_account_add     },
    {"account list",     "",                   0, 0,  " environment ",                         "the accounts that are stored",
     command_account_list                                                                                                                                                           },
    {"account password", "LOGIN",              1, 1,  " environment retry ",
     "store a new password, or --retry the one that is there",                                                                                              command_account_password},
    {"account remove",   "LOGIN",              1, 1,  " environment ",
     "forget an account, its filing logins and its token",                                                                                                  command_account_remove  },
    {"filing add",       "COURT FILING_LOGIN", 2, 2,  " account environment retry ",
     "store the login that a court issued before NextGen; it is linked at the first use",                                                                   command_filing_add      },
    {"filing list",      "",                   0, 0,  " environment ",                         "the filing logins that are stored",
     command_filing_list                                                                                                                                                            },
    {"filing remove",    "COURT",              1, 1,  " account environment ",                 "forget a filing login",
     command_filing_remove                                                                                                                                                          },
    {"link",             "COURT...",           1, -1, " account environment progress ",
     "link an account at courts now, or find that it is linked",                                                                                            command_link            },
    {"status",           "",                   0, 0,  " environment json ",                    "accounts, courts, and what to do",                          command_status          },
    {"get",              "",                   0, 0,  " account purpose ",                     "git-credential: print a credential",                        command_get             },
    {"store",            "",                   0, 0,  " account purpose ",                     "git-credential: store one of a host that is no court",
     command_store                                                                                                                                                                  },
    {"erase",            "",                   0, 0,  " account purpose ",                     "git-credential: erase one of a host that is no court",
     command_erase                                                                                                                                                                  },
    {"session",          "",                   0, 0,  "",                                      "the user's side of a login; called by pam_csolink(8) only",
     command_session                                                                                                                                                                },
    {"help",             "[COMMAND]",          0, 2,  "",                                      "this text",                                                 command_help            },
    {"version",          "",                   0, 0,  "",                                      "the version",                                               command_version         },
};
const size_t command_count = G_N_ELEMENTS(commands);

static void print_command(const struct command *command)
{
    g_autofree char *words = g_strdup_printf("%s %s", command->name, command->arguments);
    g_print("  %-30s %s\n", words, command->help);
}

static void print_one(const struct command *command)
{
    g_print("csolink %s %s\n    %s\n", command->name, command->arguments, command->help);
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_taken(command, options[i].name))
            g_print("    --%s%s%s\n        %s\n", options[i].name, options[i].value ? "=" : "",
                    options[i].value ? options[i].value : "", options[i].help);
    }
}

int command_help(struct invocation *invocation)
{
    g_autofree char *wanted = g_strjoinv(" ", invocation->arguments);
    size_t found = 0;
    for (size_t i = 0; *wanted != '\0' && i < command_count; i++) {
        if (g_str_has_prefix(commands[i].name, wanted)) {
            print_one(&commands[i]);
            found++;
        }
    }
    if (*wanted != '\0' && found == 0)
        return report(STATUS_BAD_INPUT, NULL, NULL, "there is no such command; see csolink help");
    if (found > 0)
        return 0;
    g_print("usage: csolink [OPTION...] COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < command_count; i++)
        print_command(&commands[i]);
    g_print("\nKeys of csolink.conf:\n");
    config_print_keys();
    return 0;
}

int command_version(struct invocation *invocation)
{
    (void)invocation;
    g_print("csolink %s\n", CSOLINK_VERSION);
    return 0;
}
