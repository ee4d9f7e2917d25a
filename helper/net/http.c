/* SPDX-License-Identifier: MIT
 * HTTPS requests to one host at a time: cookies, redirects, limits, and what went wrong. */
#include "http.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "cookies.h"
#include "paths.h"
#include "receive.h"
#include "trust.h"

static const struct {
    CURLcode code;
    enum status status;
} meanings[] = {
    {CURLE_OK, STATUS_OK},
    {CURLE_COULDNT_RESOLVE_PROXY, STATUS_OFFLINE},
    {CURLE_COULDNT_RESOLVE_HOST, STATUS_OFFLINE},
    {CURLE_COULDNT_CONNECT, STATUS_OFFLINE},
    {CURLE_OPERATION_TIMEDOUT, STATUS_TIMED_OUT},
    {CURLE_SSL_CONNECT_ERROR, STATUS_TLS_FAILED},
    {CURLE_PEER_FAILED_VERIFICATION, STATUS_TLS_FAILED},
    {CURLE_SSL_CACERT_BADFILE, STATUS_TLS_FAILED},
    {CURLE_SSL_CIPHER, STATUS_TLS_FAILED},
    {CURLE_SSL_ISSUER_ERROR, STATUS_TLS_FAILED},
    {CURLE_ABORTED_BY_CALLBACK, STATUS_CANCELLED},
    {CURLE_UNSUPPORTED_PROTOCOL, STATUS_REFUSED_BY_POLICY},
    {CURLE_URL_MALFORMAT, STATUS_REFUSED_BY_POLICY},
};

static enum status meaning_of(CURLcode code)
{
    for (size_t i = 0; i < sizeof meanings / sizeof *meanings; i++)
        if (meanings[i].code == code)
            return meanings[i].status;
    return STATUS_COURT_ERROR;
}

static enum status fail(struct http *http, enum status status, const char *problem)
{
    snprintf(http->problem, sizeof http->problem, "%s", problem);
    return status;
}

void http_response_clear(struct http_response *response)
{
    free(response->url);
    free(response->refused_redirect);
    free(response->content_type);
    secret_clear(&response->body);
    *response = (struct http_response){0};
}

