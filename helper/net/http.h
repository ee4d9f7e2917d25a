/* SPDX-License-Identifier: MIT
 * HTTPS requests to one host at a time: cookies, redirects, limits, and what went wrong.
 * Only this file and cookies.h know curl's handle. curl keeps copies of what it sends and receives
 * (its buffers, its cookie jar); those are the one place where secrets lie in memory that is not
 * ours. */
#ifndef CSOLINK_NET_HTTP_H
#define CSOLINK_NET_HTTP_H

#include <curl/curl.h>
#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"

enum { REDIRECTS_MAX = 10 };

struct http_settings {
    char *ca_file;                 /* trust this file alone; NULL: the system's */
    char *proxy;                   /* NULL: none, whatever the environment says */
    struct curl_slist *connect_to; /* CURLOPT_CONNECT_TO; NULL: none */
    long connect_timeout;          /* seconds for one connection */
    long request_timeout;          /* seconds for one request, connection included */
    int watch;                     /* a socket; when its peer goes away, transfers end */
};

struct http {
    struct http_settings settings;
    CURL *easy;
    bool bundle_is_left;           /* see trust.h */
    struct secret token;           /* the newest NextGenCSO */
    char *last_url;                /* for the Referer of the next request to that host */
    bool once;                     /* the next request leaves once */
    unsigned begun;                /* how often curl has begun to send the current one */
    unsigned requests;             /* counted here, set to 0 by whoever reads it */
    char problem[CURL_ERROR_SIZE]; /* why the last request failed; "" when it did not */
};

/* How far a request came: bytes of it left this machine; a whole answer came back. One that broke
 * off may have been a refusal. */
struct delivery {
    bool sent, answered;
};

/* What came back. {0} before; http_response_clear() after, also when the request failed. */
struct http_response {
    long code;
    char *url;              /* the page's own address, after redirects */
    char *refused_redirect; /* where a redirect pointed that was not followed, or NULL */
    char *content_type;     /* or NULL */
    size_t head_size; /* all lines that are no body's, also those of interim answers and trailers */
    struct secret body;
    long long date; /* the Date header as Unix time; 0 when there was none */
    struct delivery delivery;
};

void http_response_clear(struct http_response *response);
#define RESPONSE_AUTO __attribute__((cleanup(http_response_clear)))

/* What a POST sends. */
struct http_body {
    char type[128]; /* Content-Type */
    const char *accept;
    struct secret content;
};

/* Takes settings over, also when it fails. STATUS_INTERNAL. */
enum status http_open(struct http *http, const struct http_settings *settings);
void http_close(struct http *http);

/* Requests url, which must be https on host, and follows at most REDIRECTS_MAX redirects there;
 * body NULL means GET. Cookies are kept; a NextGenCSO cookie that comes back becomes http->token.
 * Statuses: offline, timed_out, tls_failed, court_error (truncated, too large, too many redirects,
 * HTTP 5xx, 408, 429), refused_by_policy (url or a redirect is not https on host, or a redirect
 * leads to Log Out or asks to send the body again: nothing is sent there), cancelled (the watched
 * socket), internal. Any other HTTP code is STATUS_OK: a browser shows such a page too. */
enum status http_request(struct http *http, const char *host, const char *url,
                         const struct http_body *body, struct http_response *response);

#endif
