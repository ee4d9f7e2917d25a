/* SPDX-License-Identifier: MIT
 * Ways from one page to the next: links by their text, the meta refresh. */
#include "page/navigation.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "page/text.h"

enum { REFRESH_DELAY_MAX = 5 };

/* The first base element with an href counts, unless that is no address (HTML, "document base
 * URL"). */
static char *base_of(const struct page *page)
{
    char *base = NULL;
    for (const GumboNode *node = page->document; node; node = page_next(node, page->document)) {
        const char *href = node_attribute(node, "href");
        if (node_tag(node) != GUMBO_TAG_BASE || !href)
            continue;
        base = address_resolve(page->url, href);
        break;
    }
    return base ? base : strdup(page->url);
}

char *page_resolve(const struct page *page, const char *reference)
{
    char *base = base_of(page);
    char *address = base ? address_resolve(base, reference) : NULL;
    free(base);
    return address;
}

char *node_label(const GumboNode *node)
{
    char *text = text_of(node);
    for (const GumboNode *part = node; text && *text == '\0' && part;
         part = page_next(part, node)) {
        const char *alt = node_tag(part) == GUMBO_TAG_IMG ? node_attribute(part, "alt") : NULL;
        if (!alt)
            continue;
        free(text);
        text = strdup(alt);
    }
    return text;
}

static bool link_matches(const GumboNode *node, const char *pattern)
{
    if (node_tag(node) != GUMBO_TAG_A || !node_attribute(node, "href"))
        return false;
    char *text = node_label(node);
    bool matches = text && text_matches(text, pattern);
    free(text);
    return matches;
}

const GumboNode *page_next_link(const struct page *page, const GumboNode *after,
                                const char *pattern)
{
    const GumboNode *node = page_next(after ? after : page->document, page->document);
    while (node && !link_matches(node, pattern))
        node = page_next(node, page->document);
    return node;
}

char *page_link_address(const struct page *page, const GumboNode *link)
{
    return page_resolve(page, node_attribute(link, "href"));
}

static const char *skip(const char *text, const char *bytes)
{
    return text + strspn(text, bytes);
}

/* "0;url=/x", "0; URL='/x'", "0, /x": the "shared declarative refresh steps" of HTML. */
static char *refresh_target(const char *content)
{
    char *rest = NULL;
    long delay = strtol(content, &rest, 10);
    const char *text = skip(skip(rest, "0123456789."), " \t\r\n\f;,");
    if (rest == content || delay < 0 || delay > REFRESH_DELAY_MAX || *text == '\0')
        return NULL;
    if (strncasecmp(text, "url", 3) == 0 && *skip(text + 3, " \t\r\n\f") == '=')
        text = skip(skip(text + 3, " \t\r\n\f") + 1, " \t\r\n\f");
    size_t size = strlen(text);
    if (*text == '\'' || *text == '"') {
        size = strcspn(text + 1, (char[]){*text, '\0'});
        text++;
    }
    return size > 0 ? strndup(text, size) : NULL;
}

struct refresh {
    int without_script; /* depth in noscript */
    const char *content;
};

static void enter_refresh(const GumboNode *node, void *data)
{
    struct refresh *refresh = data;
    const char *name = node_attribute(node, "http-equiv");
    refresh->without_script += node_tag(node) == GUMBO_TAG_NOSCRIPT;
    if (node_tag(node) == GUMBO_TAG_META && name && strcasecmp(name, "refresh") == 0 &&
        refresh->without_script == 0 && !refresh->content)
        refresh->content = node_attribute(node, "content");
}

static void leave_refresh(const GumboNode *node, void *data)
{
    struct refresh *refresh = data;
    refresh->without_script -= node_tag(node) == GUMBO_TAG_NOSCRIPT;
}

char *page_refresh(const struct page *page)
{
    struct refresh refresh = {0};
    page_walk(page->document, enter_refresh, leave_refresh, &refresh);
    return refresh.content ? refresh_target(refresh.content) : NULL;
}
