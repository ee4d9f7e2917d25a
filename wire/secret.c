/* SPDX-License-Identifier: MIT
 * Locked, wiped memory.
 * Pages of their own: mlock and MADV_DONTDUMP work on pages, not on pieces of a heap. */
#include "csolink/secret.h"

#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static size_t page_size(void)
{
    return (size_t)sysconf(_SC_PAGESIZE);
}

static char *map_pages(size_t capacity)
{
    char *pages = mmap(NULL, capacity, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (pages == MAP_FAILED)
        return NULL;
    (void)mlock(pages, capacity);
    (void)madvise(pages, capacity, MADV_DONTDUMP);
    return pages;
}

static void unmap_pages(char *pages, size_t capacity)
{
    explicit_bzero(pages, capacity);
    munmap(pages, capacity);
}

bool secret_reserve(struct secret *secret, size_t size)
{
    size_t page = page_size();
    if (size < secret->capacity)
        return true;
    if (size > SIZE_MAX / 2 - page)
        return false;
    size_t capacity = secret->capacity ? secret->capacity * 2 : page;
    if (capacity <= size)
        capacity = (size + 1 + page - 1) / page * page;
    char *data = map_pages(capacity);
    if (!data)
        return false;
    if (secret->data) {
        memcpy(data, secret->data, secret->size);
        unmap_pages(secret->data, secret->capacity);
    }
    data[secret->size] = '\0';
    secret->data = data;
    secret->capacity = capacity;
    return true;
}

bool secret_append(struct secret *secret, const char *bytes, size_t size)
{
    if (size > SIZE_MAX / 4 || !secret_reserve(secret, secret->size + size))
        return false;
    if (size > 0)
        memcpy(secret->data + secret->size, bytes, size);
    secret->size += size;
    secret->data[secret->size] = '\0';
    return true;
}

bool secret_set(struct secret *secret, const char *bytes, size_t size)
{
    if (!secret_reserve(secret, size))
        return false;
    explicit_bzero(secret->data, secret->size);
    secret->size = 0;
    return secret_append(secret, bytes, size);
}

void secret_clear(struct secret *secret)
{
    if (secret->data)
        unmap_pages(secret->data, secret->capacity);
    *secret = (struct secret){0};
}

const char *secret_string(const struct secret *secret)
{
    return secret->data ? secret->data : "";
}

bool secret_equal(const char *a, size_t a_size, const char *b, size_t b_size)
{
    unsigned char difference = a_size != b_size;
    for (size_t i = 0; i < a_size && i < b_size; i++)
        difference |= (unsigned char)(a[i] ^ b[i]);
    return difference == 0;
}
