/* SPDX-License-Identifier: MIT
 * Sending a form. */
#ifndef CSOLINK_NET_SUBMIT_H
#define CSOLINK_NET_SUBMIT_H

#include "page/form.h"
#include "run.h"

/* Sends the page's form as a browser does when its button is pressed: by POST, or by GET with the
 * query of its address replaced. What comes back becomes *page, and the form's nodes are gone.
 * login and password are NULL but for FORM_LOGIN; delivery is visit()'s. Statuses: those of visit()
 * and of form_body(), whose page_not_recognised comes with a copy for support; nothing is sent to
 * another host (refused_by_policy). */
enum status submit_form(struct run *run, struct page *page, const struct form *form,
                        const char *login, const char *password, struct delivery *delivery);

#endif
