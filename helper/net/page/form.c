/* SPDX-License-Identifier: MIT
 * Forms: finding the one that is meant. */
#include "page/form.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "page/controls.h"
#include "page/navigation.h"
#include "page/text.h"

/* What a button that leads away says, first or anywhere; "Clear" is a submit button on some pages.
 */
#define LEADS_AWAY                                                                                 \
    "^(cancel|clear|reset|(go )?back|return|previous|no|quit|exit|log ?out|decline)"               \
    "([^[:alpha:]]|$)|"                                                                            \
    "(^|[^[:alpha:]])(not|don[^[:alpha:]]*t|never|disagree|wrong|incorrect|other|another|"         \
    "different|unlink|remove|delete)([^[:alpha:]]|$)"

/* A page with more buttons in a form is made by nobody; their labels are not even read. */
enum { BUTTONS_MAX = 16 };

/* What is in one form. */
struct census {
    const GumboNode *form;
    int texts, passwords, buttons, candidates, labelled;
    const GumboNode *text, *password, *candidate, *labelled_button;
};

struct survey {
    struct census forms[FORMS_MAX];
    size_t count;
};

static void count_button(struct census *census, const GumboNode *button)
{
    if (++census->buttons > BUTTONS_MAX)
        return;
    char *label = control_label(button);
    if (!label || text_matches(label, LEADS_AWAY)) {
        free(label);
        return;
    }
    census->candidates++;
    census->candidate = button;
    if (text_matches(label, "^submit")) {
        census->labelled++;
        census->labelled_button = button;
    }
    free(label);
}

/* A field that shows what cannot be changed is none to type into. */
static bool takes_text(const struct control *control)
{
    bool text = strcmp(control->type, "text") == 0 || strcmp(control->type, "textarea") == 0;
    return text && !node_attribute(control->node, "readonly");
}

static void count(const struct control *control, void *data)
{
    struct survey *survey = data;
    struct census *census = NULL;
    for (size_t i = 0; i < survey->count; i++)
        if (survey->forms[i].form == control->form)
            census = &survey->forms[i];
    if (!control->form || control->disabled)
        return;
    if (!census) { /* controls_walk() has as many forms as there is room */
        census = &survey->forms[survey->count++];
        census->form = control->form;
    }
    if (takes_text(control)) {
        census->texts++;
        census->text = control->node;
    } else if (strcmp(control->type, "password") == 0) {
        census->passwords++;
        census->password = control->node;
    } else if (strcmp(control->type, "submit") == 0 || strcmp(control->type, "image") == 0) {
        count_button(census, control->node);
    }
}

static bool has_shape(const struct census *census, enum form_shape shape)
{
    return shape == FORM_LOGIN
               ? census->passwords == 1 && census->texts == 1
               : census->passwords == 0 && census->texts == 0 && census->buttons > 0;
}

/* The button to press, or NULL. */
static const GumboNode *button_of(const struct census *census)
{
    if (census->buttons > BUTTONS_MAX)
        return NULL;
    return census->candidates == 1 ? census->candidate
           : census->labelled == 1 ? census->labelled_button
                                   : NULL;
}

/* The one form of the shape. NULL, and *several: none, or several. */
static const struct census *choose(const struct survey *survey, enum form_shape shape,
                                   bool *several)
{
    const struct census *only = NULL, *submits = NULL;
    int forms = 0, submit_forms = 0;
    for (size_t i = 0; i < survey->count; i++) {
        const struct census *census = &survey->forms[i];
        if (!has_shape(census, shape))
            continue;
        forms++;
        only = census;
        if (census->labelled == 1 && shape == FORM_CONFIRM) {
            submit_forms++;
            submits = census;
        }
    }
    *several = forms > 1 && submit_forms != 1;
    return forms == 1 ? only : submit_forms == 1 ? submits : NULL;
}

/* The attribute of the pressed button if it has it, else of the form. */
static const char *setting(const struct form *form, const char *of_button, const char *of_form)
{
    const char *value = node_attribute(form->submit, of_button);
    return value ? value : node_attribute(form->form, of_form);
}

bool form_is_post(const struct form *form)
{
    const char *method = setting(form, "formmethod", "method");
    return method && strcasecmp(method, "post") == 0;
}

static enum status judge_sending(const struct form *form, enum form_shape shape)
{
    const char *method = setting(form, "formmethod", "method");
    const char *type = setting(form, "formenctype", "enctype");
    if (method && strcasecmp(method, "dialog") == 0)
        return STATUS_PAGE_NOT_RECOGNISED;
    if (!form_is_post(form))
        return shape == FORM_LOGIN ? STATUS_REFUSED_BY_POLICY : STATUS_OK;
    bool plain = type && strcasecmp(type, "text/plain") == 0;
    return plain ? STATUS_PAGE_NOT_RECOGNISED : STATUS_OK;
}

enum status form_find(const struct page *page, enum form_shape shape, struct form *form)
{
    struct survey survey = {0};
    bool several = false;
    if (!controls_walk(page, count, &survey))
        return STATUS_PAGE_NOT_RECOGNISED;
    const struct census *found = choose(&survey, shape, &several);
    if (!found)
        return several ? STATUS_PAGE_NOT_RECOGNISED : STATUS_ABSENT;
    *form = (struct form){.form = found->form, .submit = button_of(found)};
    if (!form->submit)
        return STATUS_PAGE_NOT_RECOGNISED;
    form->login = found->text;
    form->password = found->password;
    return judge_sending(form, shape);
}

struct choice {
    const GumboNode *form;
    bool found;
};

static void note_choice(const struct control *control, void *data)
{
    struct choice *choice = data;
    bool chooses = strcmp(control->type, "radio") == 0 || strcmp(control->type, "checkbox") == 0 ||
                   strcmp(control->type, "select") == 0;
    if (chooses && !control->disabled && control->form == choice->form)
        choice->found = true;
}

bool form_has_choice(const struct page *page, const struct form *form)
{
    struct choice choice = {.form = form->form};
    return !controls_walk(page, note_choice, &choice) || choice.found;
}

char *form_address(const struct page *page, const struct form *form)
{
    const char *action = setting(form, "formaction", "action");
    return action && *action ? page_resolve(page, action) : strdup(page->url);
}
