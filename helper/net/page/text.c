/* SPDX-License-Identifier: MIT
 * What a page says, without its tags. */
#include "page/text.h"

#include <ctype.h>
#include <regex.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "page/charset.h"
#include "page/page.h"

/* What separates two pieces of text; the strongest between them wins. A cell beats the block that
 * fills the cell before it, a row beats the cell that opens it. */
enum gap { GAP_NONE, GAP_SPACE, GAP_BLOCK, GAP_CELL, GAP_ROW };

static const char gap_byte[] = {
    [GAP_SPACE] = ' ', [GAP_BLOCK] = '\n', [GAP_CELL] = '\t', [GAP_ROW] = '\n'};

static const struct {
    GumboTag tag;
    enum gap before, after;
} gaps[] = {
    {GUMBO_TAG_TD, GAP_CELL, GAP_SPACE},     {GUMBO_TAG_TH, GAP_CELL, GAP_SPACE},
    {GUMBO_TAG_DT, GAP_ROW, GAP_SPACE},      {GUMBO_TAG_DD, GAP_CELL, GAP_SPACE},
    {GUMBO_TAG_DL, GAP_ROW, GAP_ROW},        {GUMBO_TAG_TR, GAP_ROW, GAP_ROW},
    {GUMBO_TAG_TABLE, GAP_ROW, GAP_ROW},     {GUMBO_TAG_FORM, GAP_ROW, GAP_ROW},
    {GUMBO_TAG_LI, GAP_ROW, GAP_ROW},        {GUMBO_TAG_HR, GAP_ROW, GAP_ROW},
    {GUMBO_TAG_P, GAP_BLOCK, GAP_BLOCK},     {GUMBO_TAG_DIV, GAP_BLOCK, GAP_BLOCK},
    {GUMBO_TAG_BR, GAP_BLOCK, GAP_BLOCK},    {GUMBO_TAG_UL, GAP_BLOCK, GAP_BLOCK},
    {GUMBO_TAG_OL, GAP_BLOCK, GAP_BLOCK},    {GUMBO_TAG_H1, GAP_BLOCK, GAP_BLOCK},
    {GUMBO_TAG_H2, GAP_BLOCK, GAP_BLOCK},    {GUMBO_TAG_H3, GAP_BLOCK, GAP_BLOCK},
    {GUMBO_TAG_H4, GAP_BLOCK, GAP_BLOCK},    {GUMBO_TAG_CENTER, GAP_BLOCK, GAP_BLOCK},
    {GUMBO_TAG_TITLE, GAP_BLOCK, GAP_BLOCK}, {GUMBO_TAG_OPTION, GAP_SPACE, GAP_SPACE},
    {GUMBO_TAG_INPUT, GAP_SPACE, GAP_SPACE}, {GUMBO_TAG_BUTTON, GAP_SPACE, GAP_SPACE},
    {GUMBO_TAG_IMG, GAP_SPACE, GAP_SPACE},
};

struct writer {
    FILE *out;
    enum gap gap;
    bool begun;
};

static void widen(struct writer *writer, enum gap gap)
{
    if (gap > writer->gap)
        writer->gap = gap;
}

static void widen_around(struct writer *writer, const GumboNode *node, bool before)
{
    GumboTag tag = node_tag(node);
    for (size_t i = 0; i < sizeof gaps / sizeof *gaps; i++)
        if (gaps[i].tag == tag)
            widen(writer, before ? gaps[i].before : gaps[i].after);
}

size_t text_blank(const char *text)
{
    unsigned char first = (unsigned char)text[0], second = (unsigned char)(first ? text[1] : 0);
    if (first != 0 && (first <= ' ' || first == 0x7f))
        return 1;
    return first == 0xc2 && second >= 0x80 && second <= 0xa0 ? 2 : 0;
}

static void put_text(struct writer *writer, const char *text)
{
    while (*text) {
        size_t skip = text_blank(text);
        if (skip > 0) {
            widen(writer, GAP_SPACE);
            text += skip;
            continue;
        }
        if (writer->begun && writer->gap != GAP_NONE)
            putc(gap_byte[writer->gap], writer->out);
        writer->begun = true;
        writer->gap = GAP_NONE;
        putc(*text++, writer->out);
    }
}

static void enter(const GumboNode *node, void *data)
{
    struct writer *writer = data;
    widen_around(writer, node, true);
    if (node->type == GUMBO_NODE_TEXT || node->type == GUMBO_NODE_CDATA)
        put_text(writer, node->v.text.text);
    else if (node->type == GUMBO_NODE_WHITESPACE)
        widen(writer, GAP_SPACE);
}

static void leave(const GumboNode *node, void *data)
{
    widen_around(data, node, false);
}

char *text_lines_of(const GumboNode *node)
{
    char *text = NULL;
    size_t size = 0;
    struct writer writer = {.out = open_memstream(&text, &size)};
    if (!writer.out)
        return NULL;
    page_walk(node, enter, leave, &writer);
    return fclose(writer.out) == 0 ? text : NULL;
}

char *text_of(const GumboNode *node)
{
    char *text = text_lines_of(node);
    for (char *byte = text; byte && *byte; byte++)
        if (*byte == '\n' || *byte == '\t')
            *byte = ' ';
    return text;
}

bool text_matches(const char *text, const char *pattern)
{
    static regex_t expression;
    static const char *compiled; /* its pattern: a page's links are all held against the same one */
    if (pattern != compiled) {
        if (compiled)
            regfree(&expression);
        bool good = regcomp(&expression, pattern, REG_EXTENDED | REG_ICASE | REG_NOSUB) == 0;
        compiled = good ? pattern : NULL;
    }
    return compiled && regexec(&expression, text, 0, NULL, 0) == 0;
}

void text_conceal(char *text, const char *secret)
{
    size_t size = strlen(secret);
    for (char *at = text; size > 0 && (at = strstr(at, secret)); at += size)
        memset(at, '*', size);
}

void text_cut(char *out, size_t size, const char *text)
{
    size_t length = strnlen(text, size - 1);
    while (length > 0 && text[length] != '\0' && ((unsigned char)text[length] & 0xc0) == 0x80)
        length--;
    size_t used = 0;
    for (size_t i = 0; i < length; i++) {
        bool unread = charset_is_unread(text + i);
        out[used++] = unread ? '?' : iscntrl((unsigned char)text[i]) ? ' ' : text[i];
        i += unread ? 2 : 0;
    }
    out[used] = '\0';
}

void text_plain(char *out, size_t size, const char *text)
{
    PAGE_AUTO struct page page = {0};
    SECRET_AUTO struct secret source = {0};
    out[0] = '\0';
    if (!text || !secret_set(&source, text, strlen(text)) ||
        page_parse(&page, "", "charset=utf-8", &source) != STATUS_OK)
        return;
    char *plain = text_of(page.document);
    if (plain)
        text_cut(out, size, plain);
    free(plain);
}
