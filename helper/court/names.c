/* SPDX-License-Identifier: MIT
 * The strict rule for names; tests/unit/helper/name_pairs.h has its decisions, with reasons. */
#include "court/names.h"

#include <glib.h>
#include <stdbool.h>
#include <string.h>

enum { NAME_MAX_BYTES = 200 };

/* One name, read: lower-case words in the order first, middle, last. */
struct name {
    bool readable;
    GPtrArray *words;
    bool has_comma;
    guint last; /* how many words the last name has: told by a comma, else 1 */
    GString *suffix;
};

static void name_clear(struct name *name)
{
    g_ptr_array_free(name->words, TRUE);
    g_string_free(name->suffix, TRUE);
}
#define NAME_AUTO __attribute__((cleanup(name_clear)))

/* --- reading --- */

/* Titles and academic degrees are words like others. A lone V or I is rather an initial. */
static bool is_suffix(const char *word)
{
    static const char *const suffixes[] = {"jr",  "sr",  "ii",  "iii", "iv",
                                           "2nd", "3rd", "4th", "esq", NULL};
    return g_strv_contains(suffixes, word);
}

/* What is no ASCII letter stays none: the Turkish capital I with its dot, the Kelvin sign. Sharp s
 * is not "ss", as g_utf8_casefold() has it: they are different names. */
static gunichar fold_letter(gunichar letter)
{
    gunichar lower = g_unichar_tolower(letter);
    return letter >= 0x80 && lower < 0x80 ? letter : lower;
}

/* Adds the character to text: words divided by blanks, parts by commas. False: it says nothing that
 * could be compared. */
static bool fold(GString *text, gunichar c)
{
    static const char apostrophes[] = "'`´‘’ʻʼ", breaks[] = ".-‐‑–—()\"“”";
    if (g_utf8_strchr(apostrophes, -1, c))
        return true; /* "O'Neil" is one word */
    if (c == ',' || g_unichar_isspace(c) || g_utf8_strchr(breaks, -1, c))
        g_string_append_c(text, c == ',' ? ',' : ' ');
    else if (g_unichar_isalnum(c) || g_unichar_ismark(c))
        g_string_append_unichar(text, fold_letter(c));
    else
        return false;
    return true;
}

/* Appends the words of one part between commas, its suffixes to name->suffix; keep words stay. */
static void read_part(struct name *name, const char *part, GPtrArray *words, guint keep)
{
    g_auto(GStrv) pieces = g_strsplit(part, " ", -1);
    for (char **piece = pieces; *piece; piece++) {
        if (**piece != '\0')
            g_ptr_array_add(words, g_strdup(*piece));
    }
    while (words->len > keep && is_suffix(g_ptr_array_index(words, words->len - 1))) {
        g_autofree char *suffix = g_ptr_array_steal_index(words, words->len - 1);
        g_string_append_printf(name->suffix, " %s", suffix);
    }
}

/* "Jane Doe", "Doe, Jane", and suffixes at the end of any part or after a comma of their own. */
static void read_parts(struct name *name, const char *text)
{
    g_auto(GStrv) parts = g_strsplit(text, ",", -1);
    g_autoptr(GPtrArray) before_comma = g_ptr_array_new_with_free_func(g_free);
    guint count = 0;
    for (char **part = parts; *part; part++) {
        g_autoptr(GPtrArray) words = g_ptr_array_new_with_free_func(g_free);
        read_part(name, *part, words, count == 0 ? 1 : 0);
        if (words->len == 0)
            continue;
        g_ptr_array_extend_and_steal(count == 0 ? before_comma : name->words,
                                     g_steal_pointer(&words));
        count++;
    }
    name->has_comma = count == 2;
    name->last = count == 2 ? before_comma->len : 1;
    name->readable = count == 1 || count == 2;
    g_ptr_array_extend_and_steal(name->words, g_steal_pointer(&before_comma));
}

static struct name name_read(const char *text)
{
    struct name name = {.words = g_ptr_array_new_with_free_func(g_free),
                        .suffix = g_string_new(NULL)};
    g_autoptr(GString) folded = g_string_new(NULL);
    g_autofree char *composed = strlen(text) <= NAME_MAX_BYTES && g_utf8_validate(text, -1, NULL)
                                    ? g_utf8_normalize(text, -1, G_NORMALIZE_DEFAULT_COMPOSE)
                                    : NULL;
    for (const char *at = composed; at && *at != '\0'; at = g_utf8_next_char(at)) {
        if (!fold(folded, g_utf8_get_char(at)))
            return name;
    }
    read_parts(&name, folded->str);
    return name;
}

