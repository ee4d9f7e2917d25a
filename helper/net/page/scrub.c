/* SPDX-License-Identifier: MIT
 * A page's copy for support: its structure, without what belongs to a person. */
#include "page/scrub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csolink/worker.h"

/* Words of court software and of its pages; none of them is anybody's, and none a usual name. */
static const char vocabulary[] =
    " a access account accounts action adversary again alert already an and appear application"
    " are associated attorney attention back bankruptcy be been bd bin button cancel cannot"
    " cgi change checkbox civil clear click cm cmecf cmecfMainContent code complete confirm"
    " confirmation contact continue correct could court criminal current data date different"
    " disabled display DisplayMenu displayed do document does ecf electronic email enter error"
    " event events existing expired failed file filer filers filing filings first following"
    " for form found from generation get go has have help hidden history http if ilinkmenu"
    " image in incorrect information initial invalid iquery is issued items jsp key last link"
    " linked linking locked log login logout main maintenance match matches menu message"
    " middle miscellaneous missing multipart must my name names new next nextgen no not number"
    " of ok on one or other our out owner pacer password pl please post privileges process"
    " query radio record records refresh register registered release reports required reset"
    " return same search select session sign should submit submitted successful successfully"
    " suffix support system text that the then there these this to topmenu try type ul unable"
    " undone update upgraded urlencoded use used user username utilities utility valid verify"
    " was we welcome were when with yes you your yui yuimenubar yuimenubaritem"
    " yuimenubaritemlabel ";

/* Attributes of which the known words are told. */
static const char *const attributes[] = {"id",         "class",      "type",       "name",
                                         "method",     "action",     "enctype",    "href",
                                         "http-equiv", "formmethod", "formenctype"};

/* Those that are told without their value: how a form behaves hangs on them. */
static const char *const told[] = {
    "value",    "checked",     "disabled", "readonly",       "multiple", "selected",
    "required", "placeholder", "size",     "maxlength",      "form",     "for",
    "onload",   "onclick",     "onsubmit", "onchange",       "style",    "colspan",
    "rowspan",  "formaction",  "alt",      "accept-charset", "content",  "charset"};

/* Elements that have no end tag. */
static const GumboTag empty_elements[] = {GUMBO_TAG_INPUT, GUMBO_TAG_BR,   GUMBO_TAG_HR,
                                          GUMBO_TAG_IMG,   GUMBO_TAG_META, GUMBO_TAG_LINK,
                                          GUMBO_TAG_BASE};

static bool is_known(const char *word, size_t size)
{
    char wanted[32];
    int length = snprintf(wanted, sizeof wanted, " %.*s ", (int)size, word);
    return length < (int)sizeof wanted && strcasestr(vocabulary, wanted);
}

/* Writes text piece by piece: blanks and marks stay, words stay or become x. */
static void put_scrubbed(FILE *out, const char *text)
{
    static const char marks[] = " \t\r\n./:,;()-_";
    while (*text) {
        size_t size = strcspn(text, marks);
        if (size > 0 && is_known(text, size))
            fwrite(text, 1, size, out);
        else if (size > 0)
            putc('x', out);
        text += size;
        for (; *text && strchr(marks, *text); text++)
            putc(*text < ' ' ? ' ' : *text, out);
    }
}

static void put_attribute(FILE *out, const GumboNode *node, const char *name)
{
    const char *value = node_attribute(node, name);
    if (!value)
        return;
    char *path = strndup(value, strcspn(value, "?#"));
    fprintf(out, " %s=\"", name);
    put_scrubbed(out, path ? path : "");
    putc('"', out);
    free(path);
}

/* What follows would be cut off. */
static bool is_full(FILE *out)
{
    return ftell(out) > PAGE_COPY_MAX;
}

static void enter(const GumboNode *node, void *data)
{
    FILE *out = data;
    GumboTag tag = node_tag(node);
    if (is_full(out))
        return;
    if (node->type == GUMBO_NODE_TEXT) {
        put_scrubbed(out, node->v.text.text);
        putc('\n', out);
    }
    if (tag == GUMBO_TAG_LAST)
        return;
    fprintf(out, "<%s", tag == GUMBO_TAG_UNKNOWN ? "x" : gumbo_normalized_tagname(tag));
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        put_attribute(out, node, attributes[i]);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        fprintf(out, "%s%s", node_attribute(node, told[i]) ? " " : "",
                node_attribute(node, told[i]) ? told[i] : "");
    fputs(">\n", out);
}

static bool is_empty_element(GumboTag tag)
{
    for (size_t i = 0; i < sizeof empty_elements / sizeof *empty_elements; i++)
        if (empty_elements[i] == tag)
            return true;
    return false;
}

static void leave(const GumboNode *node, void *data)
{
    GumboTag tag = node_tag(node);
    if (tag != GUMBO_TAG_LAST && tag != GUMBO_TAG_UNKNOWN && !is_empty_element(tag) &&
        !is_full(data))
        fprintf(data, "</%s>\n", gumbo_normalized_tagname(tag));
}

char *scrub(const struct page *page)
{
    char *text = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&text, &size);
    if (!out)
        return NULL;
    page_walk(page->document, enter, leave, out);
    if (fclose(out) != 0)
        return NULL;
    if (size > PAGE_COPY_MAX)
        text[PAGE_COPY_MAX] = '\0';
    return text;
}
