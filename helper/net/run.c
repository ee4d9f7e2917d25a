/* SPDX-License-Identifier: MIT
 * One run of the worker: where it may go, what it knows, what it says when it fails. */
#include "run.h"

#include <stdlib.h>
#include <string.h>

#include "conversation.h"
#include "cookies.h"
#include "page/text.h"
#include "sandbox.h"

enum { TIMEOUT_MAX = 300, CONNECT_TIMEOUT_DEFAULT = 10, REQUEST_TIMEOUT_DEFAULT = 30 };

void run_conceal(const struct run *run, char *text)
{
    text_conceal(text, secret_string(&run->password));
    text_conceal(text, secret_string(&run->http.token));
}

enum status run_fail(struct run *run, enum status status, const char *text)
{
    char *told = strdup(text);
    if (told)
        run_conceal(run, told);
    text_cut(run->detail, WORKER_DETAIL_MAX + 1, told ? told : "");
    free(told);
    return status;
}

/* Tokens are good for uscourts.gov and all courts are there; nothing is sent elsewhere. */
static enum status take_host(struct run *run, const char *host, char out[HOST_MAX + 1])
{
    static const char letters[] = "abcdefghijklmnopqrstuvwxyz0123456789.-";
    static const char domain[] = ".uscourts.gov";
    size_t size = strlen(host);
    if (size > HOST_MAX || size == 0 || strspn(host, letters) != size)
        return run_fail(run, STATUS_BAD_INPUT, "a host name is malformed");
    if (size < strlen(domain) || strcmp(host + size - strlen(domain), domain) != 0)
        return run_fail(run, STATUS_REFUSED_BY_POLICY, "a host outside uscourts.gov");
    memcpy(out, host, size + 1);
    return STATUS_OK;
}

static enum status take_court(struct run *run, const struct record *request)
{
    const char *host = record_get(request, "court_host");
    const char *type = record_get(request, "court_type");
    if (!host)
        return STATUS_OK;
    if (!type || strlen(type) >= sizeof run->court_type)
        return run_fail(run, STATUS_BAD_INPUT, "court_type is missing or malformed");
    memcpy(run->court_type, type, strlen(type) + 1);
    return take_host(run, host, run->court_host);
}

/* False: memory is out. */
static bool copy_text(const struct record *request, const char *key, char **out)
{
    const char *value = record_get(request, key);
    *out = value ? strdup(value) : NULL;
    return !value || *out;
}

static bool copy_list(const struct record *request, const char *key, struct curl_slist **out)
{
    size_t position = 0;
    for (const char *value; (value = record_list(request, key, &position));) {
        struct curl_slist *longer = curl_slist_append(*out, value);
        if (!longer)
            return false;
        *out = longer;
    }
    return true;
}

static enum status take_connection(struct run *run, const struct record *request)
{
    struct http_settings settings = {
        .connect_timeout =
            (long)record_get_number(request, "connect_timeout", CONNECT_TIMEOUT_DEFAULT),
        .request_timeout =
            (long)record_get_number(request, "request_timeout", REQUEST_TIMEOUT_DEFAULT),
        .watch = run->fd,
    };
    bool copied = copy_text(request, "ca_file", &settings.ca_file) &&
                  copy_text(request, "proxy", &settings.proxy) &&
                  copy_list(request, "connect_to[]", &settings.connect_to);
    enum status status = http_open(&run->http, &settings);
    if (!copied || status != STATUS_OK)
        return STATUS_INTERNAL;
    if (settings.connect_timeout < 1 || settings.connect_timeout > TIMEOUT_MAX ||
        settings.request_timeout < 1 || settings.request_timeout > TIMEOUT_MAX)
        return run_fail(run, STATUS_BAD_INPUT, "a timeout is not between 1 and 300 seconds");
    if (settings.connect_to && !settings.ca_file)
        return run_fail(run, STATUS_REFUSED_BY_POLICY, "connect_to without ca_file");
    if (!sandbox_close_files(settings.ca_file))
        return run_fail(run, STATUS_INTERNAL, "the kernel refused to close the file system");
    return STATUS_OK;
}

enum status run_open(struct run *run, const struct record *request, struct record *result)
{
    const char *sign_on_host = record_get(request, "sign_on_host");
    (void)result;
    if (run->opened)
        return run_fail(run, STATUS_BAD_INPUT, "the run is open");
    if (!sign_on_host)
        return run_fail(run, STATUS_BAD_INPUT, "sign_on_host is missing");
    enum status status = take_host(run, sign_on_host, run->sign_on_host);
    if (status == STATUS_OK)
        status = take_court(run, request);
    if (status == STATUS_OK)
        status = take_connection(run, request);
    if (status != STATUS_OK)
        http_close(&run->http);
    run->opened = status == STATUS_OK;
    return status;
}

void run_close(struct run *run)
{
    http_close(&run->http);
    secret_clear(&run->told_token);
    secret_clear(&run->password);
    page_clear(&run->menu);
}

enum status run_take_token(struct run *run, const char *token)
{
    enum status status = token ? cookies_set_token(&run->http, token) : STATUS_BAD_INPUT;
    if (status == STATUS_BAD_INPUT)
        return run_fail(run, status, "the token is missing or malformed");
    if (status != STATUS_OK || !secret_set(&run->told_token, token, strlen(token)))
        return STATUS_INTERNAL;
    return STATUS_OK;
}

enum status run_take_client_code(struct run *run, const char *code)
{
    enum status status = code ? cookies_set_client_code(&run->http, code) : STATUS_OK;
    if (status == STATUS_BAD_INPUT)
        return run_fail(run, status, "the client code is malformed");
    return status;
}

void run_tell_token(struct run *run)
{
    const struct secret *token = &run->http.token, *told = &run->told_token;
    if (token->size == 0 || secret_equal(told->data, told->size, token->data, token->size))
        return;
    conversation_token(run->fd, secret_string(token));
    (void)secret_set(&run->told_token, token->data, token->size);
}
