/* SPDX-License-Identifier: MIT
 * PACER's rules for a new password as one table, and a generator that draws until they are kept. */
#include "password/password_rules.h"

#include <stdbool.h>
#include <string.h>
#include <sys/random.h>

const char password_alphabet[] = "abcdefghijkmnpqrstuvwxyz"
                                 "ABCDEFGHJKLMNPQRSTUVWXYZ"
                                 "23456789"
                                 "!@#$%*";
enum { ALPHABET_SIZE = sizeof password_alphabet - 1, DRAWS_MOST = 1000 };

static void add_part(GStrvBuilder *parts, const char *start, size_t size)
{
    g_autofree char *part = g_strndup(start, size);
    if (size >= PASSWORD_PART_LEAST)
        g_strv_builder_add(parts, part);
}

/* Also of letters that are not ASCII. */
static bool is_letter(char byte)
{
    return g_ascii_isalpha(byte) || (unsigned char)byte >= 0x80;
}

static void add_runs(GStrvBuilder *parts, const char *word)
{
    while (*word != '\0') {
        size_t size = 0;
        while (is_letter(word[size]))
            size++;
        add_part(parts, word, size);
        word += size > 0 ? size : 1;
    }
}

char **password_rules_parts(const char *const *words)
{
    g_autoptr(GStrvBuilder) parts = g_strv_builder_new();
    for (; *words; words++) {
        add_part(parts, *words, strlen(*words));
        add_runs(parts, *words);
    }
    return g_strv_builder_end(parts);
}

char **password_rules_parts_of(const char *login)
{
    const char *name = g_get_real_name();
    const char *const words[] = {login, g_get_user_name(), strcmp(name, "Unknown") == 0 ? "" : name,
                                 NULL};
    return password_rules_parts(words);
}

static bool has(const struct secret *text, gboolean (*is_kind)(char))
{
    for (size_t i = 0; i < text->size; i++) {
        if (is_kind(text->data[i]))
            return true;
    }
    return false;
}

static gboolean is_lower(char byte)
{
    return g_ascii_islower(byte);
}

static gboolean is_upper(char byte)
{
    return g_ascii_isupper(byte);
}

static gboolean is_special(char byte)
{
    return g_ascii_ispunct(byte);
}

static bool holds(const struct secret *text, const char *part)
{
    size_t size = strlen(part);
    for (size_t i = 0; i + size <= text->size; i++) {
        if (g_ascii_strncasecmp(text->data + i, part, size) == 0)
            return true;
    }
    return false;
}

static bool holds_any(const struct secret *text, char *const *parts)
{
    for (; *parts; parts++) {
        if (holds(text, *parts))
            return true;
    }
    return false;
}

const char *password_rules_fault(const struct secret *text, char *const *parts)
{
    static const struct {
        gboolean (*is_kind)(char);
        const char *missing;
    } kinds[] = {
        {is_lower, "it has no lower-case letter"},
        {is_upper, "it has no upper-case letter"},
        {is_special, "it has no special character"},
    };
    glong length = g_utf8_strlen(secret_string(text), (gssize)text->size);
    if (length < PASSWORD_LEAST)
        return "it has fewer than 14 characters";
    if (length > PASSWORD_MOST)
        return "it has more than 45 characters";
    for (size_t i = 0; i < G_N_ELEMENTS(kinds); i++) {
        if (!has(text, kinds[i].is_kind))
            return kinds[i].missing;
    }
    return holds_any(text, parts) ? "it holds a part of a name or of the login" : NULL;
}

/* Every three bytes in a row: PACER does not say from how many on they are a part of a name. */
static char **shortest_parts(char *const *parts)
{
    g_autoptr(GStrvBuilder) shortest = g_strv_builder_new();
    for (; *parts; parts++) {
        for (const char *at = *parts; strlen(at) >= PASSWORD_PART_LEAST; at++)
            add_part(shortest, at, PASSWORD_PART_LEAST);
    }
    return g_strv_builder_end(shortest);
}

/* One byte of getrandom chooses one character. Bytes beyond the last whole multiple are drawn anew,
 * or the first characters of the alphabet would come more often. */
static bool draw(struct secret *text)
{
    const unsigned limit = 256 - 256 % ALPHABET_SIZE;
    text->size = 0;
    while (text->size < PASSWORD_GENERATED) {
        unsigned char byte = 0;
        if (getrandom(&byte, 1, 0) != 1)
            return false;
        if (byte < limit)
            text->data[text->size++] = password_alphabet[byte % ALPHABET_SIZE];
        explicit_bzero(&byte, 1);
    }
    text->data[text->size] = '\0';
    return true;
}

enum status password_generate(char *const *parts, struct secret *text)
{
    g_auto(GStrv) shortest = shortest_parts(parts);
    secret_clear(text);
    if (!secret_reserve(text, PASSWORD_GENERATED))
        return STATUS_INTERNAL;
    for (int i = 0; i < DRAWS_MOST; i++) {
        if (!draw(text))
            break;
        if (!password_rules_fault(text, shortest))
            return STATUS_OK;
    }
    secret_clear(text);
    return STATUS_INTERNAL;
}
