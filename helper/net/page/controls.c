/* SPDX-License-Identifier: MIT
 * The controls of a page and the form that each belongs to. Two passes, whatever the page: forms
 * first, for a control may name one that follows. */
#include "page/controls.h"

#include <string.h>
#include <strings.h>

#include "page/navigation.h"
#include "page/text.h"

/* Input types that no person types into; what is missing here is a text field, as for browsers. */
static const char *const input_types[] = {"password", "hidden", "submit",   "image", "reset",
                                          "button",   "radio",  "checkbox", "file"};

/* A form's tags may stand across those of a table, as on old court pages, and the parser moves what
 * a table cannot hold. Such controls are in the form by their place in the source, until </form>,
 * and not by the tree. */
struct region {
    const GumboNode *form;
    unsigned start, end; /* in the source */
};

struct walk {
    const struct page *page;
    control_visitor *visit;
    void *data;
    struct region regions[FORMS_MAX];
    size_t count;
    size_t begun;            /* regions that the walk has met */
    size_t open;             /* 1 + the index of the form whose descendants are met; 0: none */
    size_t outer[FORMS_MAX]; /* open, outside of each form */
    unsigned inert;          /* open disabled fieldsets and templates */
    unsigned templates;
};

const char *control_type(const GumboNode *control)
{
    const char *type = node_attribute(control, "type");
    switch (node_tag(control)) {
    case GUMBO_TAG_SELECT:
        return "select";
    case GUMBO_TAG_TEXTAREA:
        return "textarea";
    case GUMBO_TAG_BUTTON:
        return type && strcasecmp(type, "reset") == 0    ? "reset"
               : type && strcasecmp(type, "button") == 0 ? "button"
                                                         : "submit";
    default:
        for (size_t i = 0; type && i < sizeof input_types / sizeof *input_types; i++)
            if (strcasecmp(type, input_types[i]) == 0)
                return input_types[i];
        return "text";
    }
}

static bool is_control(GumboTag tag)
{
    return tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_SELECT ||
           tag == GUMBO_TAG_TEXTAREA;
}

static unsigned offset_of(const GumboNode *node)
{
    return node->v.element.start_pos.offset;
}

static unsigned end_of(const struct page *page, const GumboNode *form)
{
    const char *source = secret_string(&page->source);
    unsigned start = offset_of(form);
    const char *end = start < page->source.size ? strcasestr(source + start, "</form") : NULL;
    return end ? (unsigned)(end - source) : (unsigned)page->source.size;
}

static bool find_forms(struct walk *walk, const GumboNode *root)
{
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        if (node_tag(node) != GUMBO_TAG_FORM)
            continue;
        if (walk->count == FORMS_MAX)
            return false;
        walk->regions[walk->count++] =
            (struct region){node, offset_of(node), end_of(walk->page, node)};
    }
    return true;
}

static const GumboNode *form_by_id(const struct walk *walk, const char *id)
{
    for (size_t i = 0; i < walk->count; i++) {
        const char *found = node_attribute(walk->regions[i].form, "id");
        if (found && strcmp(found, id) == 0)
            return walk->regions[i].form;
    }
    return NULL;
}

static const GumboNode *owner_of(const struct walk *walk, const GumboNode *control)
{
    const char *wanted = node_attribute(control, "form");
    if (wanted)
        return form_by_id(walk, wanted);
    if (walk->open > 0)
        return walk->regions[walk->open - 1].form;
    for (size_t i = walk->count; i-- > 0;)
        if (offset_of(control) > walk->regions[i].start &&
            offset_of(control) < walk->regions[i].end)
            return walk->regions[i].form;
    return NULL;
}

static bool makes_inert(const GumboNode *node)
{
    GumboTag tag = node_tag(node);
    return tag == GUMBO_TAG_FIELDSET && node_attribute(node, "disabled");
}

static void enter(const GumboNode *node, void *data)
{
    struct walk *walk = data;
    GumboTag tag = node_tag(node);
    walk->inert += makes_inert(node);
    walk->templates += tag == GUMBO_TAG_TEMPLATE;
    if (tag == GUMBO_TAG_FORM) {
        walk->outer[walk->begun] = walk->open;
        walk->open = ++walk->begun;
    } else if (is_control(tag) && walk->templates == 0) {
        struct control control = {.node = node,
                                  .form = owner_of(walk, node),
                                  .type = control_type(node),
                                  .disabled = walk->inert > 0 || node_attribute(node, "disabled")};
        walk->visit(&control, walk->data);
    }
}

static void leave(const GumboNode *node, void *data)
{
    struct walk *walk = data;
    GumboTag tag = node_tag(node);
    walk->inert -= makes_inert(node);
    walk->templates -= tag == GUMBO_TAG_TEMPLATE;
    if (tag == GUMBO_TAG_FORM)
        walk->open = walk->outer[walk->open - 1];
}

bool controls_walk(const struct page *page, control_visitor *visit, void *data)
{
    struct walk walk = {.page = page, .visit = visit, .data = data};
    const GumboNode *root = page_main(page);
    if (!find_forms(&walk, root))
        return false;
    page_walk(root, enter, leave, &walk);
    return true;
}

char *control_label(const GumboNode *button)
{
    const char *value = node_attribute(button, "value");
    if (node_tag(button) == GUMBO_TAG_BUTTON)
        return node_label(button);
    if (strcmp(control_type(button), "image") == 0)
        value = node_attribute(button, "alt");
    char *label = strdup(value ? value : "Submit");
    if (label)
        text_cut(label, strlen(label) + 1, value ? value + strspn(value, " \t\r\n") : "Submit");
    return label;
}
