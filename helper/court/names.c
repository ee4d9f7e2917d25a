/* SPDX-License-Identifier: MIT
 * The strict rule for names, in three steps: order, fold, compare. */
#include "court/names.h"

#include <glib.h>
#include <string.h>

static bool is_suffix(const char *part)
{
    static const char *const suffixes[] = {"jr", "sr", "ii", "iii", "iv", "v", "esq", NULL};
    return g_strv_contains(suffixes, part);
}

/* Letters and digits only, case folded, one blank between words. */
static char *fold(const char *name)
{
    g_autofree char *composed = g_utf8_normalize(name, -1, G_NORMALIZE_ALL_COMPOSE);
    g_autofree char *lower = composed ? g_utf8_casefold(composed, -1) : g_strdup("");
    g_autoptr(GString) text = g_string_new(NULL);
    bool blank = false;
    for (const char *at = lower; *at != '\0'; at = g_utf8_next_char(at)) {
        gunichar letter = g_utf8_get_char(at);
        if (g_unichar_isalnum(letter) || g_unichar_ismark(letter)) {
            if (blank && text->len > 0)
                g_string_append_c(text, ' ');
            g_string_append_unichar(text, letter);
            blank = false;
        } else if (g_unichar_isspace(letter)) {
            blank = true; /* "O'Neil" is one word, "O Neil" two */
        }
    }
    return g_string_free(g_steal_pointer(&text), FALSE);
}

/* "Doe, Jane Q." becomes "Jane Q. Doe"; "Jane Doe, Jr." and names with several commas stay. */
static char *order(const char *name)
{
    const char *comma = strchr(name, ',');
    if (!comma || strchr(comma + 1, ','))
        return g_strdup(name);
    g_autofree char *rest = fold(comma + 1);
    if (*rest == '\0' || is_suffix(rest))
        return g_strdup(name);
    g_autofree char *last = g_strndup(name, (gsize)(comma - name));
    return g_strconcat(comma + 1, " ", last, NULL);
}

bool names_equal(const char *a, const char *b)
{
    if (!g_utf8_validate(a, -1, NULL) || !g_utf8_validate(b, -1, NULL))
        return false;
    g_autofree char *ordered_a = order(a), *ordered_b = order(b);
    g_autofree char *folded_a = fold(ordered_a), *folded_b = fold(ordered_b);
    return *folded_a != '\0' && strcmp(folded_a, folded_b) == 0;
}
