/* SPDX-License-Identifier: MIT
 * A court's page, whatever it holds: each reader of it ends, and says no more than it promises.
 * Input: the page. */
#include "input.h"

#include "csolink/worker.h"
#include "page/court_page.h"
#include "page/form.h"
#include "page/link_button.h"
#include "page/message.h"
#include "page/names.h"
#include "page/navigation.h"
#include "page/scrub.h"

#define URL "https://ecf.alnd.uscourts.gov/cgi-bin/a.pl"

static void read_forms(const struct page *page)
{
    static const enum form_shape shapes[] = {FORM_LOGIN, FORM_CONFIRM};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        struct form form;
        struct http_body body = {0};
        if (form_find(page, shapes[i], &form) != STATUS_OK)
            continue;
        bool login = shapes[i] == FORM_LOGIN;
        HOLDS(form.submit && (!login || (form.login && form.password && form_is_post(&form))));
        (void)form_body(page, &form, login ? "jdoe" : NULL, login ? "secret" : NULL, &body);
        secret_clear(&body.content);
        free(form_address(page, &form));
    }
}

static void read_words(const struct page *page)
{
    NAMES_AUTO struct names names = {0};
    bool found = names_find(page, &names);
    HOLDS(found == (names.court != NULL) && found == (names.pacer != NULL));
    char *copy = scrub(page);
    HOLDS(!copy || strlen(copy) <= PAGE_COPY_MAX);
    free(copy);
    free(message_of(page));
    (void)message_refuses(page);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct form button;
    SECRET_AUTO struct secret source = {0};
    PAGE_AUTO struct page page = {0};
    if (!secret_set(&source, (const char *)data, size) ||
        page_parse(&page, URL, "text/html", &source) != STATUS_OK)
        return 0;
    (void)court_page_of(&page);
    read_forms(&page);
    read_words(&page);
    (void)link_button_find(&page, "link", &button);
    free(page_refresh(&page));
    free(page_script_location(&page));
    return 0;
}
