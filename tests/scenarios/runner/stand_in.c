/* SPDX-License-Identifier: MIT
 * usage: stand-in 'WHAT [STATUS [DETAIL]]' PATH
 * Takes csolink-session's place: passes the request on to the runner, then does what it was told.
 * It is a script's interpreter, so that its orders stand in the script's first line. */
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "csolink/record.h"
#include "csolink/session_request.h"
#include "scenario.h"

enum { PATIENCE_MS = 5000 };

static bool pass_on(struct record *request)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = STAGE "/requests"};
    int runner = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    return connect(runner, (struct sockaddr *)&address, sizeof address) == 0 &&
           record_receive(request, STDIN_FILENO, PATIENCE_MS) == STATUS_OK &&
           record_send(request, runner, PATIENCE_MS) == STATUS_OK;
}

static void answer(char *words)
{
    struct record reply = {0};
    record_add(&reply, SESSION_KEY_STATUS, strsep(&words, " "));
    if (words)
        record_add(&reply, SESSION_KEY_DETAIL, words);
    record_send(&reply, STDIN_FILENO, PATIENCE_MS);
    record_clear(&reply);
}

static void stay(char *words)
{
    (void)words;
    for (;;)
        pause();
}

static void answer_and_stay(char *words)
{
    answer(words);
    stay(words);
}

static void babble(char *words)
{
    (void)words;
    send(STDIN_FILENO, "hello", 5, MSG_NOSIGNAL);
}

static void crash(char *words)
{
    (void)words;
    _exit(1);
}

static const struct {
    const char *word;
    void (*act)(char *words);
} orders[] = {
    {"answers", answer}, {"lingers", answer_and_stay}, {"is-silent", stay},
    {"babbles", babble}, {"crashes", crash},
};

int main(int argc, char **argv)
{
    struct record request = {0};
    char *words = argc > 1 ? argv[1] : NULL, *order = strsep(&words, " ");
    if (!pass_on(&request))
        return 1;
    record_clear(&request);
    for (size_t i = 0; order && i < sizeof orders / sizeof orders[0]; i++) {
        if (strcmp(orders[i].word, order) == 0)
            orders[i].act(words);
    }
    return 0;
}
