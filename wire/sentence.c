/* SPDX-License-Identifier: MIT
 * The one sentence that a person reads, and the commands in it.
 * libc only and async-signal-safe: a deadline's handler prints what was written here. */
#include <string.h>

#include "csolink/status.h"

static bool several_accounts;
static const char *environment;

/* Text that is cut off at the end of its room, always with a NUL. */
struct line {
    char *out;
    size_t size, length;
};

static void put(struct line *line, char byte)
{
    if (line->length + 1 < line->size) {
        line->out[line->length++] = byte;
        line->out[line->length] = '\0';
    }
}

static void put_text(struct line *line, const char *text)
{
    while (*text != '\0')
        put(line, *text++);
}

static bool is_printable(char byte)
{
    return byte >= 0x20 && byte < 0x7f;
}

static void put_foreign_byte(struct line *line, char byte)
{
    static const char hex[] = "0123456789abcdef";
    if (is_printable(byte)) {
        put(line, byte);
    } else {
        put(line, '%');
        put(line, hex[(unsigned char)byte >> 4]);
        put(line, hex[byte & 15]);
    }
}

static void put_foreign(struct line *line, const char *text)
{
    while (*text != '\0')
        put_foreign_byte(line, *text++);
}

/* In no more than room: cut between two characters, of UTF-8 too. */
static void put_detail(struct line *line, const char *detail, size_t room)
{
    static const char more[] = "...";
    size_t size = 0, fits = 0, width = 0;
    for (; detail[size] != '\0'; size++) {
        if ((detail[size] & 0xc0) != 0x80 && width + strlen(more) <= room)
            fits = size;
        width += is_printable(detail[size]) ? 1 : 3;
    }
    bool is_cut = width > room;
    for (size_t i = 0; i < (is_cut ? fits : size); i++)
        put_foreign_byte(line, detail[i]);
    if (is_cut)
        put_text(line, more);
}

/* One word of a shell, and of ours: no option where it stands alone. */
static void put_word(struct line *line, const char *text)
{
    static const char plain[] =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789@%+=:,./_-";
    if (*text == '-' && line->length > 0 && line->out[line->length - 1] == ' ')
        put_text(line, "-- ");
    if (*text != '\0' && text[strspn(text, plain)] == '\0') {
        put_text(line, text);
        return;
    }
    put(line, '\'');
    for (; *text != '\0'; text++) {
        if (*text == '\'')
            put_text(line, "'\\''");
        else
            put_foreign_byte(line, *text);
    }
    put(line, '\'');
}

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static void put_account(struct line *line, const char *account)
{
    put_word(line, account ? account : "LOGIN");
}

/* Without an account advice keeps its place open. */
static void put_advice(struct line *line, const char *advice, const char *account,
                       const char *court)
{
    while (*advice != '\0') {
        if (starts_with(advice, "{court}")) {
            put_word(line, court ? court : "COURT");
            advice += strlen("{court}");
        } else if (starts_with(advice, "{account}")) {
            put_account(line, account);
            advice += strlen("{account}");
        } else if (starts_with(advice, "{as}")) {
            if (several_accounts) {
                put_text(line, " --account=");
                put_account(line, account);
            }
            advice += strlen("{as}");
        } else if (environment && starts_with(advice, "csolink ")) {
            put_text(line, "csolink --environment=");
            put_text(line, environment);
            advice += strlen("csolink");
        } else {
            put(line, *advice++);
        }
    }
}

static void put_subject(struct line *line, const char *account, const char *court)
{
    if (!account && !court)
        return;
    put_text(line, " (");
    if (court) {
        put_text(line, "court ");
        put_foreign(line, court);
    }
    if (account && court)
        put_text(line, ", ");
    if (account) {
        put_text(line, "account ");
        put_foreign(line, account);
    }
    put_text(line, ")");
}

void status_several_accounts(bool several)
{
    several_accounts = several;
}

void status_environment(const char *name)
{
    environment = name;
}

size_t status_fill(char *out, size_t size, const char *advice, const char *account,
                   const char *court)
{
    struct line line = {out, size, 0};
    if (size > 0)
        out[0] = '\0';
    put_advice(&line, advice, account, court);
    return line.length;
}

size_t status_next(char *out, size_t size, enum status status, const char *account,
                   const char *court)
{
    const char *advice = status_advice(status, court != NULL);
    return status_fill(out, size, advice ? advice : "", account, court);
}

size_t status_message(char *out, size_t size, enum status status, const char *account,
                      const char *court, const char *detail, const char *advice)
{
    char next[STATUS_MESSAGE_MAX];
    struct line line = {out, size, 0};
    if (size > 0)
        out[0] = '\0';
    if (!advice)
        advice = status_advice(status, court != NULL);
    size_t advised = advice ? status_fill(next, sizeof next, advice, account, court) : 0;
    size_t behind = advised > 0 ? strlen("; ") + advised : 0;
    put_text(&line, "csolink: ");
    put_text(&line, status_name(status));
    put_subject(&line, account, court);
    put_text(&line, ": ");
    put_text(&line, status_what(status));
    if (detail && *detail != '\0') {
        put_text(&line, ": ");
        size_t taken = line.length + behind + 1;
        put_detail(&line, detail, taken < size ? size - taken : 0);
    }
    if (advised > 0) {
        put_text(&line, "; ");
        put_text(&line, next);
    }
    return line.length;
}
