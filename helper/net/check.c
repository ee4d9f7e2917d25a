/* SPDX-License-Identifier: MIT
 * Is the account linked at the court? */
#include "check.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "conversation.h"
#include "page/court_page.h"
#include "page/navigation.h"
#include "visit.h"

static enum status visit_path(struct run *run, const char *path, struct page *page)
{
    char *url = address_on(run->court_host, path);
    enum status status = url ? visit(run, url, NULL, page, NULL) : STATUS_INTERNAL;
    free(url);
    return status;
}

static bool is_for_training(const GumboNode *link, const char *url)
{
    char *label = node_label(link);
    bool training = address_mentions(url, "train") || !label || strcasestr(label, "train");
    free(label);
    return training;
}

/* Front pages also carry such links to the court's training site. Of several that are left the
 * first is taken, for nothing but the token goes there, which is the court's anyway, and an entry
 * that is not the right one shows no menu. */
static char *filing_entry(const struct run *run, const struct page *front)
{
    const GumboNode *link = NULL;
    while ((link = page_next_link(front, link, COURT_FILING_ENTRY))) {
        char *url = page_link_address(front, link);
        if (url && address_is_on(url, run->court_host) && !address_logs_out(url) &&
            !is_for_training(link, url))
            return url;
        free(url);
    }
    return NULL;
}

/* The way that the procedure takes, where login.pl alone shows no menu. */
static enum status enter_by_front_page(struct run *run, struct page *page)
{
    enum status status = visit_path(run, "/", page);
    char *url = status == STATUS_OK ? filing_entry(run, page) : NULL;
    if (url)
        status = visit(run, url, NULL, page, NULL);
    free(url);
    return status;
}

static enum status conclude(struct run *run, struct page *page, struct record *result)
{
    switch (court_page_of(page)) {
    case COURT_PAGE_LINKED:
        return record_add(result, "state", WORKER_STATE_LINKED);
    case COURT_PAGE_UNLINKED:
        run->menu = *page;
        *page = (struct page){0};
        return record_add(result, "state", WORKER_STATE_UNLINKED);
    case COURT_PAGE_SIGNED_OUT:
    case COURT_PAGE_NO_ACCESS:
        return record_add(result, "state", WORKER_STATE_SIGNED_OUT);
    case COURT_PAGE_OLD_LOGIN:
        return STATUS_NOT_NEXTGEN;
    case COURT_PAGE_OTHER:
        break;
    }
    return visit_not_recognised(run, page);
}

enum status check_link(struct run *run, const struct record *request, struct record *result)
{
    PAGE_AUTO struct page page = {0};
    page_clear(&run->menu);
    if (!run->court_host[0])
        return run_fail(run, STATUS_BAD_INPUT, "the run has no court");
    if (strcmp(run->court_type, "appellate") == 0)
        return STATUS_MANUAL_COURT;
    enum status status = run_take_token(run, record_get(request, "token"));
    if (status == STATUS_OK)
        status = run_take_client_code(run, record_get(request, "client_code"));
    if (status != STATUS_OK)
        return status;
    conversation_step(run->fd, 3, "Open the court's filing system");
    status = visit_path(run, "/cgi-bin/login.pl", &page);
    if (status == STATUS_OK && court_page_of(&page) == COURT_PAGE_OTHER)
        status = enter_by_front_page(run, &page);
    return status == STATUS_OK ? conclude(run, &page, result) : status;
}
