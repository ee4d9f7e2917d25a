/* SPDX-License-Identifier: MIT
 * The cookies that csolink brings: the token and the client code. */
#include "cookies.h"

#include <string.h>

#define TOKEN_COOKIE       "NextGenCSO="
#define CLIENT_CODE_COOKIE "PacerClientCode="

/* PACER's announcement of 2 April 2024 forbids blanks and commas; its form takes 32 characters. */
enum { CLIENT_CODE_MAX = 32 };

static bool value_is_clean(const char *value, size_t size)
{
    for (size_t i = 0; i < size; i++)
        if (value[i] <= ' ' || value[i] > '~' || value[i] == ';')
            return false;
    return size > 0;
}

/* For every court and PACER's sign-on host; a run requests from one of each, and over https. name
 * ends with "=". */
static enum status set_cookie(struct http *http, const char *name, const char *value)
{
    SECRET_AUTO struct secret line = {0};
    const char *const pieces[] = {"Set-Cookie: ", name, value,
                                  "; domain=.uscourts.gov; path=/; secure"};
    if (!value_is_clean(value, strlen(value)))
        return STATUS_BAD_INPUT;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++)
        if (!secret_append(&line, pieces[i], strlen(pieces[i])))
            return STATUS_INTERNAL;
    CURLcode code = curl_easy_setopt(http->easy, CURLOPT_COOKIELIST, secret_string(&line));
    return code == CURLE_OK ? STATUS_OK : STATUS_INTERNAL;
}

enum status cookies_set_token(struct http *http, const char *token)
{
    enum status status = set_cookie(http, TOKEN_COOKIE, token);
    if (status == STATUS_OK && !secret_set(&http->token, token, strlen(token)))
        return STATUS_INTERNAL;
    return status;
}

enum status cookies_set_client_code(struct http *http, const char *code)
{
    if (strlen(code) > CLIENT_CODE_MAX || strchr(code, ','))
        return STATUS_BAD_INPUT;
    return set_cookie(http, CLIENT_CODE_COOKIE, code);
}

/* Courts give a new token on ordinary answers; the jar has it already, this is for whoever keeps
 * it. An empty or unclean value is no token. */
void cookies_note_token(struct http *http)
{
    struct curl_header *header = NULL;
    for (size_t i = 0;
         curl_easy_header(http->easy, "Set-Cookie", i, CURLH_HEADER, -1, &header) == CURLHE_OK;
         i++) {
        const char *value = header->value;
        size_t size = strcspn(value, ";");
        if (strncmp(value, TOKEN_COOKIE, strlen(TOKEN_COOKIE)) != 0)
            continue;
        value += strlen(TOKEN_COOKIE);
        size -= strlen(TOKEN_COOKIE);
        if (value_is_clean(value, size))
            (void)secret_set(&http->token, value, size);
    }
}
