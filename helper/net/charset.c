/* SPDX-License-Identifier: MIT
 * The two encodings of court pages. */
#include "charset.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* Bytes 0x80 to 0x9f; all others are their own code points (WHATWG, index-windows-1252). */
static const uint16_t high[] = {
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x008d, 0x017d, 0x008f, 0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022,
    0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
};

enum { HIGH_FIRST = 0x80, HIGH_LAST = 0x9f, PRESCAN_BYTES = 1024 };

static size_t sequence_length(unsigned char first)
{
    return first < 0x80 ? 1 : first < 0xc2 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
}

/* Reads one character of valid or broken UTF-8; *size is 1 and the result 0xfffd for a bad byte. */
static uint32_t read_character(const char *text, size_t left, size_t *size)
{
    static const unsigned char masks[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
    size_t length = sequence_length((unsigned char)*text);
    uint32_t point = (unsigned char)*text & masks[length];
    *size = 1;
    if (length == 0 || length > left)
        return 0xfffd;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return 0xfffd;
        point = point << 6 | ((unsigned char)text[i] & 0x3f);
    }
    *size = length;
    return point;
}

/* Whether the bytes are UTF-8 and hold more than ASCII. */
static bool looks_like_utf8(const struct secret *bytes)
{
    bool wide = false;
    for (size_t at = 0, size = 0; at < bytes->size; at += size) {
        if (read_character(bytes->data + at, bytes->size - at, &size) == 0xfffd && size == 1)
            return false;
        wide = wide || size > 1;
    }
    return wide;
}

/* The label after "charset=", or NULL. */
static const char *declared(const char *text)
{
    const char *label = text ? strcasestr(text, "charset=") : NULL;
    return label ? label + strlen("charset=") + strspn(label + strlen("charset="), " \"'") : NULL;
}

bool charset_is_windows_1252(const char *content_type, const struct secret *bytes)
{
    char beginning[PRESCAN_BYTES + 1];
    snprintf(beginning, sizeof beginning, "%s", secret_string(bytes));
    const char *label = declared(content_type);
    if (!label)
        label = declared(beginning);
    if (!label)
        return !looks_like_utf8(bytes);
    return strncasecmp(label, "utf-8", 5) != 0 && strncasecmp(label, "utf8", 4) != 0;
}

static bool put_utf8(struct secret *out, uint32_t point)
{
    char bytes[3];
    if (point < 0x80)
        return secret_append(out, (char[]){(char)point}, 1);
    if (point < 0x800) {
        bytes[0] = (char)(0xc0 | point >> 6);
        bytes[1] = (char)(0x80 | (point & 0x3f));
        return secret_append(out, bytes, 2);
    }
    bytes[0] = (char)(0xe0 | point >> 12);
    bytes[1] = (char)(0x80 | (point >> 6 & 0x3f));
    bytes[2] = (char)(0x80 | (point & 0x3f));
    return secret_append(out, bytes, 3);
}

bool charset_decode(const struct secret *bytes, struct secret *utf8)
{
    for (size_t i = 0; i < bytes->size; i++) {
        unsigned char byte = (unsigned char)bytes->data[i];
        bool is_high = byte >= HIGH_FIRST && byte <= HIGH_LAST;
        if (!put_utf8(utf8, is_high ? high[byte - HIGH_FIRST] : byte))
            return false;
    }
    return true;
}

static bool put_windows_1252(struct secret *out, uint32_t point)
{
    char reference[16];
    if (point < HIGH_FIRST || (point > HIGH_LAST && point <= 0xff))
        return secret_append(out, (char[]){(char)point}, 1);
    for (size_t i = 0; i < sizeof high / sizeof *high; i++)
        if (high[i] == point)
            return secret_append(out, (char[]){(char)(HIGH_FIRST + i)}, 1);
    int size = snprintf(reference, sizeof reference, "&#%u;", (unsigned)point);
    return secret_append(out, reference, (size_t)size);
}

bool charset_encode(const char *utf8, struct secret *bytes)
{
    size_t left = strlen(utf8), size = 0;
    for (; left > 0; utf8 += size, left -= size)
        if (!put_windows_1252(bytes, read_character(utf8, left, &size)))
            return false;
    return true;
}
