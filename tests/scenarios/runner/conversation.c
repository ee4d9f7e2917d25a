/* SPDX-License-Identifier: MIT
 * The person in front of the host: answers the prompts that the scenario knows, and takes anything
 * else for a fault. */
#include <stdlib.h>
#include <string.h>

#include "scenario.h"

/* pam_debug says each of these words that it acts on, which proves that it was reached. */
const char observed_behind[] =
    "auth=authinfo_unavail cred=authinfo_unavail acct=authinfo_unavail prechauthtok=success "
    "chauthtok=authinfo_unavail open_session=authinfo_unavail close_session=authinfo_unavail";

static bool is_behind(const struct scenario *scenario, const char *text)
{
    return scenario->observed && strchr(text, '=') && strstr(observed_behind, text);
}

static void hear(struct host *host, const struct pam_message *message,
                 struct pam_response *response)
{
    const struct expectations *expected = &host->step->messages;
    if (is_behind(host->scenario, message->msg)) {
        host->passed++;
        return;
    }
    if (host->messages == expected->count)
        differ(host->step->line, "the person was told: %s", message->msg);
    const struct expected *now = &expected->item[host->messages++];
    if (strcmp(now->text, message->msg) != 0 || now->kind != message->msg_style)
        differ(now->line, "the person was told instead (%s): %s",
               word_of(message_words, message->msg_style), message->msg);
    if (now->answer)
        response->resp = strdup(now->answer);
}

int converse(int count, const struct pam_message **messages, struct pam_response **responses,
             void *data)
{
    *responses = calloc((size_t)count, sizeof **responses);
    for (int i = 0; *responses && i < count; i++)
        hear(data, messages[i], &(*responses)[i]);
    return *responses ? PAM_SUCCESS : PAM_BUF_ERR;
}

void conversation_check(const struct host *host)
{
    const struct expectations *expected = &host->step->messages;
    if (host->messages < expected->count)
        differ(expected->item[host->messages].line, "the person was not told this");
}
