/* SPDX-License-Identifier: MIT
 * A page as a tree: parsing, walking, looking up. The tree is gumbo's (HTML5 rules, as a browser).
 * No function recurses: a hostile page may nest as deep as its two megabytes allow. */
#ifndef CSOLINK_NET_PAGE_H
#define CSOLINK_NET_PAGE_H

#include <gumbo.h>
#include <stdbool.h>

#include "csolink/secret.h"
#include "csolink/status.h"
#include "page/charset.h"

/* {0} is no page. Nodes, and strings in them, live as long as the page. */
struct page {
    char *url;            /* where it came from, after redirects */
    struct secret source; /* its text in UTF-8: may hold a token */
    enum charset charset; /* what its forms are sent in */
    const GumboNode *document;
    struct page_block *blocks; /* all memory of the tree */
};

/* Parses source, which becomes the page's (source is empty afterwards), into an empty page.
 * content_type is the header of that name or NULL. STATUS_COURT_ERROR: its tree would be larger
 * than 8 MiB; STATUS_INTERNAL: memory is out. */
enum status page_parse(struct page *page, const char *url, const char *content_type,
                       struct secret *source);

/* Wipes the source and gives all memory back. The page is empty afterwards. */
void page_clear(struct page *page);
#define PAGE_AUTO __attribute__((cleanup(page_clear)))

/* The next node of the tree under root in document order, after node; NULL at the end. What stands
 * in script and style is no part of it. */
const GumboNode *page_next(const GumboNode *node, const GumboNode *root);

/* Calls enter and leave for each node under root, root included, in document order. */
typedef void page_visitor(const GumboNode *node, void *data);
void page_walk(const GumboNode *root, page_visitor *enter, page_visitor *leave, void *data);

/* The element's tag; GUMBO_TAG_LAST for what is no element. */
GumboTag node_tag(const GumboNode *node);

/* The decoded value of an attribute of an element, or NULL. */
const char *node_attribute(const GumboNode *node, const char *name);

/* The first element under root with this id; NULL when there is none. */
const GumboNode *node_find_id(const GumboNode *root, const char *id);

/* The part of a court's page that is not menu (#cmecfMainContent), else the whole page. */
const GumboNode *page_main(const struct page *page);

#endif
