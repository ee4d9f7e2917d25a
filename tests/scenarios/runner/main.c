/* SPDX-License-Identifier: MIT
 * usage: runner STAND-IN SCENARIO
 * Plays one scenario as ../run has it: root, in mount and process namespaces of its own. Ends with
 * 0, or with 1 and the first difference on standard output. */
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "scenario.h"

enum { DEADLINE_SECONDS = 60 };

static const char *file;

void differ(unsigned line, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    dprintf(STDOUT_FILENO, "%s:%u: ", file, line);
    vdprintf(STDOUT_FILENO, format, arguments);
    dprintf(STDOUT_FILENO, "\n");
    va_end(arguments);
    _exit(1);
}

void leave_out(unsigned line, const char *why)
{
    dprintf(STDOUT_FILENO, "%s:%u: left out: %s\n", file, line, why);
    _exit(0);
}

static void too_late(int signal_number)
{
    (void)signal_number;
    differ(0, "it does not end");
}

int main(int argc, char **argv)
{
    static struct scenario scenario;
    if (argc != 3) {
        fputs("usage: runner STAND-IN SCENARIO\n", stderr);
        return 64;
    }
    file = argv[2];
    signal(SIGALRM, too_late);
    alarm(DEADLINE_SECONDS);
    scenario_parse(&scenario, file);
    stage_set(&scenario, argv[1]);
    system_log_open();
    requests_open(STAGE "/requests");
    stage_become_host(&scenario);
    scenario_play(&scenario);
    return 0;
}
