/* SPDX-License-Identifier: MIT
 * csolink account backup: PACER's backup codes, from standard input or typed one after another. */
#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "code/backup_codes.h"
#include "code/code.h"
#include "command/select.h"
#include "deadline.h"
#include "prompt/ask.h"

enum { TEXT_MAX = 4096 };

/* A batch while it is read. */
struct batch {
    struct secret codes[BACKUP_CODES_MAX];
    unsigned count;
};

static void batch_clear(struct batch *batch)
{
    for (unsigned i = 0; i < batch->count; i++)
        secret_clear(&batch->codes[i]);
}

/* NULL, or why not. The line belongs to the batch if it is taken. */
static const char *add_code(struct batch *batch, struct secret *line)
{
    if (!code_fold(line))
        return "a backup code has 6 to 32 letters, digits and hyphens";
    if (batch->count == BACKUP_CODES_MAX)
        return "these are more backup codes than PACER gives";
    for (unsigned i = 0; i < batch->count; i++) {
        if (secret_equal(line->data, line->size, batch->codes[i].data, batch->codes[i].size))
            return "a backup code stands there twice";
    }
    batch->codes[batch->count++] = *line;
    *line = (struct secret){0};
    return NULL;
}

static enum status ask_codes(const struct invocation *invocation, const char *login,
                             struct batch *batch)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK) {
        SECRET_AUTO struct secret line = {0};
        g_autofree char *prompt = g_strdup_printf(
            "Backup code %u of PACER account %s (an empty line ends): ", batch->count + 1, login);
        deadline_person(&invocation->config, 1, NULL, NULL);
        status = ask_secret(&invocation->config, prompt, &line);
        if (status == STATUS_OK && line.size == 0)
            return STATUS_OK;
        const char *fault = status == STATUS_OK ? add_code(batch, &line) : NULL;
        if (fault)
            g_printerr("csolink: %s\n", fault);
    }
    report(status, NULL, NULL, NULL);
    return status;
}

static enum status read_input(struct secret *text)
{
    ssize_t got = 1;
    if (!secret_reserve(text, TEXT_MAX))
        return STATUS_INTERNAL;
    while (got != 0 && text->size < TEXT_MAX) {
        got = read(STDIN_FILENO, text->data + text->size, TEXT_MAX - text->size);
        if (got < 0 && errno != EINTR)
            return STATUS_INTERNAL;
        text->size += got > 0 ? (size_t)got : 0;
    }
    text->data[text->size] = '\0';
    return got == 0 ? STATUS_OK : STATUS_BAD_INPUT;
}

static enum status read_codes(const struct invocation *invocation, struct batch *batch)
{
    SECRET_AUTO struct secret text = {0};
    const char *fault = "standard input cannot be read, or is too long for backup codes";
    deadline_person(&invocation->config, 1, NULL, NULL);
    enum status status = read_input(&text);
    if (status == STATUS_OK)
        fault = NULL;
    for (const char *line = secret_string(&text); !fault && *line != '\0';) {
        SECRET_AUTO struct secret code = {0};
        size_t size = strcspn(line, "\n");
        if (strspn(line, " \t\r") < size)
            fault = secret_set(&code, line, size) ? add_code(batch, &code) : "memory is out";
        line += size + (line[size] == '\n');
    }
    if (!fault)
        return STATUS_OK;
    report(STATUS_BAD_INPUT, NULL, NULL, fault);
    return STATUS_BAD_INPUT;
}

int command_account_backup(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    __attribute__((cleanup(batch_clear))) struct batch batch = {0};
    const char *login = invocation->arguments[0];
    enum status status = select_by_login(invocation, login, &selection);
    if (status == STATUS_OK)
        status = isatty(STDIN_FILENO) ? ask_codes(invocation, login, &batch)
                                      : read_codes(invocation, &batch);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (batch.count == 0)
        return report(STATUS_BAD_INPUT, login, NULL,
                      "no backup code was given; nothing is changed");
    invocation_arm_keyring(invocation);
    status = backup_codes_replace(invocation->keyring, selection.account, batch.codes, batch.count);
    if (status != STATUS_OK)
        return report(status, login, NULL, NULL);
    g_print("%s: %u backup codes are stored; keep them on paper too\n", login, batch.count);
    return 0;
}
