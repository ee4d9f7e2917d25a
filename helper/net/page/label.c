/* SPDX-License-Identifier: MIT
 * What a label on a confirmation page announces. Lists of what is known, never of what is not: a
 * label with one more word may mean something else. */
#include "page/label.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

enum { LABEL_MAX = 60, VALUE_MAX = 120 };

/* Words that say no more in a label. */
static const char fillers[] =
    " account accounts a an and as associated at attorney belonging central cso current"
    " details displayed existing filer for from full holder in individual information legal my"
    " nextgen of on per person record records registered s shown sign the to upgraded with"
    " your ";

static const struct {
    const char *words; /* what is left of a label, each ended by a blank */
    enum part part;
} parts[] = {
    {"", PART_NONE},
    {"name ", PART_WHOLE},
    {"first name ", PART_FIRST},
    {"first ", PART_FIRST},
    {"given name ", PART_FIRST},
    {"middle name ", PART_MIDDLE},
    {"middle initial ", PART_MIDDLE},
    {"middle ", PART_MIDDLE},
    {"mi ", PART_MIDDLE},
    {"m i ", PART_MIDDLE},
    {"last name ", PART_LAST},
    {"last ", PART_LAST},
    {"surname ", PART_LAST},
    {"family name ", PART_LAST},
    {"suffix ", PART_SUFFIX},
    {"name suffix ", PART_SUFFIX},
    {"generation ", PART_SUFFIX},
};

/* Words that stand where a name is missing. */
static const char no_names[] =
    " account accounts available below click confidential determined displayed error invalid"
    " linked loading match missing na no none not null pending please redacted restricted"
    " retrieved unavailable undefined unknown verify wait withheld ";

/* Copies the next word, lower case, with a blank on each side. False: there is none. */
static bool next_word(const char **text, char word[LABEL_MAX])
{
    size_t size = 1;
    while (**text && !isalnum((unsigned char)**text) && !(**text & 0x80))
        ++*text;
    word[0] = ' ';
    for (; (isalnum((unsigned char)**text) || **text & 0x80) && size < LABEL_MAX - 2; ++*text)
        word[size++] = (char)tolower((unsigned char)**text);
    word[size] = ' ';
    word[size + 1] = '\0';
    return size > 1;
}

static enum side side_of(const char *word, const char *before)
{
    if (strcmp(word, " pacer ") == 0)
        return SIDE_PACER;
    bool court =
        strcmp(word, " cmecf ") == 0 || (strcmp(word, " ecf ") == 0 && strcmp(before, " cm ") == 0);
    return court ? SIDE_COURT : SIDE_NONE;
}

/* Reads text word by word; what is neither side nor filler is left over. */
static enum side take_apart(const char *text, char rest[LABEL_MAX], bool *fits)
{
    char word[LABEL_MAX], before[LABEL_MAX] = "";
    enum side sides = SIDE_NONE;
    size_t used = 0;
    *fits = true;
    while (next_word(&text, word)) {
        enum side side = side_of(word, before);
        sides |= side; /* both are SIDE_BOTH */
        if (side == SIDE_NONE && strcmp(word, " cm ") != 0 && !strstr(fillers, word)) {
            size_t size = strlen(word + 1);
            *fits = *fits && used + size < LABEL_MAX;
            if (*fits)
                memcpy(rest + used, word + 1, size + 1);
            used += *fits ? size : 0;
        }
        memcpy(before, word, sizeof before);
    }
    return sides;
}

struct label label_read(const char *text)
{
    char rest[LABEL_MAX] = "";
    bool fits = true;
    struct label label = {.side = take_apart(text, rest, &fits)};
    if (!fits || strlen(text) > LABEL_MAX || label.side == SIDE_BOTH)
        return label;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        if (strcmp(rest, parts[i].words) != 0)
            continue;
        label.part = parts[i].part;
        label.is_label = label.part != PART_NONE || label.side != SIDE_NONE;
    }
    return label;
}

bool label_fits(enum part part, const char *value)
{
    char word[LABEL_MAX];
    const char *rest = value;
    int words = 0;
    if (strlen(value) > VALUE_MAX || strpbrk(value, "@:;<>[]{}|\\/?!"))
        return false;
    while (next_word(&rest, word)) {
        bool letters = isalpha((unsigned char)word[1]) || word[1] & 0x80;
        if (strstr(no_names, word) || (words == 0 && !letters))
            return false;
        words++;
    }
    return words >= 1 && (part != PART_WHOLE || (words >= 2 && strpbrk(value, " ,")));
}

bool label_is_name_scrap(const char *text)
{
    static const char generations[] = " jr sr ii iii iv vi vii 2nd 3rd 4th 5th ";
    char word[LABEL_MAX], more[LABEL_MAX];
    if (!next_word(&text, word) || next_word(&text, more))
        return false;
    bool initial = isalpha((unsigned char)word[1]) && word[2] == ' ';
    return initial || strstr(generations, word);
}
