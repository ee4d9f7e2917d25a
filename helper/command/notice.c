/* SPDX-License-Identifier: MIT
 * csolink session notice: a login's message about passwords that end soon. It reads state files
 * only, and whatever happens the login goes on: no failure, no wait, no word about itself. */
#include <glib.h>
#include <signal.h>
#include <unistd.h>

#include "account/environment.h"
#include "command/command.h"
#include "deadline.h"
#include "password/password_age.h"
#include "prompt/terminal.h"

enum { NOTICE_SECONDS = 1 };

static void leave(int signal_number)
{
    (void)signal_number;
    _exit(0);
}

static void warn_of(const char *environment, const char *login)
{
    STATE_AUTO struct state *state = NULL;
    if (state_peek(&state, environment, login) != STATUS_OK)
        return;
    struct password_age age = password_age(state);
    g_autofree char *warning = password_age_warning(&age, login);
    g_autofree char *safe = warning ? terminal_escape(warning) : NULL;
    if (safe)
        g_printerr("csolink: %s\n", safe);
}

int command_session_notice(struct invocation *invocation)
{
    (void)invocation;
    deadline_disarm();
    signal(SIGALRM, leave);
    alarm(NOTICE_SECONDS);
    for (size_t i = 0; i < environment_count; i++) {
        g_auto(GStrv) logins = NULL;
        /* csolink.conf is not read, so which one goes without saying is not known. */
        status_environment(environments[i].name);
        (void)state_accounts(environments[i].name, &logins);
        for (char **login = logins; *login; login++)
            warn_of(environments[i].name, *login);
    }
    return 0;
}
