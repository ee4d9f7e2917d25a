/* SPDX-License-Identifier: MIT
 * The encoding of a court's page, and what its forms are sent in. */
#include "page/charset.h"

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
enum { UNREAD_FIRST = 0xf780, UNREAD_LAST = 0xf7ff, UNREAD_OFFSET = 0xf700, BAD = 0xfffd };

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
        return BAD;
    for (size_t i = 1; i < length; i++) {
        if (((unsigned char)text[i] & 0xc0) != 0x80)
            return BAD;
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
        if (read_character(bytes->data + at, bytes->size - at, &size) == BAD && size == 1)
            return false;
        wide = wide || size > 1;
    }
    return wide;
}

/* The labels that pages are known to use; WHATWG's list has more, and with those bytes are kept. */
static const struct {
    const char *label;
    enum charset charset;
} labels[] = {
    {"utf-8", CHARSET_UTF_8},
    {"utf8", CHARSET_UTF_8},
    {"unicode-1-1-utf-8", CHARSET_UTF_8},
    {"windows-1252", CHARSET_WINDOWS_1252},
    {"x-cp1252", CHARSET_WINDOWS_1252},
    {"cp1252", CHARSET_WINDOWS_1252},
    {"iso-8859-1", CHARSET_WINDOWS_1252},
    {"iso8859-1", CHARSET_WINDOWS_1252},
    {"iso88591", CHARSET_WINDOWS_1252},
    {"iso_8859-1", CHARSET_WINDOWS_1252},
    {"iso_8859-1:1987", CHARSET_WINDOWS_1252},
    {"latin1", CHARSET_WINDOWS_1252},
    {"l1", CHARSET_WINDOWS_1252},
    {"ascii", CHARSET_WINDOWS_1252},
    {"us-ascii", CHARSET_WINDOWS_1252},
    {"ansi_x3.4-1968", CHARSET_WINDOWS_1252},
    {"utf-16", CHARSET_UTF_16_LE},
    {"utf-16le", CHARSET_UTF_16_LE},
    {"ucs-2", CHARSET_UTF_16_LE},
    {"unicode", CHARSET_UTF_16_LE},
    {"utf-16be", CHARSET_UTF_16_BE},
};

/* Reads the label after "charset=". False: there is none. */
static bool declared(const char *text, enum charset *charset)
{
    const char *label = text ? strcasestr(text, "charset") : NULL;
    if (!label)
        return false;
    label += strlen("charset");
    label += strspn(label, " ");
    if (*label++ != '=')
        return false;
    label += strspn(label, " \"'");
    size_t size = strcspn(label, " \t\r\n\"';/>");
    if (size == 0)
        return false;
    *charset = CHARSET_OTHER;
    for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
        if (strlen(labels[i].label) == size && strncasecmp(label, labels[i].label, size) == 0)
            *charset = labels[i].charset;
    return true;
}

/* Looks for a meta element outside of comments. One that could be read cannot be UTF-16. */
static bool declared_by_meta(char *text, enum charset *charset)
{
    for (char *tag = text; (tag = strchr(tag, '<')); tag++) {
        char *end = strncmp(tag, "<!--", 4) == 0 ? strstr(tag, "-->") : strchr(tag, '>');
        if (!end)
            return false;
        *end = '\0';
        if (strncasecmp(tag, "<meta", 5) == 0 && declared(tag, charset)) {
            if (*charset == CHARSET_UTF_16_LE || *charset == CHARSET_UTF_16_BE)
                *charset = CHARSET_UTF_8;
            return true;
        }
        tag = end;
    }
    return false;
}

static const struct {
    const char *bytes;
    size_t size;
    enum charset charset;
} marks[] = {
    {"\xef\xbb\xbf", 3, CHARSET_UTF_8},
    {"\xff\xfe", 2, CHARSET_UTF_16_LE},
    {"\xfe\xff", 2, CHARSET_UTF_16_BE},
};

/* How long the byte order mark is; 0 for none. */
static size_t read_mark(const struct secret *bytes, enum charset *charset)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (bytes->size < marks[i].size || memcmp(bytes->data, marks[i].bytes, marks[i].size) != 0)
            continue;
        *charset = marks[i].charset;
        return marks[i].size;
    }
    return 0;
}

enum charset charset_of(const char *content_type, const struct secret *bytes)
{
    char beginning[PRESCAN_BYTES + 1];
    enum charset charset;
    snprintf(beginning, sizeof beginning, "%s", secret_string(bytes));
    bool known = read_mark(bytes, &charset) > 0 || declared(content_type, &charset) ||
                 declared_by_meta(beginning, &charset);
    explicit_bzero(beginning, sizeof beginning);
    if (known)
        return charset;
    return looks_like_utf8(bytes) ? CHARSET_UTF_8 : CHARSET_WINDOWS_1252;
}

