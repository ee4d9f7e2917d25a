/* SPDX-License-Identifier: MIT
 * /dev/tty: opened for each question, restored whatever ends it.
 * SIGTTIN, SIGTTOU and SIGTSTP are ignored by main(): a stopped process must not hold the run lock.
 */
#include "prompt/terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

enum { ANSWER_MAX = 1024 };

/* For the handler that gives the terminal its echo back. */
static struct {
    volatile sig_atomic_t fd;
    struct termios before;
} silenced = {.fd = -1};

static int open_terminal(void)
{
    int fd = open("/dev/tty", O_RDWR | O_CLOEXEC | O_NOCTTY);
    if (fd >= 0 && tcgetpgrp(fd) != getpgrp()) {
        close(fd);
        fd = -1;
    }
    return fd;
}

bool terminal_has_person(void)
{
    int fd = open_terminal();
    if (fd < 0)
        return false;
    close(fd);
    return true;
}

static void restore_and_raise(int signal_number)
{
    if (silenced.fd >= 0)
        tcsetattr(silenced.fd, TCSAFLUSH, &silenced.before);
    signal(signal_number, SIG_DFL);
    raise(signal_number);
}

static const int deadly[] = {SIGINT, SIGTERM, SIGHUP, SIGQUIT};

/* False: the terminal would show what is typed. */
static bool silence(int fd, struct sigaction *old)
{
    struct sigaction action = {.sa_handler = restore_and_raise};
    struct termios quiet;
    if (tcgetattr(fd, &silenced.before) != 0)
        return false;
    silenced.fd = fd;
    for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
        sigaction(deadly[i], &action, &old[i]);
    quiet = silenced.before;
    quiet.c_lflag &= ~(tcflag_t)ECHO;
    quiet.c_lflag |= ECHONL;
    return tcsetattr(fd, TCSAFLUSH, &quiet) == 0;
}

static void restore(const struct sigaction *old)
{
    if (silenced.fd < 0)
        return;
    tcsetattr(silenced.fd, TCSAFLUSH, &silenced.before);
    silenced.fd = -1;
    for (size_t i = 0; i < G_N_ELEMENTS(deadly); i++)
        sigaction(deadly[i], &old[i], NULL);
}

static void say(int fd, const char *text)
{
    for (size_t done = 0, size = strlen(text); done < size;) {
        ssize_t wrote = write(fd, text + done, size - done);
        if (wrote < 0 && errno != EINTR)
            return;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
}

/* One line without its newline, at most ANSWER_MAX bytes. */
static enum status read_line(int fd, int seconds, struct secret *answer)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    char byte = 0;
    secret_clear(answer);
    if (!secret_reserve(answer, ANSWER_MAX))
        return STATUS_INTERNAL;
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        int count = left > 0 ? poll(&ready, 1, (int)left) : 0;
        if (count == 0)
            return STATUS_TIMED_OUT;
        if (count < 0 && errno == EINTR)
            continue;
        ssize_t got = count < 0 ? -1 : read(fd, &byte, 1);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return STATUS_CANCELLED;
        if (byte == '\n')
            return STATUS_OK;
        if (answer->size == ANSWER_MAX || !secret_append(answer, &byte, 1))
            return STATUS_BAD_INPUT;
    }
}

static enum status ask(const char *prompt, int seconds, struct secret *answer, bool echo)
{
    struct sigaction old[G_N_ELEMENTS(deadly)];
    enum status status = STATUS_INTERNAL;
    int fd = open_terminal();
    if (fd < 0)
        return STATUS_NEEDS_PERSON;
    /* What was typed before the question cannot answer it: a paste of two lines, or of a stray yes.
     */
    tcflush(fd, TCIFLUSH);
    if (echo || silence(fd, old)) {
        say(fd, prompt);
        status = read_line(fd, seconds, answer);
    }
    if (!echo)
        restore(old);
    if (status != STATUS_OK)
        say(fd, "\n");
    close(fd);
    return status;
}

enum status terminal_ask_secret(const char *prompt, int seconds, struct secret *answer)
{
    return ask(prompt, seconds, answer, false);
}

enum status terminal_ask_line(const char *prompt, int seconds, struct secret *answer)
{
    return ask(prompt, seconds, answer, true);
}

enum status terminal_show_secret(const char *title, const struct secret *secret)
{
    const char *const pieces[] = {"\n", title, ": ", secret_string(secret), "\n\n"};
    int fd = open_terminal();
    if (fd < 0)
        return STATUS_NEEDS_PERSON;
    for (size_t i = 0; i < G_N_ELEMENTS(pieces); i++)
        say(fd, pieces[i]);
    close(fd);
    return STATUS_OK;
}

char *terminal_escape(const char *text)
{
    char *safe = g_strdup(text);
    for (char *byte = safe; *byte != '\0'; byte++) {
        if (*byte != '\n' && ((unsigned char)*byte < 0x20 || (unsigned char)*byte >= 0x7f))
            *byte = '?';
    }
    return safe;
}

void terminal_print(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    g_autofree char *text = g_strdup_vprintf(format, arguments);
    va_end(arguments);
    g_autofree char *safe = terminal_escape(text);
    g_print("%s", safe);
}
