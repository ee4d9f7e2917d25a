/* SPDX-License-Identifier: MIT
 * A line of a scenario file, word by word. */
#include "reader.h"

#include <stdlib.h>
#include <string.h>

char *reader_next(struct reader *reader)
{
    char *word = reader_rest(reader);
    size_t size = strcspn(word, " ");
    reader->rest = word + size + (word[size] != '\0');
    word[size] = '\0';
    return size > 0 ? word : NULL;
}

char *reader_word(struct reader *reader, const char *what)
{
    char *word = reader_next(reader);
    if (!word)
        differ(reader->line, "the %s is missing", what);
    return word;
}

int reader_value(struct reader *reader, const struct word *words, const char *what)
{
    const char *name = reader_word(reader, what);
    const struct word *word = word_find(words, name);
    if (!word)
        differ(reader->line, "\"%s\" is no %s", name, what);
    return word->value;
}

unsigned long reader_number(struct reader *reader, int base, const char *what)
{
    char *word = reader_word(reader, what), *end;
    unsigned long number = strtoul(word, &end, base);
    if (*end != '\0')
        differ(reader->line, "\"%s\" is no %s", word, what);
    return number;
}

char *reader_quoted(struct reader *reader)
{
    char *text = reader_rest(reader), *end = *text == '"' ? strrchr(text + 1, '"') : NULL;
    if (!end)
        differ(reader->line, "the text in quotation marks is missing");
    *end = '\0';
    reader->rest = end + 1;
    return text + 1;
}

char *reader_rest(struct reader *reader)
{
    return reader->rest + strspn(reader->rest, " ");
}

void reader_need_room(const struct reader *reader, size_t count, size_t most)
{
    if (count >= most)
        differ(reader->line, "there is room for %zu of these", most);
}
