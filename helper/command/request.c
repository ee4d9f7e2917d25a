/* SPDX-License-Identifier: MIT
 * Requests from standard input or from a word, and the host's place in the court directory. */
#include "command/request.h"

#include <string.h>
#include <unistd.h>

#include "command/select.h"
#include "credential/credential.h"
#include "deadline.h"

void request_clear(struct request *request)
{
    record_clear(&request->record);
    g_free(request->host);
    g_clear_pointer(&request->directory, directory_free);
}

static enum status load_directory(struct request *request)
{
    return request->directory ? STATUS_OK : select_directory_quietly(&request->directory);
}

static enum status locate(const struct invocation *invocation, struct request *request)
{
    if (!g_str_has_suffix(request->host, ".uscourts.gov"))
        return STATUS_OK;
    request->sign_on = environment_by_host(request->host, invocation_environment(invocation));
    if (request->sign_on)
        return STATUS_OK;
    enum status status = load_directory(request);
    if (status == STATUS_OK)
        request->court = directory_by_host(request->directory, request->host);
    return status;
}

static enum status check_and_locate(const struct invocation *invocation, struct request *request,
                                    enum status status, const char *why)
{
    if (status == STATUS_OK)
        status = credential_check(&request->record, &why);
    if (status != STATUS_OK) {
        report(status, NULL, NULL, why);
        return status;
    }
    /* It was checked: what cannot be split is the empty host of a client certificate. */
    if (!credential_split_host(record_get(&request->record, "host"), &request->host,
                               &request->port))
        request->host = g_strdup("");
    return locate(invocation, request);
}

enum status request_read(const struct invocation *invocation, struct request *request)
{
    const char *why = NULL;
    deadline_arm(invocation->config.person_timeout, STATUS_BAD_INPUT, NULL, NULL,
                 "no request came on standard input");
    enum status status = record_read(&request->record, STDIN_FILENO, &why);
    return check_and_locate(invocation, request, status, why);
}

static enum status add(struct request *request, const char *key, const char *value)
{
    return value ? record_add(&request->record, key, value) : STATUS_OK;
}

/* A password in the URL goes no further than here. */
static enum status add_url(struct request *request, const char *url)
{
    g_autofree char *scheme = NULL, *user = NULL, *host = NULL;
    int port = -1;
    if (!g_uri_split_with_user(url, G_URI_FLAGS_HAS_PASSWORD, &scheme, &user, NULL, NULL, &host,
                               &port, NULL, NULL, NULL, NULL) ||
        !host || *host == '\0')
        return STATUS_BAD_INPUT;
    g_autoptr(GString) full = g_string_new(NULL);
    g_string_append_printf(full, strchr(host, ':') ? "[%s]" : "%s", host);
    if (port > 0)
        g_string_append_printf(full, ":%d", port);
    enum status status = add(request, "protocol", scheme);
    if (status == STATUS_OK)
        status = add(request, "host", full->str);
    return status == STATUS_OK ? add(request, "username", user) : status;
}

/* A court's id, or else a host. */
static enum status add_host(struct request *request, const char *word)
{
    g_autofree char *name = g_ascii_strdown(word, -1);
    enum status status = load_directory(request);
    if (status != STATUS_OK)
        return status;
    const struct court *court = directory_by_id(request->directory, name);
    status = add(request, "protocol", "https");
    return status == STATUS_OK ? add(request, "host", court ? court->host : name) : status;
}

enum status request_take_word(const struct invocation *invocation, const char *word,
                              struct request *request)
{
    enum status status = strstr(word, "://") ? add_url(request, word) : add_host(request, word);
    return check_and_locate(invocation, request, status, "that is no URL, host or court's id");
}

bool request_is_ours(const struct request *request)
{
    return request->court || request->sign_on;
}

bool request_is_safe(const struct request *request)
{
    return strcmp(record_get(&request->record, "protocol"), "https") == 0 && request->port == 0;
}

const struct environment *request_environment(const struct invocation *invocation,
                                              const struct request *request)
{
    return request->sign_on ? request->sign_on
                            : environment_by_name(invocation_environment(invocation));
}

struct account_choice request_choice(const struct invocation *invocation,
                                     const struct request *request)
{
    return (struct account_choice){.username = record_get(&request->record, "username"),
                                   .named = invocation->options.account,
                                   .purpose = invocation->options.purpose,
                                   .unmarked_purpose = invocation->config.unmarked_purpose,
                                   .preferred = g_getenv("CSOLINK_ACCOUNT"),
                                   .configured = invocation->config.account};
}
