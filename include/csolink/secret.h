/* SPDX-License-Identifier: MIT
 * Memory for secrets: whole pages, locked, kept out of core dumps, wiped before they go.
 * Every secret of every program lies in one of these from end to end. */
#ifndef CSOLINK_SECRET_H
#define CSOLINK_SECRET_H

#include <stdbool.h>
#include <stddef.h>

/* A growable buffer. Zero-initialised ({0}) is empty. data is NULL or size bytes long plus a NUL
 * that is not counted; it may move when the buffer grows. */
struct secret {
    char *data;
    size_t size;
    size_t capacity;
};

/* Makes room for size bytes and the NUL; the content stays. False when memory is out; then the
 * buffer is unchanged. Locking is best effort: RLIMIT_MEMLOCK may forbid it. */
bool secret_reserve(struct secret *secret, size_t size);

/* Replaces the content by size bytes. bytes must not lie in the buffer. False: memory is out. */
bool secret_set(struct secret *secret, const char *bytes, size_t size);

/* Appends size bytes. bytes must not lie in the buffer. False: memory is out, nothing appended. */
bool secret_append(struct secret *secret, const char *bytes, size_t size);

/* Wipes and gives the memory back. The buffer is empty afterwards and can be used again. */
void secret_clear(struct secret *secret);

/* The content as a string; "" when empty. It belongs to the buffer. */
const char *secret_string(const struct secret *secret);

/* Compares without telling by its time where the two differ. */
bool secret_equal(const char *a, size_t a_size, const char *b, size_t b_size);

/* For a cleanup attribute: __attribute__((cleanup(secret_clear))). */
#define SECRET_AUTO __attribute__((cleanup(secret_clear)))

/* First act of each program that holds secrets: no core dumps, no ptrace by the same user, no new
 * privileges; open /dev/null where one of the descriptors 0 to 2 is closed. Must be called again
 * after each exec, for the kernel resets "dumpable". False if the kernel refused.
 * (PR_SET_DUMPABLE is left out in sanitizer builds: LeakSanitizer needs ptrace.) */
bool secret_harden_process(void);

#endif
