/* SPDX-License-Identifier: MIT
 * Pages for the tests of csolink-net. Tables of pages are laid out by hand: clang-format pads their
 * columns to the longest row. */
#ifndef CSOLINK_TESTS_NET_PAGES_H
#define CSOLINK_TESTS_NET_PAGES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "page/page.h"

#define COURT_URL "https://ecf.alnd.uscourts.gov/cgi-bin/DisplayMenu.pl?Utilities"

static inline struct page page_at(const char *url, const char *html)
{
    struct page page = {0};
    struct secret source = {0};
    assert_true(secret_set(&source, html, strlen(html)));
    assert_int_equal(page_parse(&page, url, "text/html; charset=utf-8", &source), STATUS_OK);
    return page;
}

static inline struct page page_of(const char *html)
{
    return page_at(COURT_URL, html);
}

#endif
