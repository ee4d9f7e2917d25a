/* SPDX-License-Identifier: MIT
 * csolink-net: the part of csolink that talks to PACER and to one court.
 * Started by csolink with a socket as descriptor 0; speaks csolink/worker.h and nothing else. */
#include <curl/curl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "check.h"
#include "conversation.h"
#include "link.h"
#include "run.h"
#include "sandbox.h"
#include "sign_on.h"

static const struct {
    const char *name;
    enum status (*handle)(struct run *run, const struct record *request, struct record *result);
} verbs[] = {
    {WORKER_VERB_OPEN, run_open},         {WORKER_VERB_AUTHENTICATE, sign_on_authenticate},
    {WORKER_VERB_CHECK, check_link},      {WORKER_VERB_LINK, link_accounts},
    {WORKER_VERB_LOGOUT, sign_on_logout},
};

static enum status handle(struct run *run, const struct record *request, struct record *result)
{
    const char *verb = record_get(request, "verb");
    for (size_t i = 0; verb && i < sizeof verbs / sizeof *verbs; i++) {
        if (strcmp(verb, verbs[i].name) != 0)
            continue;
        if (!run->opened && verbs[i].handle != run_open)
            return run_fail(run, STATUS_BAD_INPUT, "the run is not open");
        return verbs[i].handle(run, request, result);
    }
    return run_fail(run, STATUS_BAD_INPUT, "there is no such verb");
}

static const char *detail_of(struct run *run, enum status status)
{
    if (run->detail[0] == '\0' && status != STATUS_OK)
        run_fail(run, status, run->http.problem);
    return run->detail;
}

static void send_result(struct run *run, enum status status, struct record *result)
{
    const char *detail = detail_of(run, status);
    enum status added = record_add(result, "type", WORKER_TYPE_RESULT);
    if (added == STATUS_OK)
        added = record_add(result, "status", status_name(status));
    if (added == STATUS_OK && detail[0])
        added = record_add(result, "detail", detail);
    if (added == STATUS_OK)
        added = record_add_number(result, "requests", run->http.requests);
    if (added != STATUS_OK)
        _exit(EXIT_FAILURE); /* a result always arrives, or the socket closes */
    conversation_send(run->fd, result);
}

/* Answers one record. False at the end of the conversation. */
static bool serve(struct run *run)
{
    RECORD_AUTO struct record request = {0}, result = {0};
    run->detail[0] = '\0';
    run->http.requests = 0;
    run->http.problem[0] = '\0';
    enum status status = conversation_receive(run->fd, &request);
    if (status != STATUS_OK && status != STATUS_BAD_INPUT)
        return false;
    if (status == STATUS_OK)
        status = handle(run, &request, &result);
    send_result(run, status, &result);
    return true;
}

int main(void)
{
    struct run run = {.fd = STDIN_FILENO};
    if (!sandbox_enter() || curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
        return EXIT_FAILURE;
    sign_on_start();
    while (serve(&run))
        continue;
    run_close(&run);
    curl_global_cleanup();
    return EXIT_SUCCESS;
}
