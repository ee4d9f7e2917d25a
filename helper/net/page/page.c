/* SPDX-License-Identifier: MIT
 * A page as a tree: parsing, walking, looking up. */
#include "page/page.h"

#include <setjmp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "page/charset.h"

/* gumbo frees its tree by recursion, which a deeply nested page turns into a stack overflow. So it
 * takes its memory from blocks that go all at once. */
struct page_block {
    struct page_block *next;
    size_t used, size;
    _Alignas(max_align_t) char bytes[];
};

/* A tree takes a hundred times the room of its tags; this is one of some 30 000. It also bounds the
 * time, which grows with the square of the depth. */
enum { BLOCK_SIZE = 64 * 1024, TREE_SIZE_MAX = 8 * 1024 * 1024 };

/* A tree that grows. gumbo does not look at what its allocator returns, so one that grows too large
 * leaves gumbo by a jump: nothing is lost, for everything lies in the blocks. */
struct growth {
    struct page *page;
    size_t size;
    jmp_buf too_large;
};

static struct page_block *block_add(struct growth *growth, size_t size)
{
    growth->size += size;
    struct page_block *block = growth->size <= TREE_SIZE_MAX ? malloc(sizeof *block + size) : NULL;
    if (!block)
        longjmp(growth->too_large, 1);
    *block = (struct page_block){.next = growth->page->blocks, .size = size};
    growth->page->blocks = block;
    return block;
}

static void *block_allocate(void *data, size_t size)
{
    struct growth *growth = data;
    size_t align = _Alignof(max_align_t);
    size = (size + align - 1) / align * align;
    struct page_block *block = growth->page->blocks;
    if (!block || block->size - block->used < size)
        block = block_add(growth, size > BLOCK_SIZE ? size : BLOCK_SIZE);
    void *memory = block->bytes + block->used;
    block->used += size;
    return memory;
}

static void block_keep(void *data, void *memory)
{
    (void)data;
    (void)memory;
}

/* Makes the bytes the page's own, as UTF-8. */
static bool take_source(struct page *page, const char *content_type, struct secret *source)
{
    page->charset = charset_of(content_type, source);
    bool decoded = charset_decode(page->charset, source, &page->source);
    secret_clear(source);
    return decoded;
}

/* False: the tree is too large. */
static bool grow_tree(struct page *page)
{
    struct growth growth = {.page = page};
    GumboOptions options = kGumboDefaultOptions;
    options.allocator = block_allocate;
    options.deallocator = block_keep;
    options.userdata = &growth;
    options.max_errors = 0;
    if (setjmp(growth.too_large) != 0)
        return false;
    const char *text = secret_string(&page->source);
    page->document = gumbo_parse_with_options(&options, text, page->source.size)->document;
    return true;
}

enum status page_parse(struct page *page, const char *url, const char *content_type,
                       struct secret *source)
{
    page->url = strdup(url);
    if (!page->url || !take_source(page, content_type, source))
        return STATUS_INTERNAL;
    return grow_tree(page) ? STATUS_OK : STATUS_COURT_ERROR;
}

void page_clear(struct page *page)
{
    while (page->blocks) {
        struct page_block *block = page->blocks;
        page->blocks = block->next;
        explicit_bzero(block->bytes, block->used);
        free(block);
    }
    free(page->url);
    secret_clear(&page->source);
    *page = (struct page){0};
}

static const GumboVector *children_of(const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_DOCUMENT:
        return &node->v.document.children;
    case GUMBO_NODE_ELEMENT:
    case GUMBO_NODE_TEMPLATE:
        return &node->v.element.children;
    default:
        return NULL;
    }
}

static const GumboNode *first_child(const GumboNode *node)
{
    GumboTag tag = node_tag(node);
    const GumboVector *children = children_of(node);
    if (!children || children->length == 0 || tag == GUMBO_TAG_SCRIPT || tag == GUMBO_TAG_STYLE)
        return NULL;
    return children->data[0];
}

static const GumboNode *next_sibling(const GumboNode *node)
{
    const GumboVector *siblings = children_of(node->parent);
    size_t next = node->index_within_parent + 1;
    return next < siblings->length ? siblings->data[next] : NULL;
}

static const GumboNode *advance(const GumboNode *node, const GumboNode *root, page_visitor *leave,
                                void *data)
{
    const GumboNode *next = first_child(node);
    while (!next) {
        if (leave)
            leave(node, data);
        if (node == root || !node->parent)
            return NULL;
        next = next_sibling(node);
        node = node->parent;
    }
    return next;
}

const GumboNode *page_next(const GumboNode *node, const GumboNode *root)
{
    return advance(node, root, NULL, NULL);
}

void page_walk(const GumboNode *root, page_visitor *enter, page_visitor *leave, void *data)
{
    for (const GumboNode *node = root; node; node = advance(node, root, leave, data))
        enter(node, data);
}

GumboTag node_tag(const GumboNode *node)
{
    bool element = node->type == GUMBO_NODE_ELEMENT || node->type == GUMBO_NODE_TEMPLATE;
    return element ? node->v.element.tag : GUMBO_TAG_LAST;
}

const char *node_attribute(const GumboNode *node, const char *name)
{
    if (node_tag(node) == GUMBO_TAG_LAST)
        return NULL;
    const GumboAttribute *attribute = gumbo_get_attribute(&node->v.element.attributes, name);
    return attribute ? attribute->value : NULL;
}

const GumboNode *node_find_id(const GumboNode *root, const char *id)
{
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        const char *found = node_attribute(node, "id");
        if (found && strcmp(found, id) == 0)
            return node;
    }
    return NULL;
}

const GumboNode *page_main(const struct page *page)
{
    const GumboNode *main_content = node_find_id(page->document, "cmecfMainContent");
    return main_content ? main_content : page->document;
}
