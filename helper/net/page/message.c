/* SPDX-License-Identifier: MIT
 * What a court says after a submission. */
#include "page/message.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/controls.h"
#include "page/script.h"
#include "page/text.h"

/* Where CM/ECF's own refusal of a sign-on stands; its wording is the only public one. Messages to
 * people are short and few. */
enum { REFUSAL_WITHIN = 300, ALERTS_SHOWN = 1000, ALERTS_MAX = 8 };
#define REFUSAL "login attempt failed"

/* What the page's scripts do at once, as far as that can be told without running them. */
struct doings {
    FILE *alerts; /* the texts of alert("..."), each ended by LF */
    size_t count;
    bool goes_back; /* history.back(), or history.go() with a negative number */
    bool inner;     /* look into functions and conditions, too */
};

/* The strings that alert is called with; what else is added to them is left out. */
static void read_alert(struct doings *doings, struct script *script)
{
    struct script_token token = script_next(script);
    unsigned open = 0;
    if (!script_token_is(&token, "(") || doings->count == ALERTS_MAX)
        return;
    do {
        open += script_token_is(&token, "(");
        open -= script_token_is(&token, ")");
        char *text = token.kind == SCRIPT_STRING ? script_take_text(script, &token) : NULL;
        fputs(text ? text : "", doings->alerts);
        if (!text && open > 0)
            token = script_next(script);
        free(text);
    } while (open > 0 && token.kind != SCRIPT_END);
    putc('\n', doings->alerts);
    doings->count++;
}

static bool goes_back(struct script *script)
{
    struct script_token dot = script_next(script), call = script_next(script);
    if (!script_token_is(&dot, "."))
        return false;
    if (script_token_is(&call, "back"))
        return true;
    struct script_token open = script_next(script), number = script_next(script);
    return script_token_is(&call, "go") && script_token_is(&open, "(") &&
           script_token_is(&number, "-");
}

static void read_script(struct doings *doings, const char *text)
{
    struct script script = {.at = text, .end = text + strlen(text)};
    unsigned depth = 0; /* open braces */
    for (;;) {
        struct script_token token = script_next(&script);
        struct script ahead = script;
        if (token.kind == SCRIPT_END)
            return;
        depth += script_token_is(&token, "{");
        depth -= script_token_is(&token, "}") && depth > 0;
        if (depth > 0 && !doings->inner)
            continue;
        if (script_token_is(&token, "alert"))
            read_alert(doings, &script);
        else if (script_token_is(&token, "history"))
            doings->goes_back = doings->goes_back || goes_back(&ahead);
    }
}

static void read_scripts(struct doings *doings, const struct page *page)
{
    for (const GumboNode *node = page->document; node; node = page_next(node, page->document)) {
        const char *onload = node_attribute(node, "onload");
        if (node_tag(node) == GUMBO_TAG_BODY && onload)
            read_script(doings, onload);
        if (node_tag(node) != GUMBO_TAG_SCRIPT)
            continue;
        const GumboVector *children = &node->v.element.children;
        for (unsigned i = 0; i < children->length; i++) {
            const GumboNode *text = children->data[i];
            if (text->type == GUMBO_NODE_TEXT || text->type == GUMBO_NODE_CDATA)
                read_script(doings, text->v.text.text);
        }
    }
}

/* The alerts' texts, HTML as they may be; the caller frees it. NULL: memory is out. */
static char *alerts_of(const struct page *page, struct doings *doings)
{
    char *alerts = NULL;
    size_t size = 0;
    doings->alerts = open_memstream(&alerts, &size);
    if (!doings->alerts)
        return NULL;
    read_scripts(doings, page);
    return fclose(doings->alerts) == 0 ? alerts : NULL;
}

char *message_of(const struct page *page)
{
    char shown[ALERTS_SHOWN] = "", *message = NULL;
    struct doings at_once = {0}, all = {.inner = true};
    char *text = text_of(page_main(page)), *alerts = alerts_of(page, &at_once);
    /* A page that says nothing else says it in a function that it calls. */
    if (text && *text == '\0' && at_once.count == 0) {
        free(alerts);
        alerts = alerts_of(page, &all);
    }
    text_plain(shown, sizeof shown, alerts);
    if (text && asprintf(&message, "%s%s%s", shown, *shown && *text ? " " : "", text) < 0)
        message = NULL;
    free(alerts);
    free(text);
    return message;
}

static void note_form(const struct control *control, void *found)
{
    *(bool *)found = *(bool *)found || control->form;
}

static bool has_form(const struct page *page)
{
    bool found = false;
    return !controls_walk(page, note_form, &found) || found;
}

bool message_refuses(const struct page *page)
{
    char beginning[REFUSAL_WITHIN + 1] = "";
    struct doings doings = {0};
    if (has_form(page))
        return false;
    char *text = text_of(page_main(page)), *alerts = alerts_of(page, &doings);
    if (text)
        text_cut(beginning, sizeof beginning, text);
    free(text);
    free(alerts);
    return strcasestr(beginning, REFUSAL) || (doings.count > 0 && doings.goes_back);
}
