/* SPDX-License-Identifier: MIT
 * Forms: finding the one that is meant, and filling it in as a browser would.
 * Courts differ in addresses and field names; what they share is the shape. */
#ifndef CSOLINK_NET_FORM_H
#define CSOLINK_NET_FORM_H

#include "http.h"
#include "page/page.h"

enum form_shape {
    FORM_LOGIN,  /* exactly one password field and one text field */
    FORM_CONFIRM /* a submit button and no field that a person could type into */
};

/* Nodes of the page. */
struct form {
    const GumboNode *form;
    const GumboNode *login, *password; /* FORM_LOGIN only */
    const GumboNode *submit;           /* the button to press */
};

/* Finds the one form of this shape in the page's main content into *form. Buttons that lead away
 * (Cancel, Clear, Back, "not me") are never pressed; of the others, the one to press is the only
 * one, or the only one labelled "Submit". Of several confirmations, the only one with such a button
 * labelled "Submit" counts.
 * STATUS_ABSENT: no form of the shape. STATUS_PAGE_NOT_RECOGNISED: several, no such button, or a
 * method or encoding that is none of ours. STATUS_REFUSED_BY_POLICY: a login form that sends the
 * password in an address (GET), where logs would keep it. */
enum status form_find(const struct page *page, enum form_shape shape, struct form *form);

/* Whether the form has boxes or lists that a person would have to choose in. */
bool form_has_choice(const struct page *page, const struct form *form);

/* The address that the form is sent to; the caller frees it. NULL when it is none. */
char *form_address(const struct page *page, const struct form *form);

/* Builds what a browser sends when the button is pressed, in document order: the page's own values,
 * login and password in their fields (NULL for FORM_CONFIRM), the pressed button alone among the
 * buttons. For a GET form the content is the address's query. The caller clears body->content.
 * STATUS_BAD_INPUT: login or password has a character that cannot be sent in the page's encoding.
 * STATUS_PAGE_NOT_RECOGNISED: the same for the page's own values. STATUS_INTERNAL: memory or random
 * numbers are out. */
enum status form_body(const struct page *page, const struct form *form, const char *login,
                      const char *password, struct http_body *body);

/* Whether the form is sent by POST; else by GET, in its address. */
bool form_is_post(const struct form *form);

#endif
