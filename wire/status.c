/* SPDX-License-Identifier: MIT
 * The status table, and the one sentence that a person reads.
 * libc only and async-signal-safe: a deadline's handler prints what was written here. */
#include "csolink/status.h"

#include <string.h>

struct row {
    const char *name;
    int exit_code;
    const char *what;               /* what happened */
    const char *next;               /* what to do now; {court} and {account} are filled in */
    const char *next_without_court; /* NULL: the same */
};

static const struct row rows[STATUS_COUNT] = {
    [STATUS_OK] = {"ok", 0, "done", NULL},
    [STATUS_ABSENT] = {"absent", 1, "it is not stored",
                       "see \"csolink account list\" and \"csolink filing list\""},
    [STATUS_LOCKED] = {"locked", 3, "the keyring is locked",
                       "unlock it, for example by logging in with your password, and try again"},
    [STATUS_NO_KEYRING] = {"no_keyring", 69, "no keyring can be reached",
                           "run this in a login session with a D-Bus session bus and a keyring"},
    [STATUS_REJECTED] = {"rejected", 77, "the password was refused and will not be sent again",
                         NULL},
    [STATUS_NEEDS_CODE] = {"needs_code", 3, "a one-time code is needed",
                           "run \"csolink login\" in a terminal"},
    [STATUS_NEEDS_ACKNOWLEDGEMENT] = {"needs_acknowledgement", 3,
                                      "PACER's redaction rules must be acknowledged by the filer",
                                      "run \"csolink link {court}\" in a terminal",
                                      "run \"csolink login\" in a terminal"},
    [STATUS_NAMES_DIFFER] = {"names_differ", 3,
                             "the court's name and PACER's name differ, you did not say that they "
                             "are the same person, and nothing was linked",
                             "ask the court whose filing login it is; \"csolink filing remove "
                             "--account={account} {court}\" forgets it, \"csolink link {court}\" "
                             "asks you again"},
    [STATUS_NEEDS_PERSON] = {"needs_person", 3, "a person has to decide or type something",
                             "run \"csolink link {court}\" in a terminal",
                             "run this in a terminal"},
    [STATUS_NOT_OFFERED] =
        {"not_offered", 76, "the court offers this account no link",
         "request filing privileges at PACER: Manage My Account, Maintenance tab, "
         "Attorney (or Non-Attorney) Admissions / E-File Registration"},
    [STATUS_NOT_NEXTGEN] = {"not_nextgen", 76, "the court is not on NextGen CM/ECF",
                            "ask the court when it will be; no password was sent to it"},
    [STATUS_MANUAL_COURT] = {"manual_court", 76, "this court's accounts are linked by hand",
                             "\"csolink link {court}\" prints the steps"},
    [STATUS_PAGE_NOT_RECOGNISED] = {"page_not_recognised", 76,
                                    "the court's page was not recognised and nothing more was sent",
                                    "try \"csolink link {court}\" later or link in a browser"},
    [STATUS_OFFLINE] = {"offline", 75, "no connection could be made",
                        "try again when the network is up"},
    [STATUS_TIMED_OUT] = {"timed_out", 75, "no answer came in time", "try again in five minutes"},
    [STATUS_TLS_FAILED] = {"tls_failed", 76, "the server's certificate could not be verified",
                           "tell your administrator; nothing was sent"},
    [STATUS_COURT_ERROR] = {"court_error", 75, "the server answered with an error",
                            "try again in five minutes"},
    [STATUS_REFUSED_BY_POLICY] = {"refused_by_policy", 77, "a rule forbids this", NULL},
    [STATUS_CANCELLED] = {"cancelled", 3, "it was cancelled and nothing was changed",
                          "run \"csolink link {court}\" to be asked again",
                          "run the command again to be asked again"},
    [STATUS_BUSY] = {"busy", 75, "another csolink is at work on this account",
                     "try again when it has ended"},
    [STATUS_BAD_INPUT] = {"bad_input", 65, "the input is not valid", NULL},
    [STATUS_INTERNAL] = {"internal", 70, "an internal step failed", "try again, then report it"},
};

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

static void put_foreign(struct line *line, const char *text)
{
    static const char hex[] = "0123456789abcdef";
    for (; *text != '\0'; text++) {
        unsigned char byte = (unsigned char)*text;
        if (byte >= 0x20 && byte < 0x7f) {
            put(line, *text);
        } else {
            put(line, '%');
            put(line, hex[byte >> 4]);
            put(line, hex[byte & 15]);
        }
    }
}

static bool starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

static void put_advice(struct line *line, const char *advice, const char *account,
                       const char *court)
{
    while (*advice != '\0') {
        if (starts_with(advice, "{court}")) {
            put_foreign(line, court ? court : "COURT");
            advice += strlen("{court}");
        } else if (starts_with(advice, "{account}")) {
            put_foreign(line, account ? account : "LOGIN");
            advice += strlen("{account}");
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

const char *status_name(enum status status)
{
    return rows[status].name;
}

bool status_from_name(const char *name, enum status *status)
{
    for (size_t i = 0; i < STATUS_COUNT; i++) {
        if (strcmp(rows[i].name, name) == 0) {
            *status = (enum status)i;
            return true;
        }
    }
    return false;
}

int status_exit_code(enum status status)
{
    return rows[status].exit_code;
}

const char *status_what(enum status status)
{
    return rows[status].what;
}

size_t status_next(char *out, size_t size, enum status status, const char *account,
                   const char *court)
{
    struct line line = {out, size, 0};
    const struct row *row = &rows[status];
    const char *next = court || !row->next_without_court ? row->next : row->next_without_court;
    if (size > 0)
        out[0] = '\0';
    if (next)
        put_advice(&line, next, account, court);
    return line.length;
}

size_t status_message(char *out, size_t size, enum status status, const char *account,
                      const char *court, const char *detail)
{
    struct line line = {out, size, 0};
    if (size > 0)
        out[0] = '\0';
    put_text(&line, "csolink: ");
    put_text(&line, rows[status].name);
    put_subject(&line, account, court);
    put_text(&line, ": ");
    put_text(&line, rows[status].what);
    if (detail && *detail != '\0') {
        put_text(&line, ": ");
        put_foreign(&line, detail);
    }
    if (rows[status].next && line.length < size) {
        put_text(&line, "; ");
        line.length += status_next(out + line.length, size - line.length, status, account, court);
    }
    return line.length;
}
