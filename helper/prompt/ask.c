/* SPDX-License-Identifier: MIT
 * Who is asked: the one place that decides it. */
#include "prompt/ask.h"

#include <string.h>

#include "prompt/pinentry.h"
#include "prompt/terminal.h"

static bool nobody;

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

/* A prompt ends with a colon and a blank, where the answer is typed behind it. */
static enum status ask_in_dialog(const struct config *config, const char *prompt,
                                 struct secret *answer)
{
    g_autofree char *text = g_strchomp(g_strdup(prompt));
    return pinentry_ask(config->pinentry, text, config->person_timeout, answer);
}

enum status ask_secret(const struct config *config, const char *prompt, struct secret *answer)
{
    if (is_forbidden())
        return STATUS_NEEDS_PERSON;
    if (terminal_has_person())
        return terminal_ask_secret(prompt, config->person_timeout, answer);
    return ask_in_dialog(config, prompt, answer);
}

enum status ask_line(const struct config *config, const char *prompt, struct secret *answer)
{
    if (is_forbidden())
        return STATUS_NEEDS_PERSON;
    if (terminal_has_person())
        return terminal_ask_line(prompt, config->person_timeout, answer);
    return ask_in_dialog(config, prompt, answer);
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
