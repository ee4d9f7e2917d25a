/* SPDX-License-Identifier: MIT
 * The record: key=value lines ended by an empty line, as in git's credential protocol
 * (git-credential(1), "INPUT/OUTPUT FORMAT"). All programs of csolink speak it to each other. */
#ifndef CSOLINK_RECORD_H
#define CSOLINK_RECORD_H

#include <stddef.h>
#include <stdint.h>

#include "csolink/secret.h"
#include "csolink/status.h"

/* A line with its LF has at most 65,535 bytes, as git reads them. A record over any of these limits
 * is refused whole: resuming in the middle of a line is how CVEs were made (git 64f1e658e9). */
enum { RECORD_LINE_MAX = 65535, RECORD_FIELDS_MAX = 256, RECORD_SIZE_MAX = 1 << 20 };

/* The greatest record that travels as one message between two of our programs. */
enum { RECORD_MESSAGE_MAX = 96 * 1024 };

/* Keys and values in order, each ended by NUL, in one secret buffer. {0} is the empty record. */
struct record {
    struct secret text;
    size_t count;
    struct {
        uint32_t key, value; /* offsets into text.data, which moves */
    } field[RECORD_FIELDS_MAX];
};

/* Wipes the record and gives its memory back; it is empty afterwards. */
void record_clear(struct record *record);
#define RECORD_AUTO __attribute__((cleanup(record_clear)))

/* Reads text[0..size) up to its first empty line or its end into an empty record. A CR before the
 * LF is part of the line's end (git reads both). STATUS_BAD_INPUT: NUL, another CR, a line without
 * "=", an empty key, or a limit passed; *why (if why is not NULL) then points at a constant
 * sentence, and the record is empty. STATUS_INTERNAL: memory is out. */
enum status record_parse(struct record *record, const char *text, size_t size, const char **why);

/* Appends one field. STATUS_BAD_INPUT, and the record unchanged, when key is empty or holds "=",
 * CR or LF, when value holds CR or LF (the writer checks too: CVE-2020-5260, CVE-2024-52006), or
 * when a limit is passed. STATUS_INTERNAL: memory is out. Neither string may lie in the record. */
enum status record_add(struct record *record, const char *key, const char *value);

/* The same with a decimal number. */
enum status record_add_number(struct record *record, const char *key, long long number);

/* The last value of key, or NULL. It belongs to the record until the next record_add(). */
const char *record_get(const struct record *record, const char *key);

/* How many lines key has. */
size_t record_count(const struct record *record, const char *key);

/* The number in the last value of key, or fallback where it is absent or not a whole decimal. */
long long record_get_number(const struct record *record, const char *key, long long fallback);

/* The next value of the list key ("capability[]"). Start with *position 0; NULL at the end. An
 * empty value clears what stands before it, as in git, so such a list begins after its last empty
 * one. */
const char *record_list(const struct record *record, const char *key, size_t *position);

/* Appends the record's lines and the empty line to out. STATUS_INTERNAL: memory is out. */
enum status record_format(const struct record *record, struct secret *out);

/* Reads a record from a byte stream up to its empty line or end of file: what git writes on
 * standard input. Blocks; the caller's deadline ends it. As record_parse(), and STATUS_INTERNAL on
 * a read error. May read past the empty line. */
enum status record_read(struct record *record, int fd, const char **why);

/* Writes the record to a byte stream in one go. STATUS_INTERNAL on a write error. */
enum status record_write(const struct record *record, int fd);

/* Sends the record as one message on a SOCK_SEQPACKET socket; never raises SIGPIPE.
 * timeout_ms < 0 waits for ever. STATUS_TIMED_OUT; STATUS_BAD_INPUT when it is larger than
 * RECORD_MESSAGE_MAX; STATUS_INTERNAL when the peer is gone. */
enum status record_send(const struct record *record, int fd, int timeout_ms);

/* Receives one message into an empty record. STATUS_ABSENT at end of file; STATUS_TIMED_OUT;
 * STATUS_BAD_INPUT for a malformed or over-long message (it is consumed); STATUS_INTERNAL. */
enum status record_receive(struct record *record, int fd, int timeout_ms);

/* Like record_receive() but leaves the message in the socket for the next program (MSG_PEEK). */
enum status record_peek(struct record *record, int fd, int timeout_ms);

#endif
