/* SPDX-License-Identifier: MIT
 * What an answer may be at most. */
#ifndef CSOLINK_NET_RECEIVE_H
#define CSOLINK_NET_RECEIVE_H

#include "http.h"

enum { PAGE_SIZE_MAX = 2 * 1024 * 1024, HEAD_SIZE_MAX = 32 * 1024 };

/* Empties response, into which the next answer of easy then comes. */
void receive_into(CURL *easy, struct http_response *response);

/* What was too large where a request ended with this code; NULL: nothing was. */
const char *receive_excess(CURLcode code, const struct http_response *response);

#endif
