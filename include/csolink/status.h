/* SPDX-License-Identifier: MIT
 * The one list of how an operation can end: name, exit code, the sentence that a person reads.
 * Records, JSON output, logs and exit codes all use it. */
#ifndef CSOLINK_STATUS_H
#define CSOLINK_STATUS_H

#include <stdbool.h>
#include <stddef.h>

enum status {
    STATUS_OK,
    STATUS_ABSENT,
    STATUS_LOCKED,
    STATUS_NO_KEYRING,
    STATUS_REJECTED,
    STATUS_NEEDS_CODE,
    STATUS_NEEDS_ACKNOWLEDGEMENT,
    STATUS_NAMES_DIFFER,
    STATUS_NEEDS_PERSON,
    STATUS_NOT_OFFERED,
    STATUS_NOT_NEXTGEN,
    STATUS_MANUAL_COURT,
    STATUS_PAGE_NOT_RECOGNISED,
    STATUS_OFFLINE,
    STATUS_TIMED_OUT,
    STATUS_TLS_FAILED,
    STATUS_COURT_ERROR,
    STATUS_REFUSED_BY_POLICY,
    STATUS_CANCELLED,
    STATUS_BUSY,
    STATUS_BAD_INPUT,
    STATUS_INTERNAL,
    STATUS_COUNT
};

/* Exit code for wrong usage of the command line (sysexits EX_USAGE); no status has it. */
enum { EXIT_USAGE = 64 };

/* Room for a sentence with a detail of 2000 bytes, and for each advice, with the final NUL, where
 * account and court are of those that the program accepts. */
enum { STATUS_MESSAGE_MAX = 4096 };

/* The status's name as it stands in records and JSON, such as "needs_code". Never NULL. */
const char *status_name(enum status status);

/* Finds a status by its name. False, and *status unchanged, when there is none. */
bool status_from_name(const char *name, enum status *status);

/* The exit code of a command that ends so: 0, 1, 3 or one of sysexits' 65 to 77. */
int status_exit_code(enum status status);

/* What happened, without account, court or advice: "the keyring is locked". Never NULL. */
const char *status_what(enum status status);

/* What to do now, for status_fill(), at a court or without one; NULL where the status alone does not
 * tell. */
const char *status_advice(enum status status, bool at_court);

/* Are several accounts stored? Then a command that names none does not know whose it is, and advice
 * names one. */
void status_several_accounts(bool several);

/* The environment that commands in advice name, for it is not the configured one; NULL: none. name
 * stays where it is. */
void status_environment(const char *name);

/* Writes a command, or a sentence with commands, as a person types them: {court} and {account} are
 * filled in, and {as}, before which no blank stands, with " --account=LOGIN" if several accounts
 * are stored. Each comes out as one word of a POSIX shell, in single quotes where it needs them,
 * and after "-- " where it begins with a hyphen and an option could stand: no option may follow it
 * then. Bytes that status_message() encodes are encoded here too, so such a word is another login;
 * account_login_fault() takes none. Behind each "csolink " comes the option of
 * status_environment(), so only commands that take it may be written. account and court may be
 * NULL, which leaves their place open. Async-signal-safe; returns the length without NUL. */
size_t status_fill(char *out, size_t size, const char *advice, const char *account,
                   const char *court);

/* Writes what to do now, such as 'run "csolink link alnd" in a terminal', or "" where the status
 * alone does not tell, like status_message(). account and court may be NULL. */
size_t status_next(char *out, size_t size, enum status status, const char *account,
                   const char *court);

/* Writes the whole sentence into out (size bytes): "csolink: rejected (court alnd, account
 * jdoe1234): the password was refused: DETAIL; store ...". A detail that leaves no room for the
 * rest is cut at a character, and "..." stands for what is missing. advice is for status_fill();
 * NULL: that of the status. account, court and detail may be NULL. Bytes of them that are not
 * printable ASCII come out percent-encoded, for they may be a stranger's (CVE-2024-50349).
 * Async-signal-safe: no allocation, no stdio, so that a deadline's sentence can be prepared ahead.
 * Returns the length without NUL. */
size_t status_message(char *out, size_t size, enum status status, const char *account,
                      const char *court, const char *detail, const char *advice);

#endif