/* curl calls this at least once a second: a csolink that is gone ends a transfer that hangs. */
static int peer_is_gone(void *data, curl_off_t a, curl_off_t b, curl_off_t c, curl_off_t d)
{
    const struct http *http = data;
    struct pollfd peer = {.fd = http->settings.watch};
    (void)a, (void)b, (void)c, (void)d;
    return poll(&peer, 1, 0) > 0 && (peer.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}

/* curl sends a request once more when a connection that was kept open turns out to be dead, and a
 * submission must leave once. It stops at a body of which it has read from us what it cannot rewind
 * (CURLE_SEND_FAIL_REWIND); any other submission is stopped here. */
static int begin_request(void *data, char *peer, char *self, int peer_port, int own_port)
{
    struct http *http = data;
    (void)peer, (void)self, (void)peer_port, (void)own_port;
    http->begun++;
    return http->once && http->begun > 1 ? CURL_PREREQFUNC_ABORT : CURL_PREREQFUNC_OK;
}

/* What is the same for each request. Redirects are followed by http_request(), which looks at each
 * one; netrc and proxy variables of the environment do not count. */
static void set_up(struct http *http)
{
    CURL *easy = http->easy;
    const struct http_settings *settings = &http->settings;
    curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "https");
    curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(easy, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
    curl_easy_setopt(easy, CURLOPT_PROXY, settings->proxy ? settings->proxy : "");
    curl_easy_setopt(easy, CURLOPT_CONNECT_TO, settings->connect_to);
    curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT, settings->connect_timeout);
    curl_easy_setopt(easy, CURLOPT_TIMEOUT, settings->request_timeout);
    curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
    curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
    curl_easy_setopt(easy, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
    http->bundle_is_left = trust_begin(easy, settings->ca_file);
    curl_easy_setopt(easy, CURLOPT_USERAGENT, "csolink/" CSOLINK_VERSION);
    curl_easy_setopt(easy, CURLOPT_COOKIEFILE, "");
    curl_easy_setopt(easy, CURLOPT_ERRORBUFFER, http->problem);
    curl_easy_setopt(easy, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(easy, CURLOPT_XFERINFOFUNCTION, peer_is_gone);
    curl_easy_setopt(easy, CURLOPT_XFERINFODATA, http);
    curl_easy_setopt(easy, CURLOPT_PREREQFUNCTION, begin_request);
    curl_easy_setopt(easy, CURLOPT_PREREQDATA, http);
}

enum status http_open(struct http *http, const struct http_settings *settings)
{
    *http = (struct http){.settings = *settings, .easy = curl_easy_init()};
    if (!http->easy)
        return STATUS_INTERNAL;
    set_up(http);
    return STATUS_OK;
}

void http_close(struct http *http)
{
    if (http->easy)
        curl_easy_cleanup(http->easy);
    curl_slist_free_all(http->settings.connect_to);
    free(http->settings.ca_file);
    free(http->settings.proxy);
    free(http->last_url);
    secret_clear(&http->token);
    *http = (struct http){0};
}

static long long date_of(CURL *easy)
{
    struct curl_header *header = NULL;
    if (curl_easy_header(easy, "Date", 0, CURLH_HEADER, -1, &header) != CURLHE_OK)
        return 0;
    time_t date = curl_getdate(header->value, NULL);
    return date > 0 ? date : 0;
}

/* What is left of the body. */
struct rest {
    const char *bytes;
    size_t size;
};

static size_t give_body(char *room, size_t one, size_t size, void *data)
{
    struct rest *rest = data;
    (void)one; /* always 1 */
    size_t given = rest->size < size ? rest->size : size;
    if (given > 0)
        memcpy(room, rest->bytes, given);
    rest->bytes += given;
    rest->size -= given;
    return given;
}

static bool was_to_repeat(const struct http *http, CURLcode code)
{
    return code == CURLE_SEND_FAIL_REWIND ||
           (code == CURLE_ABORTED_BY_CALLBACK && http->once && http->begun > 1);
}

static struct curl_slist *set_body(CURL *easy, const struct http_body *body, struct rest *rest)
{
    char line[160];
    struct curl_slist *headers = NULL;
    if (!body) {
        curl_easy_setopt(easy, CURLOPT_HTTPGET, 1L);
        return NULL;
    }
    *rest = (struct rest){secret_string(&body->content), body->content.size};
    curl_easy_setopt(easy, CURLOPT_POST, 1L);
    curl_easy_setopt(easy, CURLOPT_READFUNCTION, give_body);
    curl_easy_setopt(easy, CURLOPT_READDATA, rest);
    curl_easy_setopt(easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)body->content.size);
    snprintf(line, sizeof line, "Content-Type: %s", body->type);
    headers = curl_slist_append(headers, line);
    snprintf(line, sizeof line, "Accept: %s", body->accept ? body->accept : "*/*");
    headers = curl_slist_append(headers, line);
    return curl_slist_append(headers, "Expect:");
}

static const char *referer_for(const struct http *http, const char *host)
{
    return http->last_url && address_is_on(http->last_url, host) ? http->last_url : NULL;
}

/* A server that fails verification has got nothing of the request: it may be tried again. */
static CURLcode perform_verified(struct http *http)
{
    CURLcode code = curl_easy_perform(http->easy);
    if (code != CURLE_PEER_FAILED_VERIFICATION || !http->bundle_is_left)
        return code;
    http->bundle_is_left = false;
    trust_bundle_too(http->easy);
    return curl_easy_perform(http->easy);
}

/* One request, no redirect. */
static enum status perform(struct http *http, const char *host, const char *url,
                           const struct http_body *body, struct http_response *response)
{
    CURL *easy = http->easy;
    long request_size = 0;
    struct rest rest;
    struct curl_slist *headers = set_body(easy, body, &rest);
    receive_into(easy, response);
    http->problem[0] = '\0';
    http->begun = 0;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
    curl_easy_setopt(easy, CURLOPT_URL, url);
    curl_easy_setopt(easy, CURLOPT_REFERER, referer_for(http, host));
    http->requests++;
    CURLcode code = perform_verified(http);
    bool broken = was_to_repeat(http, code);
    http->once = false;
    curl_easy_setopt(easy, CURLOPT_HTTPHEADER, NULL);
    curl_slist_free_all(headers);
    curl_easy_getinfo(easy, CURLINFO_REQUEST_SIZE, &request_size);
    curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &response->code);
    response->delivery.sent = response->delivery.sent || request_size > 0;
    response->delivery.answered = response->delivery.answered || code == CURLE_OK;
    response->date = date_of(easy);
    cookies_note_token(http);
    if (broken)
        return fail(http, STATUS_COURT_ERROR, "the connection broke off before an answer");
    const char *excess = receive_excess(code, response);
    if (excess)
        return fail(http, STATUS_COURT_ERROR, excess);
    if (code != CURLE_OK && http->problem[0] == '\0')
        return fail(http, meaning_of(code), curl_easy_strerror(code));
    return meaning_of(code);
}

