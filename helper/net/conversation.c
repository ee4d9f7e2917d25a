/* SPDX-License-Identifier: MIT
 * The worker's side of the worker conversation: records up, answers down. */
#include "conversation.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "http.h"

enum { SEND_TIMEOUT_MS = 10000, PAGE_RECORD_LINES = 200, PAGE_RECORD_SIZE = 32 * 1024 };

enum status conversation_receive(int fd, struct record *record)
{
    alarm(CONVERSATION_WAIT_SECONDS);
    return record_receive(record, fd, -1);
}

static void must(enum status status)
{
    if (status != STATUS_OK)
        _exit(EXIT_FAILURE);
}

void conversation_send(int fd, const struct record *record)
{
    must(record_send(record, fd, SEND_TIMEOUT_MS));
}

void conversation_step(int fd, int number, const char *text)
{
    RECORD_AUTO struct record record = {0};
    must(record_add(&record, "type", WORKER_TYPE_STEP));
    must(record_add_number(&record, "step", number));
    must(record_add_number(&record, "of", WORKER_STEPS));
    must(record_add(&record, "text", text));
    conversation_send(fd, &record);
}

void conversation_token(int fd, const char *token)
{
    RECORD_AUTO struct record record = {0};
    must(record_add(&record, "type", WORKER_TYPE_TOKEN));
    must(record_add(&record, "token", token));
    conversation_send(fd, &record);
}

/* Moves lines into one record until it is full. An empty line[] would clear the list before it. */
static const char *fill_page(struct record *record, const char *lines)
{
    while (*lines && record->count < PAGE_RECORD_LINES && record->text.size < PAGE_RECORD_SIZE) {
        size_t size = strcspn(lines, "\n");
        char *line = strndup(lines, size);
        must(line ? STATUS_OK : STATUS_INTERNAL);
        if (size > 0)
            must(record_add(record, "line[]", line));
        free(line);
        lines += size + (lines[size] == '\n');
    }
    return lines;
}

void conversation_page(int fd, const char *lines)
{
    while (*lines) {
        RECORD_AUTO struct record record = {0};
        must(record_add(&record, "type", WORKER_TYPE_PAGE));
        lines = fill_page(&record, lines);
        conversation_send(fd, &record);
    }
}

enum status conversation_ask(int fd, const char *name, struct record *question,
                             struct record *answer)
{
    must(record_add(question, "type", WORKER_TYPE_QUESTION));
    must(record_add(question, "question", name));
    conversation_send(fd, question);
    enum status status = conversation_receive(fd, answer);
    if (status == STATUS_BAD_INPUT)
        return status;
    must(status);
    return record_get(answer, "answer") ? STATUS_OK : STATUS_BAD_INPUT;
}

enum status conversation_add_delivery(struct record *result, const struct delivery *delivery)
{
    enum status status = record_add_number(result, "sent", delivery->sent);
    return status == STATUS_OK ? record_add_number(result, "answered", delivery->answered) : status;
}
