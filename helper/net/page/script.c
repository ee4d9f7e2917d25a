/* SPDX-License-Identifier: MIT
 * JavaScript as far as csolink reads it: its tokens and its literal strings. */
#include "page/script.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

static bool starts(const struct script *script, const char *text)
{
    size_t size = strlen(text);
    return (size_t)(script->end - script->at) >= size && memcmp(script->at, text, size) == 0;
}

static void skip_line(struct script *script)
{
    while (script->at < script->end && *script->at != '\n' && *script->at != '\r')
        script->at++;
}

static void skip_comment(struct script *script, bool *begins_line)
{
    script->at += 2;
    while (script->at < script->end && !starts(script, "*/"))
        *begins_line |= *script->at++ == '\n';
    script->at += script->at < script->end ? 2 : 0;
}

/* How many bytes at the front are a blank: ASCII, or a no-break space or byte order mark. */
static size_t blank(const struct script *script)
{
    if (strchr(" \t\v\f\r\n", *script->at) && *script->at != '\0')
        return 1;
    return starts(script, "\xc2\xa0") ? 2 : starts(script, "\xef\xbb\xbf") ? 3 : 0;
}

/* Old pages hide scripts in HTML comments, whose marks begin a comment of one line. */
static bool skip_space(struct script *script)
{
    bool begins_line = script->no_expression == NULL; /* the first token */
    while (script->at < script->end) {
        size_t blanks = blank(script);
        if (blanks > 0)
            begins_line |= *script->at == '\n' || *script->at == '\r';
        else if (starts(script, "/*"))
            skip_comment(script, &begins_line);
        else if (starts(script, "//") || starts(script, "<!--") ||
                 (begins_line && starts(script, "-->")))
            skip_line(script);
        else
            break;
        script->at += blanks;
    }
    return begins_line;
}

static bool is_name_byte(char byte)
{
    return isalnum((unsigned char)byte) || byte == '_' || byte == '$' || (unsigned char)byte > 0x7f;
}

/* A string ends at its quote; without one at the line's end, as no string at all. */
static enum script_kind take_string(struct script *script)
{
    char quote = *script->at++;
    bool filled = false; /* "${", which makes a template more than a literal */
    for (; script->at < script->end; script->at++) {
        if (*script->at == quote) {
            script->at++;
            return filled ? SCRIPT_MARK : SCRIPT_STRING;
        }
        if (*script->at == '\n' && quote != '`')
            return SCRIPT_MARK;
        filled |= quote == '`' && starts(script, "${");
        if (*script->at == '\\' && script->at + 1 < script->end)
            script->at += starts(script, "\\\r\n") ? 2 : 1;
    }
    return SCRIPT_MARK;
}

/* A slash: division, or a regular expression, whose quotes begin no string. */
static void take_slash(struct script *script)
{
    const char *at = script->at + 1;
    bool in_class = false;
    script->at++;
    if (script->after_value || at < script->no_expression)
        return;
    for (; at < script->end && *at != '\n'; at++) {
        if (*at == '/' && !in_class) {
            script->at = at + 1;
            return;
        }
        in_class = *at == '[' || (in_class && *at != ']');
        if (*at == '\\' && at + 1 < script->end && at[1] != '\n')
            at++;
    }
    script->no_expression = at;
}

struct script_token script_next(struct script *script)
{
    struct script_token token = {.kind = SCRIPT_END};
    token.begins_line = skip_space(script);
    token.text = script->at;
    if (!script->no_expression)
        script->no_expression = script->at;
    if (script->at == script->end)
        return token;
    token.kind = SCRIPT_MARK;
    if (strchr("\"'`", *script->at) && *script->at != '\0') {
        token.kind = take_string(script);
    } else if (*script->at == '/') {
        take_slash(script);
    } else if (is_name_byte(*script->at)) {
        token.kind = SCRIPT_NAME;
        while (script->at < script->end && is_name_byte(*script->at))
            script->at++;
    } else {
        script->at++;
    }
    token.size = (size_t)(script->at - token.text);
    script->after_value = token.kind != SCRIPT_MARK || strchr(")]", *token.text) != NULL;
    if (script_token_is(&token, "return"))
        script->after_value = false;
    return token;
}

