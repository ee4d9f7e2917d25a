/* SPDX-License-Identifier: MIT
 * Addresses: what a page's reference means, and whether it is where this run may go. */
#include "address.h"

#include <curl/curl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void url_free(CURLU **url)
{
    curl_url_cleanup(*url);
}
#define URL_AUTO __attribute__((cleanup(url_free)))

static const char white_space[] = " \t\r\n\f";

static char *trimmed(const char *text)
{
    text += strspn(text, white_space);
    char *copy = strdup(text), *end = copy;
    for (const char *byte = text; copy && *byte; byte++)
        if (!strchr("\t\r\n", *byte))
            *end++ = *byte;
    while (end > copy && strchr(white_space, end[-1]))
        end--;
    if (copy)
        *end = '\0';
    return copy;
}

char *address_resolve(const char *base, const char *reference)
{
    URL_AUTO CURLU *url = curl_url();
    char *relative = trimmed(reference), *part = NULL, *whole = NULL;
    if (url && relative && curl_url_set(url, CURLUPART_URL, base, 0) == CURLUE_OK &&
        curl_url_set(url, CURLUPART_URL, relative, CURLU_URLENCODE) == CURLUE_OK &&
        curl_url_set(url, CURLUPART_FRAGMENT, NULL, 0) == CURLUE_OK &&
        curl_url_get(url, CURLUPART_URL, &part, 0) == CURLUE_OK)
        whole = strdup(part);
    curl_free(part);
    free(relative);
    return whole;
}

static bool part_is(CURLU *url, CURLUPart part, unsigned flags, const char *wanted)
{
    char *found = NULL;
    bool same =
        curl_url_get(url, part, &found, flags) == CURLUE_OK && strcasecmp(found, wanted) == 0;
    curl_free(found);
    return same;
}

static bool part_is_absent(CURLU *url, CURLUPart part)
{
    char *found = NULL;
    bool absent = curl_url_get(url, part, &found, 0) != CURLUE_OK;
    curl_free(found);
    return absent;
}

bool address_is_on(const char *address, const char *host)
{
    URL_AUTO CURLU *url = curl_url();
    return url && curl_url_set(url, CURLUPART_URL, address, 0) == CURLUE_OK &&
           part_is(url, CURLUPART_SCHEME, 0, "https") && part_is(url, CURLUPART_HOST, 0, host) &&
           part_is(url, CURLUPART_PORT, CURLU_DEFAULT_PORT, "443") &&
           part_is_absent(url, CURLUPART_USER) && part_is_absent(url, CURLUPART_PASSWORD);
}

bool address_mentions(const char *address, const char *word)
{
    int size = 0;
    char *plain = curl_easy_unescape(NULL, address, 0, &size);
    /* A %00 ends no search. */
    for (int i = 0; plain && i < size; i++)
        plain[i] = plain[i] ? plain[i] : ' ';
    bool found = !plain || strcasestr(plain, word);
    curl_free(plain);
    return found;
}

bool address_logs_out(const char *reference)
{
    return address_mentions(reference, "logout");
}

char *address_on(const char *host, const char *path)
{
    char *address = NULL;
    return asprintf(&address, "https://%s%s", host, path) < 0 ? NULL : address;
}
