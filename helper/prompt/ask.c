/* SPDX-License-Identifier: MIT
 * Who is asked: the one place that decides it. */
#include "prompt/ask.h"

#include <string.h>

#include "prompt/pinentry.h"
#include "prompt/progress.h"
#include "prompt/terminal.h"

static bool nobody, reached;

void ask_nobody(void)
{
    nobody = true;
}

static bool is_forbidden(void)
{
    const char *setting = g_getenv("GIT_TERMINAL_PROMPT");
    return nobody ||
           (setting && (strcmp(setting, "0") == 0 || g_ascii_strcasecmp(setting, "false") == 0));
}

bool ask_has_person(const struct config *config)
{
    return !is_forbidden() && (terminal_has_person() || pinentry_has_person(config->pinentry));
}

bool ask_reached_person(void)
{
    return reached;
}

typedef enum status (*terminal_ask)(const char *prompt, int seconds, struct secret *answer);

/* A prompt ends with a blank, where the answer is typed behind it. */
static enum status ask(const struct config *config, terminal_ask on_terminal, const char *prompt,
                       struct secret *answer)
{
    int seconds = config->person_timeout;
    g_autofree char *text = g_strchomp(g_strdup(prompt));
    if (is_forbidden())
        return STATUS_NEEDS_PERSON;
    progress_clear();
    enum status status = terminal_has_person()
                             ? on_terminal(prompt, seconds, answer)
                             : pinentry_ask(config->pinentry, text, seconds, answer);
    reached = reached || (status != STATUS_NEEDS_PERSON && status != STATUS_INTERNAL);
    return status;
}

enum status ask_secret(const struct config *config, const char *prompt, struct secret *answer)
{
    return ask(config, terminal_ask_secret, prompt, answer);
}

enum status ask_line(const struct config *config, const char *prompt, struct secret *answer)
{
    return ask(config, terminal_ask_line, prompt, answer);
}

enum status ask_yes(const struct config *config, const char *text)
{
    SECRET_AUTO struct secret answer = {0};
    bool on_terminal = terminal_has_person();
    g_autofree char *prompt =
        g_strconcat(text, on_terminal ? " (yes/no) " : "\n\nType yes, or it is a no.", NULL);
    enum status status = ask_line(config, prompt, &answer);
    if (status == STATUS_OK && g_ascii_strcasecmp(secret_string(&answer), "yes") != 0)
        status = STATUS_CANCELLED;
    return status;
}

enum status ask_show_secret(const char *title, const struct secret *secret)
{
    return is_forbidden() ? STATUS_NEEDS_PERSON : terminal_show_secret(title, secret);
}