/* --- comparing --- */

static const char *word(const struct name *name, guint i)
{
    return g_ptr_array_index(name->words, i);
}

static bool is_initial(const char *text)
{
    return g_utf8_strlen(text, -1) == 1;
}

/* Are the words of whole those of parts, of which some may be written together ("Smithjones",
 * "Smith-Jones")? An initial is a word of its own: "Ann E. Doe" is not "Anne Doe". */
static bool joins(const struct name *whole, const struct name *parts)
{
    guint used = 0;
    for (guint i = 0; i < whole->words->len; i++) {
        for (const char *rest = word(whole, i); *rest != '\0'; used++) {
            if (used == parts->words->len)
                return false;
            const char *part = word(parts, used);
            bool alone = strcmp(part, word(whole, i)) == 0;
            if (!g_str_has_prefix(rest, part) || (is_initial(part) && !alone))
                return false;
            rest += strlen(part);
        }
    }
    return used == parts->words->len;
}

/* "Ann Adams" and "Anna Dams" have the same letters, and neither joins the other's words. */
static bool written_alike(const struct name *a, const struct name *b)
{
    return joins(a, b) || joins(b, a);
}

/* A first and a last name, neither of them an initial. */
static bool is_full(const struct name *name)
{
    guint words = 0;
    for (guint i = 0; i < name->words->len; i++)
        words += !is_initial(word(name, i));
    return words >= 2;
}

/* Where the last name begins, if it has so many words. */
static guint last_from(const struct name *name)
{
    guint count = name->words->len;
    return count > name->last ? count - name->last : MIN(count - 1, 1);
}

static char *last_name(const struct name *name)
{
    GString *text = g_string_new(NULL);
    for (guint i = last_from(name); i < name->words->len; i++)
        g_string_append(text, word(name, i));
    return g_string_free(text, FALSE);
}

static bool same_last(const struct name *a, const struct name *b)
{
    g_autofree char *one = last_name(a), *other = last_name(b);
    return strcmp(one, other) == 0;
}

static bool lacks_middle(const struct name *name)
{
    return last_from(name) <= 1;
}

/* The same middle names, where an initial stands for any that begins with it. */
static bool same_initials(const struct name *a, const struct name *b)
{
    guint end = last_from(a);
    bool same = end == last_from(b);
    for (guint i = 1; same && i < end; i++) {
        const char *one = word(a, i), *other = word(b, i);
        bool shortened = is_initial(one) || is_initial(other);
        same = shortened ? g_utf8_get_char(one) == g_utf8_get_char(other) : !strcmp(one, other);
    }
    return same;
}

/* --- the rule --- */

static enum names_verdict verdict(const struct name *a, const struct name *b, const char **what)
{
    bool commas = a->has_comma && b->has_comma;
    const struct {
        bool holds;
        enum names_verdict verdict;
        const char *what;
    } rule[] = {
        {!g_string_equal(a->suffix, b->suffix), NAMES_DIFFER,
         "one has a suffix, such as Jr. or II, that the other has not"},
        {commas && !same_last(a, b), NAMES_DIFFER, "the last names differ"},
        {written_alike(a, b) && is_full(a) && is_full(b), NAMES_EQUAL, NULL},
        {written_alike(a, b), NAMES_TO_CONFIRM, "a full first and last name is not there"},
        {strcmp(word(a, 0), word(b, 0)) != 0, NAMES_DIFFER, "the first names differ"},
        {!same_last(a, b), NAMES_DIFFER, "the last names differ"},
        {lacks_middle(a) || lacks_middle(b), NAMES_TO_CONFIRM,
         "one has a middle name that the other has not"},
        {same_initials(a, b), NAMES_TO_CONFIRM, "one has an initial for a middle name"},
        {true, NAMES_DIFFER, "the middle names differ"},
    };
    guint i = 0;
    while (!rule[i].holds)
        i++;
    *what = rule[i].what;
    return rule[i].verdict;
}

enum names_verdict names_compare(const char *a, const char *b, const char **what)
{
    NAME_AUTO struct name one = name_read(a), other = name_read(b);
    *what = "they are not in a form that can be compared";
    if (!one.readable || !other.readable)
        return NAMES_DIFFER;
    if (!one.has_comma)
        one.last = other.last;
    if (!other.has_comma)
        other.last = one.last;
    return verdict(&one, &other, what);
}
