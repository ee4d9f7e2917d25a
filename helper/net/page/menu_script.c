/* SPDX-License-Identifier: MIT
 * The court's menu as its script menu.pl has it. */
#include "page/menu_script.h"

#include <stdlib.h>
#include <string.h>

#include "page/script.h"

/* No menu nests so deep; what does is read without its members. */
enum { DEPTH_MAX = 100 };

enum member { OTHER, TEXT, ADDRESS, MEMBERS };

static const struct {
    const char *name;
    enum member member;
} members[] = {
    {"text", TEXT}, {"label", TEXT}, {"url", ADDRESS}, {"href", ADDRESS}, {"link", ADDRESS},
};

/* An object whose brace is open. */
struct object {
    char *values[MEMBERS];
};

struct reader {
    struct script script;
    struct object objects[DEPTH_MAX + 1]; /* the first is the script itself, no object */
    size_t depth;                         /* may exceed DEPTH_MAX */
    menu_script_item *item;
    void *data;
};

static struct object *innermost(struct reader *reader)
{
    return reader->depth > 0 && reader->depth <= DEPTH_MAX ? &reader->objects[reader->depth] : NULL;
}

static void close_object(struct reader *reader)
{
    struct object *object = innermost(reader);
    if (object && (object->values[TEXT] || object->values[ADDRESS]))
        reader->item(object->values[TEXT], object->values[ADDRESS], reader->data);
    for (size_t i = 0; object && i < MEMBERS; i++) {
        free(object->values[i]);
        object->values[i] = NULL;
    }
    if (reader->depth > 0)
        reader->depth--;
}

/* The member that a key names, bare or in quotes. */
static enum member member_of(const struct script_token *key)
{
    size_t quotes = key->kind == SCRIPT_STRING ? 1 : 0;
    struct script_token name = {SCRIPT_NAME, key->text + quotes, key->size - 2 * quotes, false};
    for (size_t i = 0; i < sizeof members / sizeof *members; i++)
        if (script_token_is(&name, members[i].name))
            return members[i].member;
    return OTHER;
}

/* Reads a string that is the value of a member, or stands anywhere; *token is then what follows.
 * The first value of a member counts, and only one that is nothing but literal. */
static void take_string(struct reader *reader, enum member member, struct script_token *token)
{
    struct object *object = innermost(reader);
    char *text = script_take_text(&reader->script, token);
    bool whole = script_token_is(token, ",") || script_token_is(token, "}");
    if (text && object && member != OTHER && whole && !object->values[member]) {
        object->values[member] = text;
        return;
    }
    if (text && member != ADDRESS)
        reader->item(text, NULL, reader->data);
    free(text);
}

/* A name or string, and its value where it is a key. Returns what follows. */
static struct script_token take_word(struct reader *reader, struct script_token word)
{
    struct script_token token = word;
    if (word.kind == SCRIPT_STRING)
        take_string(reader, OTHER, &token);
    else
        token = script_next(&reader->script);
    if (!script_token_is(&token, ":"))
        return token;
    token = script_next(&reader->script);
    if (token.kind == SCRIPT_STRING)
        take_string(reader, member_of(&word), &token);
    return token;
}

void menu_script_read(const char *text, size_t size, menu_script_item *item, void *data)
{
    struct reader reader = {.script = {.at = text, .end = text + size}, .item = item, .data = data};
    struct script_token token = script_next(&reader.script);
    while (token.kind != SCRIPT_END) {
        if (token.kind == SCRIPT_STRING || token.kind == SCRIPT_NAME) {
            token = take_word(&reader, token);
            continue;
        }
        if (script_token_is(&token, "{"))
            reader.depth++;
        else if (script_token_is(&token, "}"))
            close_object(&reader);
        token = script_next(&reader.script);
    }
    while (reader.depth > 0)
        close_object(&reader);
}
