/* SPDX-License-Identifier: MIT
 * One row of a court table: its fields, and what each may hold. A table decides where secrets go,
 * and its words reach terminals and file names: what is not plainly right is refused. */
#include "court/court_row.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { FIELDS = 6, LINE_MAX_BYTES = 1024, ID_MAX = 32, CODE_MAX = 16, HOST_MAX = 253 };

#define LOWER_AND_DIGITS "abcdefghijklmnopqrstuvwxyz0123456789"

static bool is_control(const char *at)
{
    unsigned char byte = (unsigned char)*at;
    return byte < 0x80 ? (byte < 0x20 && byte != '\t') || byte == 0x7f
                       : !g_unichar_isprint(g_utf8_get_char(at));
}

static const char *text_fault(const char *line, gsize size)
{
    if (size > LINE_MAX_BYTES)
        return "the line is longer than 1024 bytes";
    if (memchr(line, '\0', size))
        return "a NUL is in it";
    if (!g_utf8_validate_len(line, size, NULL))
        return "it is not UTF-8";
    for (const char *at = line; *at != '\0'; at = g_utf8_next_char(at)) {
        if (is_control(at))
            return "a control character is in it";
    }
    return NULL;
}

/* False unless the line has exactly FIELDS fields. */
static bool cut(char *line, char *field[FIELDS])
{
    guint count = 0;
    for (char *at = line; at; count++) {
        char *tab = strchr(at, '\t');
        if (tab)
            *tab++ = '\0';
        if (count == FIELDS)
            return false;
        field[count] = at;
        at = tab;
    }
    return count == FIELDS;
}

static bool is_id(const char *id)
{
    size_t size = strlen(id);
    return size > 0 && size <= ID_MAX && strspn(id, LOWER_AND_DIGITS) == size;
}

static bool is_type(const char *type)
{
    static const char *const types[] = {"district", "bankruptcy", "appellate", "other", NULL};
    return g_strv_contains(types, type);
}

/* Labels of lower-case letters, digits and inner hyphens (RFC 1123, 2.1). */
static bool is_host(const char *host)
{
    if (strlen(host) > HOST_MAX)
        return false;
    for (const char *label = host; label;) {
        size_t size = strspn(label, LOWER_AND_DIGITS "-");
        if (size == 0 || label[0] == '-' || label[size - 1] == '-' ||
            (label[size] != '\0' && label[size] != '.'))
            return false;
        label = label[size] == '.' ? label + size + 1 : NULL;
    }
    return true;
}

static bool is_code(const char *code)
{
    size_t size = strlen(code);
    return size <= CODE_MAX && strspn(code, LOWER_AND_DIGITS "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == size;
}

/* YYYY-MM-DD, or YYYY-MM where a court told the month alone. */
static bool is_date(const char *text)
{
    static const char pattern[] = "dddd-dd-dd";
    int year = 0, month = 0, day = 1;
    size_t size = strlen(text);
    if (size != 10 && size != 7)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != pattern[i])
            return false;
    }
    return sscanf(text, "%d-%d-%d", &year, &month, &day) >= 2 && year > 0 &&
           g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year);
}

static const char *court_fault(const struct court *court)
{
    if (!is_id(court->id))
        return "its id is not 1 to 32 lower-case letters and digits";
    if (*court->name == '\0')
        return "it has no name";
    if (!is_type(court->type))
        return "its type is not district, bankruptcy, appellate or other";
    if (!is_host(court->host))
        return "its host is no host name in lower case";
    if (!g_str_has_suffix(court->host, ".uscourts.gov"))
        return "its host is outside uscourts.gov";
    if (!is_code(court->code))
        return "its PACER court code is not at most 16 letters and digits";
    if (*court->nextgen_since != '\0' && !is_date(court->nextgen_since))
        return "its NextGen date is not a date such as 2022-02-28";
    return NULL;
}

const char *court_row_parse(char *line, gsize size, struct court *court)
{
    char *field[FIELDS];
    const char *fault = text_fault(line, size);
    if (fault)
        return fault;
    if (!cut(line, field))
        return "it has not 6 fields between tabs";
    *court = (struct court){field[0], field[1], field[2], field[3], field[4], field[5]};
    return court_fault(court);
}
