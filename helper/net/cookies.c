/* SPDX-License-Identifier: MIT
 * The cookies that csolink brings: the token and the client code. */
#include "cookies.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

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

/* The jar's lines are in Netscape's form: fields between tabs. */
enum { JAR_EXPIRES = 4, JAR_NAME, JAR_VALUE, JAR_FIELDS };

/* Cuts the line up. curl lists what is to be deleted until its next request. */
static bool is_live_token(char *line, const char *value, size_t size)
{
    static const char name[] = TOKEN_COOKIE;
    char *field[JAR_FIELDS];
    for (size_t i = 0; i < JAR_FIELDS; i++)
        if (!(field[i] = strsep(&line, "\t")))
            return false;
    long long expires = strtoll(field[JAR_EXPIRES], NULL, 10);
    return (expires == 0 || expires > time(NULL)) && strlen(field[JAR_VALUE]) == size &&
           strncmp(field[JAR_VALUE], value, size) == 0 &&
           strlen(field[JAR_NAME]) == strlen(name) - 1 &&
           strncmp(field[JAR_NAME], name, strlen(name) - 1) == 0;
}

/* The jar refuses cookies for other domains. */
static bool jar_has_token(const struct http *http, const char *value, size_t size)
{
    struct curl_slist *jar = NULL;
    bool has = false;
    (void)curl_easy_getinfo(http->easy, CURLINFO_COOKIELIST, &jar);
    for (struct curl_slist *line = jar; line; line = line->next) {
        size_t length = strlen(line->data);
        has = is_live_token(line->data, value, size) || has;
        explicit_bzero(line->data, length);
    }
    curl_slist_free_all(jar);
    return has;
}

/* Courts give a new token on ordinary answers; the jar has it already, this is for whoever keeps
 * it. An empty or unclean value is no token, nor is what the jar does not keep. */
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
        if (value_is_clean(value, size) && jar_has_token(http, value, size))
            (void)secret_set(&http->token, value, size);
    }
}
