/* SPDX-License-Identifier: MIT
 * Where a page goes that is nothing but a script. */
#include <stdlib.h>
#include <string.h>

#include "page/navigation.h"
#include "page/script.h"

enum { CHAIN_MAX = 64 };

enum act { NOTHING, GOES_BY_CALL, GOES_BY_ASSIGNMENT, SHOWS };

static const struct {
    const char *chain;
    enum act act;
} acts[] = {
    {"location", GOES_BY_ASSIGNMENT},
    {"location.href", GOES_BY_ASSIGNMENT},
    {"location.assign", GOES_BY_CALL},
    {"location.replace", GOES_BY_CALL},
    {"alert", SHOWS},
    {"confirm", SHOWS},
    {"prompt", SHOWS},
    {"write", SHOWS},
    {"writeln", SHOWS},
};

/* What may stand before them. */
static const char *const owners[] = {"window.", "document.", "top.",
                                     "self.",   "parent.",   "globalThis."};

static const char *without_owners(const char *chain)
{
    for (size_t i = 0; i < sizeof owners / sizeof *owners; i++) {
        size_t size = strlen(owners[i]);
        if (strncmp(chain, owners[i], size) == 0) {
            chain += size;
            i = (size_t)-1;
        }
    }
    return chain;
}

static enum act act_of(const char *chain)
{
    chain = without_owners(chain);
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
        if (strcmp(acts[i].chain, chain) == 0)
            return acts[i].act;
    return NOTHING;
}

static void append(char chain[CHAIN_MAX], const struct script_token *token)
{
    size_t used = strlen(chain);
    if (used + token->size < CHAIN_MAX)
        memcpy(chain + used, token->text, token->size);
}

/* Reads names joined by dots, of which *token is the first, without their blanks; *token is then
 * what follows. One that is too long loses names, and is none of ours. */
static void take_chain(struct script *script, struct script_token *token, char chain[CHAIN_MAX])
{
    memset(chain, 0, CHAIN_MAX);
    append(chain, token);
    *token = script_next(script);
    while (script_token_is(token, ".")) {
        struct script ahead = *script;
        struct script_token name = script_next(&ahead);
        if (name.kind != SCRIPT_NAME)
            return;
        append(chain, token);
        append(chain, &name);
        *script = ahead;
        *token = script_next(script);
    }
}

struct search {
    int hidden; /* depth in what a browser with scripts does not show in the page */
    bool shows; /* something to a person, or goes where is not told */
    char *target;
};

static bool ends_statement(const struct script_token *token)
{
    return token->kind == SCRIPT_END || script_token_is(token, ";") ||
           script_token_is(token, "}") || (token->begins_line && token->kind != SCRIPT_MARK);
}

/* *token stands after the "=" or "(". */
static void take_target(struct search *search, enum act act, struct script *script,
                        struct script_token *token)
{
    if (act == GOES_BY_ASSIGNMENT && script_token_is(token, "="))
        return; /* a comparison */
    char *target = token->kind == SCRIPT_STRING ? script_take_text(script, token) : NULL;
    bool whole = act == GOES_BY_CALL ? script_token_is(token, ")") : ends_statement(token);
    if (!target || !whole || (search->target && strcmp(search->target, target) != 0))
        search->shows = true;
    free(search->target);
    search->target = target;
}

static void search_script(struct search *search, const char *text)
{
    struct script script = {.at = text, .end = text + strlen(text)};
    struct script_token token = script_next(&script);
    bool of_another = false; /* a name after a dot that follows no name */
    while (token.kind != SCRIPT_END && !search->shows) {
        char chain[CHAIN_MAX];
        if (token.kind != SCRIPT_NAME || of_another) {
            of_another = script_token_is(&token, ".");
            token = script_next(&script);
            continue;
        }
        take_chain(&script, &token, chain);
        enum act act = act_of(chain);
        search->shows = act == SHOWS;
        if (!script_token_is(&token, act == GOES_BY_CALL ? "(" : "=") || act == NOTHING)
            continue;
        token = script_next(&script);
        take_target(search, act, &script, &token);
    }
}

static bool is_hidden(const GumboNode *node)
{
    GumboTag tag = node_tag(node);
    return tag == GUMBO_TAG_NOSCRIPT || tag == GUMBO_TAG_TITLE;
}

static bool is_shown(const GumboNode *node)
{
    static const GumboTag tags[] = {GUMBO_TAG_A,     GUMBO_TAG_FORM,   GUMBO_TAG_INPUT,
                                    GUMBO_TAG_FRAME, GUMBO_TAG_IFRAME, GUMBO_TAG_BUTTON};
    for (size_t i = 0; i < sizeof tags / sizeof *tags; i++)
        if (node_tag(node) == tags[i])
            return true;
    return node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA;
}

static void enter(const GumboNode *node, void *data)
{
    struct search *search = data;
    search->hidden += is_hidden(node);
    search->shows = search->shows || (search->hidden == 0 && is_shown(node));
    const char *loaded = node_tag(node) == GUMBO_TAG_BODY ? node_attribute(node, "onload") : NULL;
    if (loaded)
        search_script(search, loaded);
    if (node_tag(node) != GUMBO_TAG_SCRIPT || node->v.element.children.length == 0)
        return;
    const GumboNode *text = node->v.element.children.data[0];
    search_script(search, text->v.text.text);
}

static void leave(const GumboNode *node, void *data)
{
    struct search *search = data;
    search->hidden -= is_hidden(node);
}

char *page_script_location(const struct page *page)
{
    struct search search = {0};
    page_walk(page->document, enter, leave, &search);
    if (!search.shows && search.target && *search.target)
        return search.target;
    free(search.target);
    return NULL;
}
