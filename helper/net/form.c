/* SPDX-License-Identifier: MIT
 * Forms: finding the one that is meant. */
#include "form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "navigation.h"
#include "text.h"

/* Input types that no person types into; what is missing here is a text field, as for browsers. */
static const char *const input_types[] = {"password", "hidden", "submit",   "image", "reset",
                                          "button",   "radio",  "checkbox", "file"};

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

static bool is_control(const GumboNode *node)
{
    GumboTag tag = node_tag(node);
    return tag == GUMBO_TAG_INPUT || tag == GUMBO_TAG_BUTTON || tag == GUMBO_TAG_SELECT ||
           tag == GUMBO_TAG_TEXTAREA;
}

static const GumboNode *ancestor_form(const GumboNode *node)
{
    while (node && node_tag(node) != GUMBO_TAG_FORM)
        node = node->parent;
    return node;
}

/* A form tag between <table> and <tr>, as old court pages have it, stays without children in the
 * tree; browsers still count the fields that follow as its own. */
static bool owns(const GumboNode *form, const GumboNode *last_form, const GumboNode *control)
{
    const char *id = node_attribute(form, "id"), *wanted = node_attribute(control, "form");
    const GumboNode *ancestor = ancestor_form(control);
    if (wanted)
        return id && strcmp(id, wanted) == 0;
    return ancestor ? ancestor == form : last_form == form && form->v.element.children.length == 0;
}

const GumboNode *form_next_control(const GumboNode *root, const GumboNode *form,
                                   const GumboNode *after)
{
    const GumboNode *last_form = NULL;
    bool passed = after == NULL;
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        if (node_tag(node) == GUMBO_TAG_FORM)
            last_form = node;
        if (passed && is_control(node) && owns(form, last_form, node))
            return node;
        passed = passed || node == after;
    }
    return NULL;
}

struct census {
    int texts, passwords, submits, labelled;
    const GumboNode *text, *password, *submit, *labelled_submit;
};

static bool is_labelled_submit(const GumboNode *button)
{
    const char *value = node_attribute(button, "value");
    char *label = node_tag(button) == GUMBO_TAG_BUTTON ? text_of(button) : NULL;
    const char *shown = label ? label : value ? value : node_attribute(button, "alt");
    bool labelled = !shown || text_matches(shown, "^[[:space:]]*submit");
    free(label);
    return labelled;
}

static void count(struct census *census, const GumboNode *control)
{
    const char *type = control_type(control);
    if (node_attribute(control, "disabled"))
        return;
    if (strcmp(type, "text") == 0 || strcmp(type, "textarea") == 0) {
        census->texts++;
        census->text = control;
    } else if (strcmp(type, "password") == 0) {
        census->passwords++;
        census->password = control;
    } else if (strcmp(type, "submit") == 0 || strcmp(type, "image") == 0) {
        census->submits++;
        census->submit = control;
        if (is_labelled_submit(control)) {
            census->labelled++;
            census->labelled_submit = control;
        }
    }
}

static struct census census_of(const GumboNode *root, const GumboNode *form)
{
    struct census census = {0};
    const GumboNode *control = NULL;
    while ((control = form_next_control(root, form, control)))
        count(&census, control);
    return census;
}

static bool has_shape(const struct census *census, enum form_shape shape)
{
    return shape == FORM_LOGIN
               ? census->passwords == 1 && census->texts == 1
               : census->passwords == 0 && census->texts == 0 && census->submits > 0;
}

static bool is_post(const GumboNode *form, const GumboNode *submit)
{
    const char *method = node_attribute(submit, "formmethod");
    if (!method)
        method = node_attribute(form, "method");
    return method && strcasecmp(method, "post") == 0;
}

bool form_find(const struct page *page, enum form_shape shape, struct form *form)
{
    const GumboNode *root = page_main(page);
    struct census found = {0};
    int forms = 0;
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        if (node_tag(node) != GUMBO_TAG_FORM)
            continue;
        struct census census = census_of(root, node);
        if (!has_shape(&census, shape))
            continue;
        found = census;
        *form = (struct form){.form = node};
        forms++;
    }
    if (forms != 1 || (found.submits != 1 && found.labelled != 1))
        return false;
    form->submit = found.submits == 1 ? found.submit : found.labelled_submit;
    form->login = found.text;
    form->password = found.password;
    return is_post(form->form, form->submit);
}

char *form_address(const struct page *page, const struct form *form)
{
    const char *action = node_attribute(form->submit, "formaction");
    if (!action)
        action = node_attribute(form->form, "action");
    return action && *action ? page_resolve(page, action) : strdup(page->url);
}
