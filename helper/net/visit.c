/* SPDX-License-Identifier: MIT
 * One visit to a page of the court, as a browser would make it. */
#include "visit.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "conversation.h"
#include "page/court_page.h"
#include "page/message.h"
#include "page/navigation.h"
#include "page/scrub.h"

/* The usual page of a signed-out user names PACER's sign-on page in a script; a redirect there
 * says the same. Its address stands in for the page. */
static bool is_sign_on_redirect(const struct run *run, const struct http_response *response)
{
    const char *target = response->refused_redirect;
    return target && address_is_on(target, run->sign_on_host) &&
           strstr(target, "/csologin/login.jsf");
}

static enum status fetch(struct run *run, const char *url, const struct http_body *body,
                         struct page *page, struct delivery *delivery)
{
    RESPONSE_AUTO struct http_response response = {0};
    enum status status = http_request(&run->http, run->court_host, url, body, &response);
    if (delivery)
        *delivery = response.delivery;
    run_tell_token(run);
    if (status == STATUS_REFUSED_BY_POLICY && is_sign_on_redirect(run, &response)) {
        const char *target = response.refused_redirect;
        status = secret_set(&response.body, target, strlen(target)) ? STATUS_OK : STATUS_INTERNAL;
    }
    if (status != STATUS_OK)
        return status;
    page_clear(page);
    status = page_parse(page, response.url, response.content_type, &response.body);
    return status == STATUS_COURT_ERROR ? run_fail(run, status, "the page has too many elements")
                                        : status;
}

/* Where the page leads by itself, or NULL. */
static char *refresh_address(const struct page *page)
{
    if (court_page_of(page) != COURT_PAGE_OTHER)
        return NULL;
    char *target = page_refresh(page);
    if (!target)
        target = page_script_location(page);
    char *address = target ? page_resolve(page, target) : NULL;
    if (address && address_logs_out(address)) {
        free(address);
        address = NULL;
    }
    free(target);
    return address;
}

enum status visit(struct run *run, const char *url, const struct http_body *body, struct page *page,
                  struct delivery *delivery)
{
    unsigned before = run->http.requests;
    bool repeated = body || delivery;
    run->http.once = delivery != NULL;
    enum status status = address_logs_out(url)
                             ? run_fail(run, STATUS_REFUSED_BY_POLICY, "a link that logs out")
                             : fetch(run, url, body, page, delivery);
    while (status == STATUS_OK && run->http.requests - before <= REDIRECTS_MAX) {
        if (court_page_is_spurious(page) && !repeated) {
            repeated = true;
            status = fetch(run, url, NULL, page, NULL);
            continue;
        }
        char *next = refresh_address(page);
        if (!next)
            return STATUS_OK;
        status = fetch(run, next, NULL, page, NULL);
        free(next);
    }
    return status == STATUS_OK
               ? run_fail(run, STATUS_COURT_ERROR, "too many refreshes and redirects")
               : status;
}

enum status visit_not_recognised(struct run *run, const struct page *page)
{
    char *copy = scrub(page), *text = message_of(page);
    if (copy)
        conversation_page(run->fd, copy);
    run_fail(run, STATUS_PAGE_NOT_RECOGNISED, text ? text : "");
    free(copy);
    free(text);
    return STATUS_PAGE_NOT_RECOGNISED;
}