static bool replace(char **text, const char *by)
{
    char *copy = strdup(by);
    if (!copy)
        return false;
    free(*text);
    *text = copy;
    return true;
}

/* Judges the redirect in the last answer, if it is one: *next is where to go, or NULL. */
static enum status next_hop(struct http *http, const char *host, bool posted,
                            struct http_response *response, const char **next)
{
    const char *target = NULL;
    curl_easy_getinfo(http->easy, CURLINFO_REDIRECT_URL, &target);
    *next = NULL;
    if (response->code < 300 || response->code > 399 || !target)
        return STATUS_OK;
    if (address_is_on(target, host) && !address_logs_out(target) &&
        !(posted && (response->code == 307 || response->code == 308))) {
        *next = target;
        return STATUS_OK;
    }
    if (!replace(&response->refused_redirect, target))
        return STATUS_INTERNAL;
    return fail(http, STATUS_REFUSED_BY_POLICY,
                "a redirect to another host, to http, to Log Out, or of a form");
}

/* Finishes the response that is no redirect. */
static enum status judge(struct http *http, struct http_response *response)
{
    char problem[32];
    const char *type = NULL;
    curl_easy_getinfo(http->easy, CURLINFO_CONTENT_TYPE, &type);
    if (type && !replace(&response->content_type, type))
        return STATUS_INTERNAL;
    if (response->code < 500 && response->code != 408 && response->code != 429)
        return STATUS_OK;
    snprintf(problem, sizeof problem, "HTTP %ld", response->code);
    return fail(http, STATUS_COURT_ERROR, problem);
}

enum status http_request(struct http *http, const char *host, const char *url,
                         const struct http_body *body, struct http_response *response)
{
    if (!address_is_on(url, host))
        return fail(http, STATUS_REFUSED_BY_POLICY, "an address on another host or not https");
    if (!replace(&response->url, url))
        return STATUS_INTERNAL;
    for (int hops = 0; hops <= REDIRECTS_MAX; hops++) {
        const char *next = NULL;
        enum status status = perform(http, host, response->url, body, response);
        if (status == STATUS_OK)
            status = next_hop(http, host, body != NULL, response, &next);
        if (status != STATUS_OK)
            return status;
        if (!replace(&http->last_url, response->url))
            return STATUS_INTERNAL;
        if (!next)
            return judge(http, response);
        if (!replace(&response->url, next))
            return STATUS_INTERNAL;
        body = NULL;
    }
    return fail(http, STATUS_COURT_ERROR, "too many redirects");
}
