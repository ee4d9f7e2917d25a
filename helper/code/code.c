/* SPDX-License-Identifier: MIT
 * Reading secrets, one row a parameter of the URI; the codes themselves are liboath's. Its base32
 * reader leaves copies on the heap, so that ours decodes into locked memory. */
#include "code/code.h"

#include <liboath/oath.h>
#include <string.h>

enum { DIGITS = 6, PERIOD = 30, DIGITS_MAX = 8, BASE32_LEAST = 16 };

static const char scheme[] = "otpauth://", base32_alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

static const struct {
    const char *name;
    int flags;
} algorithms[] = {
    {"SHA1", 0},
    {"SHA256", OATH_TOTP_HMAC_SHA256},
    {"SHA512", OATH_TOTP_HMAC_SHA512},
};

void code_key_clear(struct code_key *key)
{
    secret_clear(&key->base32);
    *key = (struct code_key){0};
}

/* False: the text is none; so do all that read a part of a secret. */
static bool read_base32(const struct secret *text, struct code_key *key)
{
    size_t size = text->size;
    while (size > 0 && text->data[size - 1] == '=')
        size--;
    for (size_t i = 0; i < size; i++) {
        char byte = g_ascii_toupper(text->data[i]);
        if (byte == ' ' || byte == '-')
            continue;
        if (byte == '\0' || !strchr(base32_alphabet, byte) ||
            !secret_append(&key->base32, &byte, 1))
            return false;
    }
    size_t rest = key->base32.size % 8;
    return key->base32.size >= BASE32_LEAST && rest != 1 && rest != 3 && rest != 6;
}

static bool read_number(const struct secret *text, int least, int most, int *number)
{
    *number = 0;
    for (size_t i = 0; i < text->size; i++) {
        if (!g_ascii_isdigit(text->data[i]) || *number > most)
            return false;
        *number = *number * 10 + (text->data[i] - '0');
    }
    return *number >= least && *number <= most;
}

static bool read_digits(const struct secret *text, struct code_key *key)
{
    return read_number(text, DIGITS, DIGITS_MAX, &key->digits);
}

static bool read_period(const struct secret *text, struct code_key *key)
{
    return read_number(text, 1, CODE_PERIOD_MAX, &key->period);
}

static bool read_algorithm(const struct secret *text, struct code_key *key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(algorithms); i++) {
        if (g_ascii_strcasecmp(secret_string(text), algorithms[i].name) == 0) {
            key->flags = algorithms[i].flags;
            return true;
        }
    }
    return false;
}

static bool ignore(const struct secret *text, struct code_key *key)
{
    (void)text, (void)key;
    return true;
}

static const struct {
    const char *name;
    bool (*read)(const struct secret *text, struct code_key *key);
    const char *fault;
} parameters[] = {
    {"secret", read_base32, "the otpauth URI's secret is no base32 text of 16 characters or more"},
    {"digits", read_digits, "the otpauth URI's digits are not 6, 7 or 8"},
    {"period", read_period, "the otpauth URI's period is not 1 to 300 seconds"},
    {"algorithm", read_algorithm, "the otpauth URI's algorithm is not SHA1, SHA256 or SHA512"},
    {"issuer", ignore, NULL},
    {"image", ignore, NULL},
};

static bool percent_decode(const char *from, size_t size, struct secret *text)
{
    for (size_t i = 0; i < size; i++) {
        char byte = from[i];
        if (byte == '%') {
            if (i + 2 >= size || !g_ascii_isxdigit(from[i + 1]) || !g_ascii_isxdigit(from[i + 2]))
                return false;
            byte =
                (char)(g_ascii_xdigit_value(from[i + 1]) << 4 | g_ascii_xdigit_value(from[i + 2]));
            i += 2;
        }
        if (!secret_append(text, &byte, 1))
            return false;
    }
    return true;
}

/* One name=value. NULL, or what is wrong, as below; seen has a bit for each name that stood there
 * already. */
static const char *read_parameter(const char *from, size_t size, unsigned *seen,
                                  struct code_key *key)
{
    SECRET_AUTO struct secret value = {0};
    const char *equals = memchr(from, '=', size);
    size_t length = equals ? (size_t)(equals - from) : size;
    for (size_t i = 0; equals && i < G_N_ELEMENTS(parameters); i++) {
        if (strlen(parameters[i].name) != length ||
            g_ascii_strncasecmp(from, parameters[i].name, length) != 0)
            continue;
        if (*seen & 1U << i)
            return "the otpauth URI names a parameter twice";
        *seen |= 1U << i;
        if (!percent_decode(equals + 1, size - length - 1, &value))
            return "the otpauth URI is not percent-encoded as it should be";
        return parameters[i].read(&value, key) ? NULL : parameters[i].fault;
    }
    return "the otpauth URI has a parameter that is not known here; if it is harmless, give the "
           "base32 secret alone";
}

