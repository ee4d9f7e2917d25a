/* SPDX-License-Identifier: MIT
 * PACER's sign-on service. */
#include "sign_on.h"

#include <jansson.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "conversation.h"
#include "cookies.h"
#include "page/text.h"

/* The password and the token pass through jansson's memory. Its escaping is worth more than a JSON
 * writer of our own, so it gets a free() that wipes; the finished body lies in a struct secret. */
static void wiping_free(void *memory)
{
    if (memory)
        explicit_bzero(memory, malloc_usable_size(memory));
    free(memory);
}

void sign_on_start(void)
{
    json_set_alloc_funcs(malloc, wiping_free);
}

static const struct {
    const char *field, *key; /* in the service's JSON, in csolink's record */
} fields[] = {
    {"loginId", "login"},    {"password", "password"}, {"clientCode", "client_code"},
    {"otpCode", "otp_code"}, {"redactFlag", "redact"},
};

static json_t *sign_on_object(const struct record *request)
{
    json_t *object = json_object();
    for (size_t i = 0; object && i < sizeof fields / sizeof *fields; i++) {
        const char *value = record_get(request, fields[i].key);
        if (value && json_object_set_new(object, fields[i].field, json_string(value)) != 0) {
            json_decref(object);
            return NULL;
        }
    }
    return object;
}

/* Writes object, which it takes over, into the body. */
static enum status dump(json_t *object, struct http_body *body)
{
    size_t size = object ? json_dumpb(object, NULL, 0, JSON_COMPACT) : 0;
    bool ok = size > 0 && secret_reserve(&body->content, size) &&
              json_dumpb(object, body->content.data, size, JSON_COMPACT) == size;
    json_decref(object);
    if (!ok)
        return STATUS_INTERNAL;
    body->content.data[size] = '\0';
    body->content.size = size;
    return STATUS_OK;
}

static enum status post(struct run *run, const char *path, json_t *object,
                        struct http_response *response)
{
    struct http_body body = {.type = "application/json", .accept = "application/json"};
    char *url = address_on(run->sign_on_host, path);
    enum status status = dump(object, &body);
    if (status == STATUS_OK)
        status = url ? http_request(&run->http, run->sign_on_host, url, &body, response)
                     : STATUS_INTERNAL;
    secret_clear(&body.content);
    free(url);
    return status;
}

/* What the guide's table of results (p. 13-15) lists. */
enum { RESULT_OK = 0, RESULT_ACKNOWLEDGE = 1, RESULT_INVALID = 13 };

/* loginResult is a string in the guide; a number means the same. Below 0: it is neither. */
static long result_of(const json_t *answer)
{
    const json_t *result = json_object_get(answer, "loginResult");
    const char *text = json_string_value(result);
    char *end = NULL;
    if (json_is_integer(result))
        return (long)json_integer_value(result);
    long number = text && *text ? strtol(text, &end, 10) : -1;
    return end && *end == '\0' ? number : -1;
}

static enum status meaning_of(const struct sign_on_answer *answer)
{
    switch (answer->result) {
    case RESULT_OK:
        return answer->token.size > 0 ? STATUS_OK : STATUS_COURT_ERROR;
    case RESULT_ACKNOWLEDGE:
        return STATUS_NEEDS_ACKNOWLEDGEMENT;
    default:
        return STATUS_REJECTED;
    }
}

/* PACER's have a KiB or two; a tree of JSON takes a hundred times the room of its text. */
enum { ANSWER_SIZE_MAX = 64 * 1024 };

