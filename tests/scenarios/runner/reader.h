/* SPDX-License-Identifier: MIT
 * A line of a scenario file, word by word. What is missing or cannot be understood ends the program
 * with differ(); "what" is what the line lacks, in words. */
#ifndef CSOLINK_SCENARIO_READER_H
#define CSOLINK_SCENARIO_READER_H

#include "scenario.h"

/* Where the reader stands; the words are cut out of the line in place. */
struct reader {
    struct scenario *scenario;
    unsigned line;
    char *rest;
};

/* The next word, or NULL. */
char *reader_next(struct reader *reader);

/* The next word, which must be there. */
char *reader_word(struct reader *reader, const char *what);

/* What the next word stands for in the table. */
int reader_value(struct reader *reader, const struct word *words, const char *what);

/* The number that the next word is. */
unsigned long reader_number(struct reader *reader, int base, const char *what);

/* The text between quotation marks, for a prompt ends with a blank. */
char *reader_quoted(struct reader *reader);

/* What is left of the line; may be empty. */
char *reader_rest(struct reader *reader);

/* Ends the program if count things are all that there is room for. */
void reader_need_room(const struct reader *reader, size_t count, size_t most);

#endif
