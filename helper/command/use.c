/* SPDX-License-Identifier: MIT
 * csolink use: the account of one shell, as a line that the shell evaluates. */
#include <glib.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/select.h"

static void tell_how(const char *login)
{
    char line[STATUS_MESSAGE_MAX];
    status_fill(line, sizeof line,
                login ? "eval \"$(csolink use {account})\"" : "eval \"$(csolink use)\"", login,
                NULL);
    g_printerr("for this shell: %s\n", line);
}

int command_use(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    const char *login = invocation->arguments[0];
    if (login) {
        enum status status = select_by_login(invocation, login, &selection);
        if (status != STATUS_OK)
            return status_exit_code(status);
    }
    g_autofree char *quoted = login ? g_shell_quote(login) : NULL;
    if (login)
        g_print("export CSOLINK_ACCOUNT=%s\n", quoted);
    else
        g_print("unset CSOLINK_ACCOUNT\n");
    if (isatty(STDOUT_FILENO))
        tell_how(login);
    return EXIT_SUCCESS;
}
