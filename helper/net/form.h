/* SPDX-License-Identifier: MIT
 * Forms: finding the one that is meant, and filling it in as a browser would.
 * Courts differ in addresses and field names; what they share is the shape. */
#ifndef CSOLINK_NET_FORM_H
#define CSOLINK_NET_FORM_H

#include "http.h"
#include "page.h"

enum form_shape {
    FORM_LOGIN,  /* exactly one password field and one text field */
    FORM_CONFIRM /* a submit button and neither a password nor a text field */
};

/* Nodes of the page. */
struct form {
    const GumboNode *form;
    const GumboNode *login, *password; /* FORM_LOGIN only */
    const GumboNode *submit;           /* the button to press */
};

/* Finds the one form of this shape in the page's main content into *form. The button to press is
 * the only submit button, or the only one labelled "Submit". False: no form of the shape, several,
 * no such button, or the method is not POST. */
bool form_find(const struct page *page, enum form_shape shape, struct form *form);

/* The address that the form is sent to; the caller frees it. NULL when it is none. */
char *form_address(const struct page *page, const struct form *form);

/* Builds what a browser sends when the button is pressed, in document order: the page's own values,
 * login and password in their fields (NULL for FORM_CONFIRM), the pressed button alone among the
 * buttons. STATUS_INTERNAL: memory or random numbers are out. The caller clears body->content. */
enum status form_body(const struct page *page, const struct form *form, const char *login,
                      const char *password, struct http_body *body);

/* The next control (input, button, select, textarea) of the form after a node, in document order;
 * start with after NULL. */
const GumboNode *form_next_control(const GumboNode *root, const GumboNode *form,
                                   const GumboNode *after);

/* The type of an input or button in lower case as HTML reads it: "text" for an unknown one,
 * "submit" for a plain button; "select" and "textarea" for those. */
const char *control_type(const GumboNode *control);

#endif
