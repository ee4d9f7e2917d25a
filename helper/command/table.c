/* SPDX-License-Identifier: MIT
 * The tables of commands and options, and the help that they make. */
#include <glib.h>

#include "command/command.h"
#include "command/options.h"
#include "paths.h"

const struct command commands[] = {
    {"account add", "LOGIN", 1, 1, " purpose environment otp client-code password-set ",
     "store a PACER account; its password is asked for, or read from standard input",
     command_account_add},
    {"account backup", "LOGIN", 1, 1, " environment ",
     "store backup codes, each good once, in the place of those that are there",
     command_account_backup},
    {"account client-code", "LOGIN [CODE]", 1, 2, " environment ",
     "change the client code that searches are billed to; without CODE it is removed",
     command_account_client_code},
    {"account list", "", 0, 0, " environment json ", "the accounts that are stored",
     command_account_list},
    {"account otp", "LOGIN", 1, 1, " environment otp qr ",
     "store a one-time-code secret, or ask for codes from now on (--otp=ask)", command_account_otp},
    {"account password", "LOGIN", 1, 1, " environment generate password-set progress retry ",
     "store a new password, let one be proposed, or --retry the one that is there",
     command_account_password},
    {"account remove", "LOGIN", 1, 1, " environment ",
     "forget an account, its filing logins and its token", command_account_remove},
    {"filing add", "COURT FILING_LOGIN", 2, 2, " account environment retry ",
     "store the login that a court issued before NextGen; it is linked at the first use",
     command_filing_add},
    {"filing list", "", 0, 0, " environment ", "the filing logins that are stored",
     command_filing_list},
    {"filing remove", "COURT", 1, 1, " account environment ", "forget a filing login",
     command_filing_remove},
    {"history", "", 0, 0, " account environment json ",
     "what was signed on, signed off and linked: when, by which program, how it ended",
     command_history},
    {"link", "[COURT...]", 0, -1, " account all check client-code environment progress ",
     "link an account at courts now, or find that it is linked", command_link},
    {"courts", "[PATTERN]", 0, 1, " account environment json ",
     "the courts whose id, name, host or PACER code match, and where the account is linked",
     command_courts},
    {"otp", "", 0, 0, " account environment ", "print one one-time code, which is used up by that",
     command_otp},
    {"status", "", 0, 0, " environment json ", "accounts, courts, and what to do", command_status},
    {"login", "", 0, 0, " account backup-code client-code environment progress purpose ",
     "sign on to PACER, unless a token is kept", command_login},
    {"logout", "", 0, 0, " account all environment purpose ",
     "sign off at PACER and forget the token", command_logout},
    {"token", "", 0, 0, " account client-code court environment progress purpose reject replace ",
     "print PACER's token, signing on if none is kept", command_token},
    {"get", "", 0, 0, " account purpose ", "git-credential: print a credential", command_get},
    {"store", "", 0, 0, " account purpose ", "git-credential: store one of a host that is no court",
     command_store},
    {"erase", "", 0, 0, " account purpose ", "git-credential: erase one of a host that is no court",
     command_erase},
    {"explain", "[REQUEST]", 0, 1, " account json purpose ",
     "what get would do for a request (a URL, a court, or git's lines on standard input), and why",
     command_explain},
    {"use", "[LOGIN]", 0, 1, " environment ",
     "the account of this shell: eval \"$(csolink use LOGIN)\"", command_use},
    {"session link", "", 0, 0, "",
     "do the links that are pending once the keyring is open; called by "
     "csolink-login.service",
     command_session_link},
    {"session notice", "", 0, 0, "",
     "say on a login's terminal which passwords end soon; called by /etc/profile.d/csolink.sh",
     command_session_notice},
    {"session", "", 0, 0, "", "the user's side of a login; called by pam_csolink(8) only",
     command_session},
    {"help", "[COMMAND]", 0, 2, "", "this text", command_help},
    {"version", "", 0, 0, "", "the version", command_version},
};
const size_t command_count = G_N_ELEMENTS(commands);

static void print_command(const struct command *command)
{
    g_autofree char *words = g_strdup_printf("%s %s", command->name, command->arguments);
    g_print("  %-32s %s\n", words, command->help);
}

static void print_one(const struct command *command)
{
    g_print("csolink %s%s%s\n    %s\n", command->name, *command->arguments ? " " : "",
            command->arguments, command->help);
    for (size_t i = 0; i < option_count; i++) {
        if (option_is_taken(command, options[i].name))
            g_print("    --%s%s%s\n        %s\n", options[i].name, options[i].value ? "=" : "",
                    options[i].value ? options[i].value : "", options[i].help);
    }
}

/* "account" asks for all of its commands, "account add jdoe1234" for the one that it calls. */
static bool is_asked_for(const struct command *command, const char *words)
{
    g_autofree char *name = g_strconcat(command->name, " ", NULL);
    g_autofree char *asked = g_strconcat(words, " ", NULL);
    return g_str_has_prefix(name, asked) || g_str_has_prefix(asked, name);
}

static void print_all(void)
{
    g_print("usage: csolink [OPTION...] COMMAND [ARGUMENT...]\n\n");
    for (size_t i = 0; i < command_count; i++)
        print_command(&commands[i]);
    g_print("\n\"csolink help COMMAND\" tells a command's options, csolink(1) the rest.\n"
            "\nKeys of csolink.conf(5):\n");
    config_print_keys();
}

int command_help(struct invocation *invocation)
{
    g_autofree char *words = g_strjoinv(" ", invocation->arguments);
    bool found = false;
    if (*words == '\0') {
        print_all();
        return 0;
    }
    for (size_t i = 0; i < command_count; i++) {
        if (is_asked_for(&commands[i], words)) {
            print_one(&commands[i]);
            found = true;
        }
    }
    if (found)
        return 0;
    g_autofree char *why = g_strdup_printf("there is no command \"%s\"", words);
    return report_usage(why);
}

int command_version(struct invocation *invocation)
{
    (void)invocation;
    g_print("csolink %s\n", CSOLINK_VERSION);
    return 0;
}
