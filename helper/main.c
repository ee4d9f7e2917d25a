/* SPDX-License-Identifier: MIT
 * csolink, also installed as git-credential-csolink: credentials for the federal courts.
 * First the process is made safe for secrets, then the command table takes over. */
#include <glib.h>
#include <locale.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "command/command.h"
#include "csolink/secret.h"

/* GLib's and libsecret's own warnings would reach the terminals of people who cannot act on them;
 * what went wrong is told by our statuses. */
static GLogWriterOutput be_silent(GLogLevelFlags level, const GLogField *fields, gsize count,
                                  gpointer data)
{
    (void)level, (void)fields, (void)count, (void)data;
    return G_LOG_WRITER_HANDLED;
}

/* GLib takes $HOME as it stands: with a relative one, state and configuration would depend on the
 * working directory. Without one it asks the user database. */
static void take_absolute_home(void)
{
    if (!g_path_is_absolute(g_getenv("HOME") ? g_getenv("HOME") : "/"))
        unsetenv("HOME");
}

int main(int argc, char **argv)
{
    if (!secret_harden_process())
        return report(STATUS_INTERNAL, NULL, NULL, "the process cannot be protected");
    umask(077);
    setlocale(LC_CTYPE, "");
    g_log_set_writer_func(be_silent, NULL, NULL);
    /* A closed pipe, and a file that may not grow, are errors to handle; a stopped process would
     * hold the run lock. */
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN);
    signal(SIGTTIN, SIG_IGN);
    signal(SIGTTOU, SIG_IGN);
    signal(SIGTSTP, SIG_IGN);
    take_absolute_home();
    return command_main(argc, argv);
}
