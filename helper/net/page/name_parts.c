/* SPDX-License-Identifier: MIT
 * The parts of a name, and the name that they make. */
#include "page/name_parts.h"

#include <stdio.h>

#include "page/charset.h"

void name_parts_add(struct name_parts *parts, enum part part, const char *value)
{
    parts->counts[part]++;
    parts->values[part] = value;
}

size_t name_parts_count(const struct name_parts *parts)
{
    size_t count = 0;
    for (size_t i = 0; i < PARTS; i++)
        count += parts->counts[i];
    return count;
}

/* Copies text into out; a character of an encoding that we cannot read becomes U+FFFD. */
static void put_readable(FILE *out, const char *text)
{
    while (*text) {
        bool unread = charset_is_unread(text);
        if (unread)
            fputs("\xef\xbf\xbd", out);
        else
            putc(*text, out);
        text += unread ? 3 : 1;
    }
}

char *name_parts_join(const struct name_parts *parts)
{
    bool whole = parts->counts[PART_WHOLE] == 1 && name_parts_count(parts) == 1;
    bool in_parts = parts->counts[PART_WHOLE] == 0 && parts->counts[PART_FIRST] == 1 &&
                    parts->counts[PART_LAST] == 1 && parts->counts[PART_MIDDLE] <= 1 &&
                    parts->counts[PART_SUFFIX] <= 1;
    char *name = NULL;
    size_t size = 0;
    for (enum part i = PART_WHOLE; i < PARTS; i++)
        if (parts->counts[i] > 0 && !label_fits(i, parts->values[i]))
            return NULL;
    FILE *out = whole || in_parts ? open_memstream(&name, &size) : NULL;
    if (!out)
        return NULL;
    for (enum part i = PART_WHOLE; i < PARTS; i++) {
        if (parts->counts[i] == 0)
            continue;
        fputs(ftell(out) > 0 ? " " : "", out);
        put_readable(out, parts->values[i]);
    }
    return fclose(out) == 0 ? name : NULL;
}
