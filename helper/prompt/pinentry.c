/* SPDX-License-Identifier: MIT
 * The client's side of pinentry's protocol (pinentry's manual, "Protocol"), through libassuan.
 * One connection, one question: GETPIN. Never CONFIRM, for pinentry-gnome3 (1.2.1) takes a stray
 * Enter or blank for its OK. */
#include "prompt/pinentry.h"

#include <assuan.h>
#include <glib.h>
#include <locale.h>
#include <stdalign.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "prompt/pinentry_process.h"
#include "prompt/terminal.h"

/* START: from exec to the last command before the question; the first use of a toolkit is slow.
 * GRACE: for a pinentry to say itself that the time is over. */
enum { ANSWER_MAX = 1024, LINE_MAX_SIZE = 1000, START_SECONDS = 10, GRACE_SECONDS = 2 };

/* --- libassuan's memory: an answer passes through its buffers --- */

enum {
    HEADER = (sizeof(struct secret) + alignof(max_align_t) - 1) / alignof(max_align_t) *
             alignof(max_align_t)
};

static void *wiped_malloc(size_t size)
{
    struct secret pages = {0};
    if (size > SIZE_MAX / 4 || !secret_reserve(&pages, HEADER + size))
        return NULL;
    memcpy(pages.data, &pages, sizeof pages);
    return pages.data + HEADER;
}

static void wiped_free(void *memory)
{
    struct secret pages;
    if (!memory)
        return;
    memcpy(&pages, (char *)memory - HEADER, sizeof pages);
    secret_clear(&pages);
}

static void *wiped_realloc(void *memory, size_t size)
{
    struct secret pages = {.capacity = HEADER};
    void *larger = wiped_malloc(size);
    if (memory)
        memcpy(&pages, (char *)memory - HEADER, sizeof pages);
    if (!larger)
        return NULL;
    if (memory)
        memcpy(larger, memory, MIN(pages.capacity - HEADER, size));
    wiped_free(memory);
    return larger;
}

/* ASSUAN_DEBUG in the environment would log the conversation. */
static int no_log(assuan_context_t context, void *hook, unsigned category, const char *message)
{
    (void)context, (void)hook, (void)category, (void)message;
    return 0;
}

/* Greets; the connection has a descriptor of its own. */
static gpg_error_t connect_to(const struct pinentry_process *process, assuan_context_t *context)
{
    static struct assuan_malloc_hooks memory = {wiped_malloc, wiped_realloc, wiped_free};
    gpg_error_t error = assuan_new_ext(context, GPG_ERR_SOURCE_DEFAULT, &memory, no_log, NULL);
    if (error != 0)
        return error;
    assuan_begin_confidential(*context);
    int socket = dup(process->socket);
    error = assuan_socket_connect_fd(*context, socket, 0);
    if (error != 0)
        close(socket);
    return error;
}

/* --- commands --- */

/* For g_free; NULL: it is longer than a line of the protocol. Qt takes a text with a tag in it for
 * markup. */
static char *command_line(const char *command, const char *text)
{
    g_autofree char *safe = terminal_escape(text);
    g_autoptr(GString) line = g_string_new(command);
    g_strdelimit(safe, "<>", '?');
    g_string_append_c(line, ' ');
    for (const char *byte = safe; *byte != '\0'; byte++) {
        if (*byte == '%' || *byte == '\n')
            g_string_append_printf(line, "%%%02X", (unsigned)*byte);
        else
            g_string_append_c(line, *byte);
    }
    return line->len <= LINE_MAX_SIZE ? g_string_free(g_steal_pointer(&line), FALSE) : NULL;
}

static gpg_error_t transmit(assuan_context_t context, const char *command, const char *text)
{
    g_autofree char *line = command_line(command, text);
    return line ? assuan_transact(context, line, NULL, NULL, NULL, NULL, NULL, NULL)
                : gpg_error(GPG_ERR_LINE_TOO_LONG);
}

