/* SPDX-License-Identifier: MIT
 * The link entry as a button: a form that sends nothing of a person's. */
#ifndef CSOLINK_NET_LINK_BUTTON_H
#define CSOLINK_NET_LINK_BUTTON_H

#include "page/form.h"

/* Finds the one form in the page's main content that has a submit button whose label matches
 * pattern (text_matches()), and no field to type into. Returns how many there are; *form is the
 * last. */
int link_button_find(const struct page *page, const char *pattern, struct form *form);

#endif
