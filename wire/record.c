/* SPDX-License-Identifier: MIT
 * The record in memory: parse, look up, append, format.
 * Every value passes through add_field() in and through record_format() out; both know the rules.
 */
#include "csolink/record.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char too_long[] = "a line is longer than 65,535 bytes";
static const char too_many[] = "the record has more than 256 lines";
static const char too_large[] = "the record is larger than 1 MiB";
static const char forbidden[] = "a line holds a NUL or CR byte";
static const char no_equals[] = "a line is not key=value";

static enum status refuse(const char **why, const char *reason)
{
    if (why)
        *why = reason;
    return STATUS_BAD_INPUT;
}

void record_clear(struct record *record)
{
    secret_clear(&record->text);
    record->count = 0;
}

static enum status check_field(const char *key, size_t key_size, const char *value,
                               size_t value_size, const char **why)
{
    if (key_size == 0 || memchr(key, '=', key_size))
        return refuse(why, no_equals);
    if (memchr(key, '\0', key_size) || memchr(key, '\r', key_size) || memchr(key, '\n', key_size) ||
        memchr(value, '\0', value_size) || memchr(value, '\r', value_size) ||
        memchr(value, '\n', value_size))
        return refuse(why, forbidden);
    if (key_size > RECORD_LINE_MAX || key_size + 1 + value_size + 1 > RECORD_LINE_MAX)
        return refuse(why, too_long);
    return STATUS_OK;
}

static enum status add_field(struct record *record, const char *key, size_t key_size,
                             const char *value, size_t value_size, const char **why)
{
    enum status status = check_field(key, key_size, value, value_size, why);
    if (status != STATUS_OK)
        return status;
    if (record->count == RECORD_FIELDS_MAX)
        return refuse(why, too_many);
    size_t start = record->text.size;
    if (start + key_size + value_size + 2 > RECORD_SIZE_MAX)
        return refuse(why, too_large);
    if (!secret_reserve(&record->text, start + key_size + value_size + 2))
        return STATUS_INTERNAL;
    secret_append(&record->text, key, key_size);
    secret_append(&record->text, "", 1);
    secret_append(&record->text, value, value_size);
    secret_append(&record->text, "", 1);
    record->field[record->count].key = (uint32_t)start;
    record->field[record->count].value = (uint32_t)(start + key_size + 1);
    record->count++;
    return STATUS_OK;
}

static enum status parse_line(struct record *record, const char *line, size_t size,
                              const char **why)
{
    const char *equals = memchr(line, '=', size);
    if (!equals)
        return refuse(why, no_equals);
    size_t key_size = (size_t)(equals - line);
    return add_field(record, line, key_size, equals + 1, size - key_size - 1, why);
}

enum status record_parse(struct record *record, const char *text, size_t size, const char **why)
{
    enum status status = STATUS_OK;
    const char *end = text + size;
    if (size > RECORD_SIZE_MAX)
        return refuse(why, too_large);
    while (status == STATUS_OK && text < end) {
        const char *feed = memchr(text, '\n', (size_t)(end - text));
        const char *next = feed ? feed + 1 : end;
        size_t line = (size_t)((feed ? feed : end) - text);
        if (line >= RECORD_LINE_MAX) {
            status = refuse(why, too_long);
            break;
        }
        if (feed && line > 0 && text[line - 1] == '\r')
            line--;
        if (line == 0)
            break;
        status = parse_line(record, text, line, why);
        text = next;
    }
    if (status != STATUS_OK)
        record_clear(record);
    return status;
}

enum status record_add(struct record *record, const char *key, const char *value)
{
    return add_field(record, key, strlen(key), value, strlen(value), NULL);
}

enum status record_add_number(struct record *record, const char *key, long long number)
{
    char text[24];
    snprintf(text, sizeof text, "%lld", number);
    return record_add(record, key, text);
}

static const char *field_key(const struct record *record, size_t index)
{
    return record->text.data + record->field[index].key;
}

static const char *field_value(const struct record *record, size_t index)
{
    return record->text.data + record->field[index].value;
}

const char *record_get(const struct record *record, const char *key)
{
    for (size_t i = record->count; i > 0; i--) {
        if (strcmp(field_key(record, i - 1), key) == 0)
            return field_value(record, i - 1);
    }
    return NULL;
}

size_t record_count(const struct record *record, const char *key)
{
    size_t lines = 0;
    for (size_t i = 0; i < record->count; i++)
        lines += strcmp(field_key(record, i), key) == 0;
    return lines;
}

long long record_get_number(const struct record *record, const char *key, long long fallback)
{
    const char *text = record_get(record, key);
    char *end = NULL;
    if (!text || *text == '\0' || strspn(text, "-0123456789") != strlen(text))
        return fallback;
    errno = 0;
    long long number = strtoll(text, &end, 10);
    return errno == 0 && *end == '\0' ? number : fallback;
}

static size_t list_start(const struct record *record, const char *key)
{
    for (size_t i = record->count; i > 0; i--) {
        if (strcmp(field_key(record, i - 1), key) == 0 && *field_value(record, i - 1) == '\0')
            return i;
    }
    return 0;
}

const char *record_list(const struct record *record, const char *key, size_t *position)
{
    size_t start = list_start(record, key);
    for (size_t i = *position > start ? *position : start; i < record->count; i++) {
        if (strcmp(field_key(record, i), key) == 0) {
            *position = i + 1;
            return field_value(record, i);
        }
    }
    *position = record->count;
    return NULL;
}

enum status record_format(const struct record *record, struct secret *out)
{
    for (size_t i = 0; i < record->count; i++) {
        const char *key = field_key(record, i), *value = field_value(record, i);
        if (!secret_append(out, key, strlen(key)) || !secret_append(out, "=", 1) ||
            !secret_append(out, value, strlen(value)) || !secret_append(out, "\n", 1))
            return STATUS_INTERNAL;
    }
    return secret_append(out, "\n", 1) ? STATUS_OK : STATUS_INTERNAL;
}
