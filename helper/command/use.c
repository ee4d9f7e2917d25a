/* SPDX-License-Identifier: MIT
 * csolink use: the account of one shell, as a line that the shell evaluates. */
#include <glib.h>
#include <stdlib.h>
#include <unistd.h>

#include "command/select.h"

static void tell_how(const char *login)
{
    g_printerr("for this shell: eval \"$(csolink use%s%s)\"\n", login ? " " : "",
               login ? login : "");
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
    if (quoted)
        g_print("export CSOLINK_ACCOUNT=%s\n", quoted);
    else
        g_print("unset CSOLINK_ACCOUNT\n");
    if (isatty(STDOUT_FILENO))
        tell_how(quoted);
    return EXIT_SUCCESS;
}
