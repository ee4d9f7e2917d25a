/* SPDX-License-Identifier: MIT
 * A page's copy for support: its structure, without what belongs to a person. */
#include "scrub.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csolink/worker.h"

/* Words of court software and of its pages; none of them is anybody's. */
static const char vocabulary[] =
    " a account accounts action adversary already an and back bankruptcy bd bin button cancel cgi"
    " checkbox civil clear cm cmecf cmecfMainContent code confirm continue correct court criminal"
    " data disabled display DisplayMenu document ecf email enter error events expired failed file"
    " filer filing first form get hidden http image incorrect information invalid iquery is items"
    " jsp key link linked locked log login logout main maintenance match menu message"
    " miscellaneous multipart my name names nextgen no not of ok out pacer password pl please post"
    " query radio refresh reports reset search select submit system text the these this to topmenu"
    " type ul update urlencoded user utilities verify welcome were with yes you your yuimenubar"
    " yuimenubaritem yuimenubaritemlabel ";

static const char *const attributes[] = {"id",     "class",   "type", "name",      "method",
                                         "action", "enctype", "href", "http-equiv"};

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

static void enter(const GumboNode *node, void *data)
{
    FILE *out = data;
    GumboTag tag = node_tag(node);
    if (node->type == GUMBO_NODE_TEXT) {
        put_scrubbed(out, node->v.text.text);
        putc('\n', out);
    }
    if (tag == GUMBO_TAG_LAST)
        return;
    fprintf(out, "<%s", tag == GUMBO_TAG_UNKNOWN ? "x" : gumbo_normalized_tagname(tag));
    for (size_t i = 0; i < sizeof attributes / sizeof *attributes; i++)
        put_attribute(out, node, attributes[i]);
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
    if (tag != GUMBO_TAG_LAST && tag != GUMBO_TAG_UNKNOWN && !is_empty_element(tag))
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
