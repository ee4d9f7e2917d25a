/* SPDX-License-Identifier: MIT
 * Takes /dev/log's part, so that what is judged is what a system's log would hold: facility,
 * priority, and the text with libpam's words in front. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <syslog.h>
#include <unistd.h>

#include "scenario.h"

static int log_socket = -1;

void system_log_open(void)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = _PATH_LOG};
    log_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    unlink(_PATH_LOG);
    if (log_socket < 0 || bind(log_socket, (struct sockaddr *)&address, sizeof address) != 0 ||
        chmod(_PATH_LOG, 0666) != 0)
        differ(0, "%s cannot be listened to: %m", _PATH_LOG);
    /* At once: a host whose descriptors are used up could not speak later. */
    openlog(NULL, LOG_NDELAY, LOG_USER);
}

struct line {
    int facility, priority;
    const char *program, *text;
};

/* "<83>Nov 22 18:20:06 host: text", cut where the program's name ends. False: nothing waits. */
static bool receive(struct line *line, char *buffer, size_t size)
{
    static const char time[] = "Nov 22 18:20:06 ";
    ssize_t got = recv(log_socket, buffer, size - 1, MSG_DONTWAIT);
    if (got <= 0)
        return false;
    buffer[got] = '\0';
    char *head = strchr(buffer, '>');
    char *program = head && strlen(head) > sizeof time ? head + sizeof time : buffer;
    char *text = strstr(program, ": ");
    long code = strtol(buffer + 1, NULL, 10);
    *line = (struct line){(int)code & LOG_FACMASK, LOG_PRI((int)code), program, program};
    if (text) {
        *text = '\0';
        line->text = text + 2;
    }
    return true;
}

/* pam_unix, its unix_chkpwd and the others write what they like; libpam's own words would be about
 * us. */
static bool is_of_others(const struct line *line)
{
    bool other_program = strcmp(line->program, program_invocation_short_name) != 0 &&
                         strncmp(line->program, "csolink", 7) != 0;
    bool other_module =
        strncmp(line->text, "pam_", 4) == 0 && strncmp(line->text, "pam_csolink", 11) != 0;
    return other_program || other_module;
}

static void compare(const struct expected *expected, const struct line *line, const char *service,
                    const char *type)
{
    char text[1024];
    snprintf(text, sizeof text, "pam_csolink(%s:%s): %s", service, type, expected->text);
    if (strcmp(line->text, text) != 0)
        differ(expected->line, "logged instead: %s", line->text);
    if (line->priority != expected->kind)
        differ(expected->line, "logged as %s", word_of(priority_words, line->priority));
    if (line->facility != LOG_AUTHPRIV)
        differ(expected->line, "logged outside authpriv");
}

void system_log_check(const struct step *step, const char *service)
{
    char buffer[4096];
    struct line line;
    size_t seen = 0;
    while (receive(&line, buffer, sizeof buffer)) {
        if (is_of_others(&line))
            continue;
        if (seen == step->log.count || !step->action->type)
            differ(step->line, "logged (%s): %s", word_of(priority_words, line.priority),
                   line.text);
        compare(&step->log.item[seen++], &line, service, step->action->type);
    }
    if (seen < step->log.count)
        differ(step->log.item[seen].line, "this was not logged");
}
