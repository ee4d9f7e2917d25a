/* SPDX-License-Identifier: MIT
 * The link entry as a button: a form that sends nothing of a person's. */
#include "page/link_button.h"

#include <stdlib.h>
#include <string.h>

#include "page/controls.h"
#include "page/text.h"

struct candidate {
    const GumboNode *form, *button;
    bool takes_input;
};

struct search {
    const char *pattern;
    struct candidate candidates[FORMS_MAX];
    size_t count;
};

static struct candidate *candidate_of(struct search *search, const GumboNode *form)
{
    for (size_t i = 0; i < search->count; i++)
        if (search->candidates[i].form == form)
            return &search->candidates[i];
    search->candidates[search->count] = (struct candidate){.form = form};
    return &search->candidates[search->count++];
}

static bool is_one_of(const char *type, const char *const *types)
{
    while (*types && strcmp(*types, type) != 0)
        types++;
    return *types != NULL;
}

static void look_at(const struct control *control, void *data)
{
    static const char *const fields[] = {"text", "textarea", "password", "file", NULL};
    static const char *const buttons[] = {"submit", "image", NULL};
    struct search *search = data;
    if (!control->form)
        return;
    struct candidate *candidate = candidate_of(search, control->form);
    candidate->takes_input = candidate->takes_input || is_one_of(control->type, fields);
    if (candidate->button || control->disabled || !is_one_of(control->type, buttons))
        return;
    char plain[200], *label = control_label(control->node);
    text_plain(plain, sizeof plain, label); /* folds its spaces */
    if (text_matches(plain, search->pattern))
        candidate->button = control->node;
    free(label);
}

int link_button_find(const struct page *page, const char *pattern, struct form *form)
{
    struct search search = {.pattern = pattern};
    int forms = 0;
    (void)controls_walk(page, look_at, &search);
    for (size_t i = 0; i < search.count; i++) {
        const struct candidate *candidate = &search.candidates[i];
        if (!candidate->button || candidate->takes_input)
            continue;
        *form = (struct form){.form = candidate->form, .submit = candidate->button};
        forms++;
    }
    return forms;
}