static const char *read_uri(const char *type, struct code_key *key)
{
    unsigned seen = 0;
    size_t length = strcspn(type, "/?");
    if (g_ascii_strncasecmp(type, "hotp", MAX(length, 4)) == 0)
        return "the otpauth URI is of type hotp, codes by counter; PACER's are by time (totp)";
    if (g_ascii_strncasecmp(type, "totp", MAX(length, 4)) != 0)
        return "the otpauth URI is not of type totp";
    const char *query = strchr(type, '?'), *fault = NULL;
    for (const char *from = query ? query + 1 : ""; !fault && *from != '\0';) {
        size_t size = strcspn(from, "&");
        fault = size > 0 ? read_parameter(from, size, &seen, key) : NULL;
        from += size + (from[size] == '&');
    }
    return !fault && key->base32.size == 0 ? "the otpauth URI holds no secret" : fault;
}

enum status code_key_read(const struct secret *text, struct code_key *key, const char **fault)
{
    const char *string = secret_string(text);
    code_key_clear(key);
    key->digits = DIGITS;
    key->period = PERIOD;
    if (strlen(string) != text->size)
        *fault = "the one-time-code secret holds a NUL";
    else if (g_ascii_strncasecmp(string, scheme, strlen(scheme)) == 0)
        *fault = read_uri(string + strlen(scheme), key);
    else
        *fault = read_base32(text, key) ? NULL
                                        : "the one-time-code secret is neither base32 text of 16 "
                                          "characters or more nor an otpauth:// URI";
    return *fault ? STATUS_BAD_INPUT : STATUS_OK;
}

static const char *algorithm_of(const struct code_key *key)
{
    size_t i = 0;
    while (algorithms[i].flags != key->flags)
        i++;
    return algorithms[i].name;
}

enum status code_secret_normalise(struct secret *secret, const char **fault)
{
    CODE_KEY_AUTO struct code_key key = {0};
    char more[64];
    enum status status = code_key_read(secret, &key, fault);
    if (status != STATUS_OK)
        return status;
    bool plain = key.digits == DIGITS && key.period == PERIOD && key.flags == 0;
    static const char before[] = "otpauth://totp/PACER?secret=";
    g_snprintf(more, sizeof more, "&algorithm=%s&digits=%d&period=%d", algorithm_of(&key),
               key.digits, key.period);
    bool good = secret_set(secret, plain ? "" : before, plain ? 0 : strlen(before)) &&
                secret_append(secret, key.base32.data, key.base32.size) &&
                (plain || secret_append(secret, more, strlen(more)));
    return good ? STATUS_OK : STATUS_INTERNAL;
}

static bool decode(const struct secret *base32, struct secret *bytes)
{
    unsigned buffer = 0, bits = 0;
    for (size_t i = 0; i < base32->size; i++) {
        const char *found = strchr(base32_alphabet, base32->data[i]);
        buffer = (buffer << 5 | (unsigned)(found - base32_alphabet)) & 0xfff;
        bits += 5;
        if (bits < 8)
            continue;
        bits -= 8;
        char byte = (char)(buffer >> bits & 0xff);
        if (!secret_append(bytes, &byte, 1))
            return false;
    }
    return true;
}

enum status code_compute(const struct code_key *key, gint64 second, struct secret *code)
{
    SECRET_AUTO struct secret bytes = {0};
    char digits[DIGITS_MAX + 1] = "";
    bool good = decode(&key->base32, &bytes) &&
                oath_totp_generate2(bytes.data, bytes.size, (time_t)second, (unsigned)key->period,
                                    0, (unsigned)key->digits, key->flags, digits) == OATH_OK &&
                secret_set(code, digits, strlen(digits));
    explicit_bzero(digits, sizeof digits);
    return good ? STATUS_OK : STATUS_INTERNAL;
}

bool code_fold(struct secret *text)
{
    size_t size = 0;
    for (size_t i = 0; i < text->size; i++) {
        char byte = text->data[i];
        if (byte == ' ' || byte == '\t' || byte == '\r')
            continue;
        if (!g_ascii_isalnum(byte) && byte != '-')
            return false;
        text->data[size++] = byte;
    }
    if (text->data)
        explicit_bzero(text->data + size, text->size - size);
    text->size = size;
    return size >= DIGITS && size <= 32;
}
