/* SPDX-License-Identifier: MIT
 * HMAC-SHA-256 (RFC 2104) over GLib's checksum. GLib's own HMAC leaves the end of the secret in
 * memory that it frees; a checksum that has hashed a block of zeros since holds zeros. */
#include <string.h>

#include "guard/guard.h"

enum { BLOCK = 64, DIGEST = 32 };

struct block {
    guchar bytes[BLOCK];
};

/* The hash of two texts, one behind the other. */
static void hash(GChecksum *checksum, const guchar *first, gsize first_size, const void *second,
                 gsize second_size, guchar digest[DIGEST])
{
    gsize length = DIGEST;
    g_checksum_reset(checksum);
    g_checksum_update(checksum, first, (gssize)first_size);
    g_checksum_update(checksum, second, (gssize)second_size);
    g_checksum_get_digest(checksum, digest, &length);
}

/* One byte, then the rest: each goes through the checksum's own buffer, a whole block would not. */
static void overwrite(GChecksum *checksum)
{
    const struct block zeros = {{0}};
    g_checksum_reset(checksum);
    g_checksum_update(checksum, zeros.bytes, 1);
    g_checksum_update(checksum, zeros.bytes, BLOCK - 1);
}

/* The key filled up with zeros; of a long one, its hash. */
static void set_key(GChecksum *checksum, const struct secret *key, struct block *block)
{
    *block = (struct block){{0}};
    if (key->size > BLOCK)
        hash(checksum, block->bytes, 0, secret_string(key), key->size, block->bytes);
    else
        memcpy(block->bytes, secret_string(key), key->size);
}

static void change_pad(struct block *block, guchar from, guchar to)
{
    for (size_t i = 0; i < BLOCK; i++)
        block->bytes[i] ^= from ^ to;
}

char *guard_fingerprint(const struct secret *key, const struct secret *value)
{
    struct block block;
    guchar digest[DIGEST];
    g_autoptr(GString) text = g_string_new(NULL);
    g_autoptr(GChecksum) checksum = g_checksum_new(G_CHECKSUM_SHA256);
    set_key(checksum, key, &block);
    change_pad(&block, 0, 0x36);
    hash(checksum, block.bytes, BLOCK, secret_string(value), value->size, digest);
    change_pad(&block, 0x36, 0x5c);
    hash(checksum, block.bytes, BLOCK, digest, DIGEST, digest);
    explicit_bzero(&block, sizeof block);
    overwrite(checksum);
    for (size_t i = 0; i < DIGEST; i++)
        g_string_append_printf(text, "%02x", digest[i]);
    return g_string_free(g_steal_pointer(&text), FALSE);
}
