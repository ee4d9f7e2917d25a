/* SPDX-License-Identifier: MIT
 * The link entry as a button: a form that sends nothing of a person's. */
#include "link_button.h"

#include <stdlib.h>
#include <string.h>

#include "navigation.h"
#include "text.h"

/* What a browser shows on a button; the caller frees it. */
static char *label_of(const GumboNode *button)
{
    const char *shown = node_attribute(button, "value");
    if (node_tag(button) == GUMBO_TAG_BUTTON)
        return node_label(button);
    if (strcmp(control_type(button), "image") == 0)
        shown = node_attribute(button, "alt");
    return strdup(shown ? shown : "");
}

static bool presses(const GumboNode *control, const char *type, const char *pattern)
{
    char plain[200];
    if (strcmp(type, "submit") != 0 && strcmp(type, "image") != 0)
        return false;
    char *label = label_of(control);
    text_plain(plain, sizeof plain, label); /* folds its spaces */
    free(label);
    return text_matches(plain, pattern);
}

/* The form's button, or NULL. */
static const GumboNode *button_of(const struct page *page, const GumboNode *form,
                                  const char *pattern)
{
    struct control_walk walk = {.root = page_main(page), .form = form};
    const GumboNode *button = NULL;
    for (const GumboNode *control; (control = control_next(&walk));) {
        const char *type = control_type(control);
        if (strcmp(type, "text") == 0 || strcmp(type, "textarea") == 0 ||
            strcmp(type, "password") == 0 || strcmp(type, "file") == 0)
            return NULL;
        if (!button && !node_attribute(control, "disabled") && presses(control, type, pattern))
            button = control;
    }
    return button;
}

int link_button_find(const struct page *page, const char *pattern, struct form *form)
{
    const GumboNode *root = page_main(page);
    int forms = 0;
    for (const GumboNode *node = root; node; node = page_next(node, root)) {
        const GumboNode *button =
            node_tag(node) == GUMBO_TAG_FORM ? button_of(page, node, pattern) : NULL;
        if (!button)
            continue;
        *form = (struct form){.form = node, .submit = button};
        forms++;
    }
    return forms;
}
