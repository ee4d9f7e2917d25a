/* SPDX-License-Identifier: MIT
 * A fuzzer's bytes, taken from the front: what a target does follows from them and nothing else, so
 * that each finding replays. */
#ifndef CSOLINK_FUZZ_INPUT_H
#define CSOLINK_FUZZ_INPUT_H

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Each secret of an input begins with these bytes, and no other text of it has one of them. */
#define SECRET_MARK "\x1e\x1f\x1e\x1f"

/* What has to hold, whatever the input. */
#define HOLDS(condition)                                                                           \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            fprintf(stderr, "%s:%d: does not hold: %s\n", __FILE__, __LINE__, #condition);         \
            abort();                                                                               \
        }                                                                                          \
    } while (0)

struct input {
    const uint8_t *next, *end;
};

/* The entry point of a target, called by libFuzzer and by replay.c. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The next byte; 0 when there is none. */
static inline uint8_t take_byte(struct input *input)
{
    return input->next < input->end ? *input->next++ : 0;
}

/* RUN, a byte and a number n stand for n * n such bytes: an input stays small where limits are
 * large. */
enum { RUN = 0x1d, TO_THE_END = -1 };

/* Takes bytes up to the next "end", which is taken too, or TO_THE_END; what has no room in space is
 * left out. Returns how many. */
static inline size_t take_bytes(struct input *input, int end, void *space, size_t room)
{
    size_t size = 0;
    while (input->next < input->end) {
        uint8_t byte = take_byte(input);
        size_t count = 1;
        if (byte == end)
            break;
        if (byte == RUN) {
            byte = take_byte(input);
            count = take_byte(input);
            count *= count;
        }
        count = count < room - size ? count : room - size;
        memset((uint8_t *)space + size, byte, count);
        size += count;
    }
    return size;
}

/* Takes a string up to the next NUL, of at most size - 1 bytes. */
static inline const char *take_text(struct input *input, char *text, size_t size)
{
    text[take_bytes(input, '\0', text, size - 1)] = '\0';
    for (char *at = text; *at != '\0'; at++)
        *at = strchr(SECRET_MARK, *at) ? '?' : *at;
    return text;
}

#endif