void sign_on_read(struct sign_on_answer *answer, const char *json, size_t size)
{
    json_t *root = size <= ANSWER_SIZE_MAX ? json_loadb(json, size, 0, NULL) : NULL;
    const char *token = json_string_value(json_object_get(root, "nextGenCSO"));
    *answer = (struct sign_on_answer){.status = STATUS_COURT_ERROR, .result = -1};
    if (json_object_get(root, "loginResult")) {
        text_plain(answer->text, sizeof answer->text,
                   json_string_value(json_object_get(root, "errorDescription")));
        bool kept = !token || secret_set(&answer->token, token, strlen(token));
        answer->result = result_of(root);
        answer->status = kept ? meaning_of(answer) : STATUS_INTERNAL;
    }
    json_decref(root);
}

/* PACER's own words; of a result that the guide does not list also its number. */
static enum status refuse(struct run *run, const struct sign_on_answer *answer)
{
    char text[sizeof answer->text + 64], number[24] = "";
    if (answer->status != STATUS_REJECTED || answer->result == RESULT_INVALID)
        return run_fail(run, STATUS_REJECTED, answer->text);
    if (answer->result >= 0)
        snprintf(number, sizeof number, " %ld", answer->result);
    snprintf(text, sizeof text, "PACER's result%s, which is not documented: %s", number,
             answer->text);
    return run_fail(run, STATUS_REJECTED, text);
}

/* The guide names no HTTP code for a refusal, so one that means it counts, whatever its body. */
static bool is_refusal(const struct http_response *response)
{
    return response->code == 401 || response->code == 403;
}

static enum status conclude(struct run *run, const struct http_response *response,
                            struct record *result)
{
    struct sign_on_answer answer;
    sign_on_read(&answer, secret_string(&response->body), response->body.size);
    enum status status = answer.status;
    if (status == STATUS_COURT_ERROR && is_refusal(response))
        status = STATUS_REJECTED;
    run_conceal(run, answer.text);
    if (status == STATUS_OK)
        status = cookies_set_token(&run->http, secret_string(&answer.token));
    if (status == STATUS_BAD_INPUT)
        status = STATUS_COURT_ERROR;
    secret_clear(&answer.token);
    if (status == STATUS_COURT_ERROR)
        return run_fail(run, status, "the sign-on service's answer was not understood");
    if (answer.result >= 0 && record_add_number(result, "result", answer.result) != STATUS_OK)
        return STATUS_INTERNAL;
    if (status == STATUS_OK)
        run_tell_token(run);
    if (status == STATUS_OK && answer.text[0])
        return record_add(result, "warning", answer.text);
    if (status == STATUS_NEEDS_ACKNOWLEDGEMENT)
        text_cut(run->detail, sizeof run->detail, answer.text);
    else if (status == STATUS_REJECTED)
        refuse(run, &answer);
    else if (status != STATUS_OK)
        run_fail(run, status, answer.text);
    return status;
}

enum status sign_on_authenticate(struct run *run, const struct record *request,
                                 struct record *result)
{
    RESPONSE_AUTO struct http_response response = {0};
    if (!record_get(request, "login") || !record_get(request, "password"))
        return run_fail(run, STATUS_BAD_INPUT, "login or password is missing");
    const char *password = record_get(request, "password");
    if (!secret_set(&run->password, password, strlen(password)))
        return STATUS_INTERNAL;
    conversation_step(run->fd, 2, "Sign on to PACER");
    enum status status = post(run, "/services/cso-auth", sign_on_object(request), &response);
    if (conversation_add_delivery(result, &response.delivery) != STATUS_OK)
        return STATUS_INTERNAL;
    if (response.date > 0 && record_add_number(result, "date", response.date) != STATUS_OK)
        return STATUS_INTERNAL;
    return status == STATUS_OK ? conclude(run, &response, result) : status;
}

enum status sign_on_logout(struct run *run, const struct record *request, struct record *result)
{
    RESPONSE_AUTO struct http_response response = {0};
    const char *token = record_get(request, "token");
    (void)result;
    if (!token)
        return run_fail(run, STATUS_BAD_INPUT, "the token is missing");
    return post(run, "/services/cso-logout", json_pack("{ss}", "nextGenCSO", token), &response);
}
