/* SPDX-License-Identifier: MIT
 * Sending a form. */
#include "submit.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "visit.h"

/* The address of a GET form, its query replaced; the caller frees it. NULL: memory is out. */
static char *with_query(const char *address, const struct http_body *body)
{
    char *whole = NULL;
    int size = (int)strcspn(address, "?#");
    const char *query = secret_string(&body->content);
    return asprintf(&whole, "%.*s?%s", size, address, query) < 0 ? NULL : whole;
}

static enum status get(struct run *run, struct page *page, const char *address,
                       const struct http_body *body, struct delivery *delivery)
{
    char *whole = with_query(address, body);
    enum status status = whole ? visit(run, whole, NULL, page, delivery) : STATUS_INTERNAL;
    free(whole);
    return status;
}

enum status submit_form(struct run *run, struct page *page, const struct form *form,
                        const char *login, const char *password, struct delivery *delivery)
{
    struct http_body body = {0};
    char *address = form_address(page, form);
    enum status status =
        address ? form_body(page, form, login, password, &body) : STATUS_PAGE_NOT_RECOGNISED;
    if (status == STATUS_PAGE_NOT_RECOGNISED)
        visit_not_recognised(run, page);
    else if (status == STATUS_BAD_INPUT)
        run_fail(run, status,
                 "the login or password has a character that the court's page "
                 "cannot send");
    else if (status == STATUS_OK && form_is_post(form))
        status = visit(run, address, &body, page, delivery);
    else if (status == STATUS_OK)
        status = get(run, page, address, &body, delivery);
    secret_clear(&body.content);
    free(address);
    return status;
}
