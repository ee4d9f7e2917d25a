/* SPDX-License-Identifier: MIT
 * The worker's side of the worker conversation (csolink/worker.h): records up, answers down.
 * Where csolink is gone, all but conversation_receive() end the process: nothing that it could
 * still do has a taker. */
#ifndef CSOLINK_NET_CONVERSATION_H
#define CSOLINK_NET_CONVERSATION_H

#include "csolink/record.h"
#include "csolink/worker.h"

/* Waits for the next record from csolink, at most CONVERSATION_WAIT_SECONDS: SIGALRM ends a worker
 * that was forgotten. STATUS_ABSENT: csolink has closed the socket; else as record_receive(). */
enum { CONVERSATION_WAIT_SECONDS = 600 };
enum status conversation_receive(int fd, struct record *record);

void conversation_send(int fd, const struct record *record);

void conversation_step(int fd, int number, const char *text);
void conversation_token(int fd, const char *token);

/* Appends sent and answered to a result. Statuses of record_add(). */
struct delivery;
enum status conversation_add_delivery(struct record *result, const struct delivery *delivery);

/* Sends lines, each ended by LF, as one or more page records. */
void conversation_page(int fd, const char *lines);

/* Sends the question (type and name are added) and waits for its answer. STATUS_BAD_INPUT when what
 * comes is no answer. */
enum status conversation_ask(int fd, const char *name, struct record *question,
                             struct record *answer);

#endif
