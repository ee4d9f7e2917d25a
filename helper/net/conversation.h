/* SPDX-License-Identifier: MIT
 * The worker's side of the worker conversation (csolink/worker.h): records up, answers down.
 * When csolink is gone, each of these ends the process: nothing it could still do has a taker. */
#ifndef CSOLINK_NET_CONVERSATION_H
#define CSOLINK_NET_CONVERSATION_H

#include "csolink/record.h"
#include "csolink/worker.h"

/* Waits for the next record from csolink, at most CONVERSATION_WAIT_SECONDS: SIGALRM ends a worker
 * that was forgotten. STATUS_BAD_INPUT for a malformed one. */
enum { CONVERSATION_WAIT_SECONDS = 600 };
enum status conversation_receive(int fd, struct record *record);

void conversation_send(int fd, const struct record *record);

void conversation_step(int fd, int number, const char *text);
void conversation_token(int fd, const char *token);

/* Sends lines, each ended by LF, as one or more page records. */
void conversation_page(int fd, const char *lines);

/* Sends the question (type and name are added) and waits for its answer. STATUS_BAD_INPUT when what
 * comes is no answer. */
enum status conversation_ask(int fd, const char *name, struct record *question,
                             struct record *answer);

#endif
