/* SPDX-License-Identifier: MIT
 * What an answer may be at most. */
#include "receive.h"

static size_t take_body(char *bytes, size_t one, size_t size, void *data)
{
    struct http_response *response = data;
    (void)one; /* always 1 */
    bool fits = response->body.size + size <= PAGE_SIZE_MAX;
    return fits && secret_append(&response->body, bytes, size) ? size : CURL_WRITEFUNC_ERROR;
}

/* curl keeps every line, also of trailers and interim answers, and bounds the number of trailers by
 * nothing but time. */
static size_t take_head(char *bytes, size_t one, size_t size, void *data)
{
    struct http_response *response = data;
    (void)bytes;
    (void)one;
    response->head_size += size;
    return response->head_size <= HEAD_SIZE_MAX ? size : CURL_WRITEFUNC_ERROR;
}

void receive_into(CURL *easy, struct http_response *response)
{
    secret_clear(&response->body);
    response->head_size = 0;
    curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, take_body);
    curl_easy_setopt(easy, CURLOPT_WRITEDATA, response);
    curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, take_head);
    curl_easy_setopt(easy, CURLOPT_HEADERDATA, response);
}

const char *receive_excess(CURLcode code, const struct http_response *response)
{
    if (code == CURLE_OUT_OF_MEMORY) /* curl says so of a line of more than 100 KiB, too */
        return "a line of its head, or an address, is too long";
    if (code != CURLE_WRITE_ERROR)
        return NULL;
    return response->head_size > HEAD_SIZE_MAX ? "the head of the answer is larger than 32 KiB"
                                               : "the page is larger than 2 MiB";
}
