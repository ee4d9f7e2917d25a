/* SPDX-License-Identifier: MIT
 * One visit to a page of the court, as a browser would make it. */
#include "visit.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "conversation.h"
#include "court_page.h"
#include "navigation.h"
#include "scrub.h"
#include "text.h"

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
    return page_parse(page, response.url, response.content_type, &response.body);
}

static bool is_flake(const struct page *page)
{
    enum court_page kind = court_page_of(page);
    return kind == COURT_PAGE_SIGNED_OUT || kind == COURT_PAGE_NO_ACCESS;
}

/* The address of the page's meta refresh, or NULL. */
static char *refresh_address(const struct page *page)
{
    char *target = court_page_of(page) == COURT_PAGE_OTHER ? page_refresh(page) : NULL;
    char *address = target && !leads_to_logout(target) ? page_resolve(page, target) : NULL;
    free(target);
    return address;
}

enum status visit(struct run *run, const char *url, const struct http_body *body, struct page *page,
                  struct delivery *delivery)
{
    enum status status = fetch(run, url, body, page, delivery);
    bool repeated = body != NULL;
    for (int hops = 0; status == STATUS_OK && hops <= REDIRECTS_MAX; hops++) {
        if (is_flake(page) && !repeated) {
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
    return status == STATUS_OK ? run_fail(run, STATUS_COURT_ERROR, "too many refreshes") : status;
}

enum status visit_not_recognised(struct run *run, const struct page *page)
{
    char *copy = scrub(page), *text = text_of(page_main(page));
    if (copy)
        conversation_page(run->fd, copy);
    run_fail(run, STATUS_PAGE_NOT_RECOGNISED, text ? text : "");
    free(copy);
    free(text);
    return STATUS_PAGE_NOT_RECOGNISED;
}