/* What makes the dialog nicer; a pinentry that does not know one of them asks nevertheless. */
static void send_options(assuan_context_t context, int seconds)
{
    g_autofree char *timeout = g_strdup_printf("%d", seconds);
    const char *display = g_getenv("DISPLAY"), *locale = setlocale(LC_CTYPE, NULL);
    g_autofree char *display_option = display ? g_strconcat("display=", display, NULL) : NULL;
    g_autofree char *locale_option = locale ? g_strconcat("lc-ctype=", locale, NULL) : NULL;
    const struct {
        const char *command, *text;
    } commands[] = {
        {"OPTION", "no-grab"}, /* as gpg-agent; a grab that fails would be no dialog */
        {"OPTION", display_option},
        {"OPTION", locale_option},
        {"SETTITLE", "csolink"},
        {"SETPROMPT", "Answer to csolink:"},
        {"SETOK", "OK"},
        {"SETCANCEL", "Cancel"},
        {"SETTIMEOUT", timeout},
    };
    for (size_t i = 0; i < G_N_ELEMENTS(commands); i++) {
        if (commands[i].text)
            (void)transmit(context, commands[i].command, commands[i].text);
    }
}

/* A line of libassuan's, decoded; a dialog's entry cannot hold these bytes. */
static gpg_error_t take(void *context, const void *bytes, size_t size)
{
    struct secret *answer = context;
    if (!bytes)
        return 0;
    if (memchr(bytes, '\0', size) || memchr(bytes, '\n', size))
        return gpg_error(GPG_ERR_INV_RESPONSE);
    if (answer->size + size > ANSWER_MAX)
        return gpg_error(GPG_ERR_TOO_LARGE);
    return secret_append(answer, bytes, size) ? 0 : gpg_error(GPG_ERR_ENOMEM);
}

static enum status status_of(gpg_error_t error)
{
    switch (gpg_err_code(error)) {
    case GPG_ERR_NO_ERROR:
        return STATUS_OK;
    case GPG_ERR_CANCELED:
    case GPG_ERR_FULLY_CANCELED:
    case GPG_ERR_NOT_CONFIRMED:
        return STATUS_CANCELLED;
    case GPG_ERR_TIMEOUT:
        return STATUS_TIMED_OUT;
    case GPG_ERR_TOO_LARGE:
        return STATUS_BAD_INPUT;
    case GPG_ERR_ENOMEM:
        return STATUS_INTERNAL;
    default:
        return STATUS_NEEDS_PERSON;
    }
}

/* *asked: the question was put, and the person has had her time. */
static enum status converse(struct pinentry_process *process, const char *text, gint64 end,
                            struct secret *answer, bool *asked)
{
    assuan_context_t context = NULL;
    gpg_error_t error = connect_to(process, &context);
    if (error == 0) {
        send_options(context, (int)((end - g_get_monotonic_time()) / G_USEC_PER_SEC));
        error = transmit(context, "SETDESC", text);
    }
    if (error == 0)
        *asked = pinentry_process_prolong(process, end + GRACE_SECONDS * G_USEC_PER_SEC);
    if (*asked)
        error = assuan_transact(context, "GETPIN", take, answer, NULL, NULL, NULL, NULL);
    assuan_release(context);
    return *asked ? status_of(error) : STATUS_NEEDS_PERSON;
}

bool pinentry_has_person(const char *path)
{
    const char *x11 = g_getenv("DISPLAY"), *wayland = g_getenv("WAYLAND_DISPLAY");
    return ((x11 && *x11) || (wayland && *wayland)) && g_path_is_absolute(path) &&
           access(path, X_OK) == 0;
}

enum status pinentry_ask(const char *path, const char *text, int seconds, struct secret *answer)
{
    struct pinentry_process process;
    gint64 now = g_get_monotonic_time(), end = now + seconds * G_USEC_PER_SEC;
    bool asked = false;
    secret_clear(answer);
    if (!secret_reserve(answer, ANSWER_MAX))
        return STATUS_INTERNAL;
    if (!pinentry_has_person(path) ||
        !pinentry_process_start(&process, path, now + MIN(seconds, START_SECONDS) * G_USEC_PER_SEC))
        return STATUS_NEEDS_PERSON;
    enum status status = converse(&process, text, end, answer, &asked);
    if (pinentry_process_end(&process) && asked)
        status = STATUS_TIMED_OUT;
    if (status != STATUS_OK)
        secret_clear(answer);
    return status;
}
