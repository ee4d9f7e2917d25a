/* SPDX-License-Identifier: MIT
 * One visit to a page of the court, as a browser would make it. */
#ifndef CSOLINK_NET_VISIT_H
#define CSOLINK_NET_VISIT_H

#include "run.h"

/* Requests url at the run's court (body NULL: GET) and parses what comes into page, which is
 * replaced. Follows redirects, meta refreshes and scripts that do nothing else on the court's host,
 * tells csolink a rotated token, and repeats a GET once after a spurious page
 * (court_page_is_spurious()). A redirect to PACER's sign-on page is not followed but is such a
 * page. Statuses: those of http_request(); refused_by_policy also where url is the court's Log Out.
 * delivery may be NULL; else the request is a submission, which is never repeated, and delivery
 * tells how far it came. */
enum status visit(struct run *run, const char *url, const struct http_body *body, struct page *page,
                  struct delivery *delivery);

/* Sends a scrubbed copy of the page to csolink and returns STATUS_PAGE_NOT_RECOGNISED with the
 * beginning of its message as detail. */
enum status visit_not_recognised(struct run *run, const struct page *page);

#endif
