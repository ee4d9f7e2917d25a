/* SPDX-License-Identifier: MIT
 * One row of a court table: its fields, and what each may hold. A table decides where secrets go,
 * and its words reach terminals and file names: what is not plainly right is refused. */
#include "court/court_row.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIELDS = 6, LINE_MAX_BYTES = 1024, ID_MAX = 32, CODE_MAX = 16, HOST_MAX = 253 };

/* ASCII has its own way because every credential of a court waits for this. */
static const char *text_fault(const char *line, gsize size)
{
    bool ascii = true;
    if (size > 0 && line[size - 1] == '\r')
        return "it ends as lines do on Windows; save the file with Unix line ends";
    if (g_str_has_prefix(line, "\xef\xbb\xbf"))
        return "the file begins with a byte-order mark; save it without one";
    if (size > LINE_MAX_BYTES)
        return "the line is longer than 1024 bytes";
    for (gsize i = 0; i < size; i++) {
        if (line[i] == '\0')
            return "a NUL is in it";
        if (g_ascii_iscntrl(line[i]) && line[i] != '\t')
            return "a control character is in it";
        ascii = ascii && (guchar)line[i] < 0x80;
    }
    if (!ascii && !g_utf8_validate_len(line, size, NULL))
        return "it is not UTF-8";
    for (const char *at = line; !ascii && *at != '\0'; at = g_utf8_next_char(at)) {
        if (*at != '\t' && !g_unichar_isprint(g_utf8_get_char(at)))
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

static bool is_lower_or_digit(char byte)
{
    return g_ascii_islower(byte) || g_ascii_isdigit(byte);
}

static bool is_id(const char *id)
{
    size_t size = 0;
    while (is_lower_or_digit(id[size]))
        size++;
    return size > 0 && size <= ID_MAX && id[size] == '\0';
}

static bool is_type(const char *type)
{
    static const char *const types[] = {"district", "bankruptcy", "appellate", "other", NULL};
    return g_strv_contains(types, type);
}

/* Labels of lower-case letters, digits and inner hyphens (RFC 1123, 2.1). */
static bool is_host(const char *host)
{
    char before = '.';
    const char *at = host;
    for (; is_lower_or_digit(*at) || *at == '-' || *at == '.'; before = *at++) {
        bool begins = before == '.', ends = *at == '.';
        if ((begins && !is_lower_or_digit(*at)) || (ends && before == '-'))
            return false;
    }
    return *at == '\0' && is_lower_or_digit(before) && at - host <= HOST_MAX;
}

static bool is_code(const char *code)
{
    size_t size = 0;
    while (g_ascii_isalnum(code[size]))
        size++;
    return size <= CODE_MAX && code[size] == '\0';
}

/* YYYY-MM-DD, or YYYY-MM where a court told the month alone. */
static bool is_date(const char *text)
{
    static const char pattern[] = "dddd-dd-dd";
    size_t size = strlen(text);
    if (size != 10 && size != 7)
        return false;
    for (size_t i = 0; i < size; i++) {
        if (pattern[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != pattern[i])
            return false;
    }
    return g_date_valid_dmy((GDateDay)(size == 10 ? atoi(text + 8) : 1), (GDateMonth)atoi(text + 5),
                            (GDateYear)atoi(text));
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