static bool put_utf8(struct secret *out, uint32_t point)
{
    static const unsigned char first[] = {0, 0, 0xc0, 0xe0, 0xf0};
    unsigned size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    char bytes[4];
    for (unsigned i = size; i-- > 1; point >>= 6)
        bytes[i] = (char)(0x80 | (point & 0x3f));
    bytes[0] = (char)(first[size == 1 ? 0 : size] | point);
    return secret_append(out, bytes, size);
}

static uint32_t point_of(enum charset charset, unsigned char byte)
{
    if (charset == CHARSET_OTHER && byte >= 0x80)
        return UNREAD_OFFSET + byte;
    return byte >= HIGH_FIRST && byte <= HIGH_LAST ? high[byte - HIGH_FIRST] : byte;
}

static uint32_t unit_at(enum charset charset, const struct secret *bytes, size_t at)
{
    if (at + 1 >= bytes->size)
        return BAD;
    unsigned char one = (unsigned char)bytes->data[at], two = (unsigned char)bytes->data[at + 1];
    return charset == CHARSET_UTF_16_LE ? (uint32_t)(two << 8 | one) : (uint32_t)(one << 8 | two);
}

static bool decode_utf16(enum charset charset, const struct secret *bytes, size_t at,
                         struct secret *utf8)
{
    for (; at < bytes->size; at += 2) {
        uint32_t unit = unit_at(charset, bytes, at), next = unit_at(charset, bytes, at + 2);
        if (unit >= 0xd800 && unit < 0xdc00 && next >= 0xdc00 && next < 0xe000) {
            unit = 0x10000 + ((unit - 0xd800) << 10) + (next - 0xdc00);
            at += 2;
        } else if (unit >= 0xd800 && unit < 0xe000) {
            unit = BAD;
        }
        if (!put_utf8(utf8, unit))
            return false;
    }
    return true;
}

bool charset_decode(enum charset charset, const struct secret *bytes, struct secret *utf8)
{
    enum charset marked;
    size_t at = read_mark(bytes, &marked);
    if (charset == CHARSET_UTF_8)
        return secret_append(utf8, secret_string(bytes) + at, bytes->size - at);
    if (charset == CHARSET_UTF_16_LE || charset == CHARSET_UTF_16_BE)
        return decode_utf16(charset, bytes, at, utf8);
    for (; at < bytes->size; at++)
        if (!put_utf8(utf8, point_of(charset, (unsigned char)bytes->data[at])))
            return false;
    return true;
}

/* The byte that stands for a character, or -1. */
static int byte_of(enum charset charset, uint32_t point)
{
    if (point < 0x80)
        return (int)point;
    if (charset == CHARSET_OTHER)
        return point >= UNREAD_FIRST && point <= UNREAD_LAST ? (int)(point - UNREAD_OFFSET) : -1;
    if (point > HIGH_LAST && point <= 0xff)
        return (int)point;
    for (size_t i = 0; i < sizeof high / sizeof *high; i++)
        if (high[i] == point)
            return (int)(HIGH_FIRST + i);
    return -1;
}

static bool goes_out_in_utf8(enum charset charset)
{
    return charset != CHARSET_WINDOWS_1252 && charset != CHARSET_OTHER;
}

bool charset_has(enum charset charset, const char *utf8)
{
    size_t left = strlen(utf8), size = 0;
    for (; !goes_out_in_utf8(charset) && left > 0; utf8 += size, left -= size)
        if (byte_of(charset, read_character(utf8, left, &size)) < 0)
            return false;
    return true;
}

static bool put_character(enum charset charset, struct secret *out, uint32_t point)
{
    char reference[16];
    int byte = byte_of(charset, point);
    if (byte >= 0)
        return secret_append(out, (char[]){(char)byte}, 1);
    int size = snprintf(reference, sizeof reference, "&#%u;", (unsigned)point);
    return secret_append(out, reference, (size_t)size);
}

bool charset_encode(enum charset charset, const char *utf8, struct secret *bytes)
{
    size_t left = strlen(utf8), size = 0;
    if (goes_out_in_utf8(charset))
        return secret_append(bytes, utf8, left);
    for (; left > 0; utf8 += size, left -= size)
        if (!put_character(charset, bytes, read_character(utf8, left, &size)))
            return false;
    return true;
}

bool charset_is_unread(const char *utf8)
{
    size_t size = 0;
    uint32_t point = read_character(utf8, strnlen(utf8, 4), &size);
    return size == 3 && point >= UNREAD_FIRST && point <= UNREAD_LAST;
}
