/* SPDX-License-Identifier: MIT
 * The controls of a page (input, button, select, textarea) and the form that each belongs to, as
 * browsers have it (HTML, "form owner"). */
#ifndef CSOLINK_NET_CONTROLS_H
#define CSOLINK_NET_CONTROLS_H

#include "page/page.h"

/* A page with more forms has no form that is meant. */
enum { FORMS_MAX = 64 };

struct control {
    const GumboNode *node;
    const GumboNode *form; /* NULL: none */
    const char *type; /* in lower case as HTML reads it: "text" for an unknown one, "submit" for
                              a plain button; "select" and "textarea" for those */
    bool disabled;    /* itself, or by its fieldset */
};

/* Calls visit for each control in the page's main content, in document order. False, and no call:
 * there are more than FORMS_MAX forms. */
typedef void control_visitor(const struct control *control, void *data);
bool controls_walk(const struct page *page, control_visitor *visit, void *data);

/* The type in lower case as HTML reads it: "text" for an unknown one, "submit" for a plain button;
 * "select" and "textarea" for those. */
const char *control_type(const GumboNode *control);

/* The label that a browser shows on a button; "Submit" is its own. The caller frees it; NULL:
 * memory is out. */
char *control_label(const GumboNode *button);

#endif