bool script_token_is(const struct script_token *token, const char *text)
{
    return token->kind != SCRIPT_END && token->size == strlen(text) &&
           memcmp(token->text, text, token->size) == 0;
}

/* A writer of UTF-8 into a buffer that is large enough: no escape is shorter than what it means. */
struct writer {
    char *at;
    unsigned high; /* the first half of a surrogate pair, or 0 */
    bool ok;
};

static void put_character(struct writer *writer, unsigned code)
{
    static const unsigned char first[] = {0, 0xc0, 0xe0, 0xf0};
    int more = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    *writer->at++ = (char)(first[more] | code >> (6 * more));
    while (more-- > 0)
        *writer->at++ = (char)(0x80 | (code >> (6 * more) & 0x3f));
}

/* A character or half of one, as \u gives it. */
static void put_code(struct writer *writer, unsigned code)
{
    bool low = code >= 0xdc00 && code <= 0xdfff;
    if (code == 0 || code > 0x10ffff || low != (writer->high != 0)) {
        writer->ok = false;
    } else if (low) {
        put_character(writer, 0x10000 + ((writer->high - 0xd800) << 10) + (code - 0xdc00));
        writer->high = 0;
    } else if (code >= 0xd800 && code <= 0xdbff) {
        writer->high = code;
    } else {
        put_character(writer, code);
    }
}

/* Reads at most digits hexadecimal digits, and no fewer than least. */
static unsigned take_hex(struct writer *writer, const char **at, int least, int digits)
{
    unsigned code = 0;
    int count = 0;
    for (; count < digits && isxdigit((unsigned char)**at); count++, (*at)++)
        code = code * 16 +
               (unsigned)(isdigit((unsigned char)**at) ? **at - '0' : (**at | 0x20) - 'a' + 10);
    writer->ok = writer->ok && count >= least;
    return code;
}

/* What stands after a backslash; the closing quote, which is there, ends each look ahead. */
static void put_escape(struct writer *writer, const char **at)
{
    static const char letters[] = "bfnrtv", meanings[] = "\b\f\n\r\t\v";
    char kind = *(*at)++;
    const char *letter = strchr(letters, kind);
    if (kind == 'x') {
        put_code(writer, take_hex(writer, at, 2, 2));
    } else if (kind == 'u' && **at == '{') {
        (*at)++;
        put_code(writer, take_hex(writer, at, 1, 6));
        writer->ok = writer->ok && *(*at)++ == '}';
    } else if (kind == 'u') {
        put_code(writer, take_hex(writer, at, 4, 4));
    } else if (isdigit((unsigned char)kind) || kind == '\0') {
        writer->ok = false; /* octal, which new scripts may not have */
    } else if (kind == '\r' || kind == '\n') {
        *at += kind == '\r' && **at == '\n'; /* the string goes on in the next line */
    } else {
        *writer->at++ = letter ? meanings[letter - letters] : kind;
    }
}

static void put_string(struct writer *writer, const struct script_token *token)
{
    const char *end = token->text + token->size - 1;
    for (const char *at = token->text + 1; at < end && writer->ok;) {
        bool half = writer->high != 0;
        if (*at == '\\') {
            at++;
            put_escape(writer, &at);
        } else {
            writer->ok = *at != '\0';
            *writer->at++ = *at++;
        }
        writer->ok = writer->ok && !(half && writer->high != 0);
    }
    writer->ok = writer->ok && writer->high == 0;
}

/* Steps over "+" and a further string; false, and nothing done, where none follows. */
static bool another(struct script *script, struct script_token *token)
{
    struct script ahead = *script;
    struct script_token next = script_next(&ahead);
    if (!script_token_is(token, "+") || next.kind != SCRIPT_STRING)
        return false;
    *script = ahead;
    *token = next;
    return true;
}

char *script_take_text(struct script *script, struct script_token *token)
{
    struct script measured = *script;
    struct script_token last = *token, next = script_next(&measured);
    while (another(&measured, &next)) {
        last = next;
        next = script_next(&measured);
    }
    char *text = malloc((size_t)(last.text + last.size - token->text));
    struct writer writer = {.at = text, .ok = text != NULL};
    do {
        if (writer.ok)
            put_string(&writer, token);
        *token = script_next(script);
    } while (another(script, token));
    if (writer.ok) {
        *writer.at = '\0';
        return text;
    }
    free(text);
    return NULL;
}
