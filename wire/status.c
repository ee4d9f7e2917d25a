/* SPDX-License-Identifier: MIT
 * The status table. libc only, and constant: it is in the PAM module too. */
#include "csolink/status.h"

#include <string.h>

struct row {
    const char *name;
    int exit_code;
    const char *what;               /* what happened */
    const char *next;               /* what to do now, for status_fill() */
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
                           "run \"csolink login{as}\" in a terminal"},
    [STATUS_NEEDS_ACKNOWLEDGEMENT] = {"needs_acknowledgement", 3,
                                      "PACER's redaction rules must be acknowledged by the filer",
                                      "run \"csolink link{as} {court}\" in a terminal",
                                      "run \"csolink login{as}\" in a terminal"},
    [STATUS_NAMES_DIFFER] =
        {"names_differ", 3,
         "the court's name and PACER's name differ, you did not say that they "
         "are the same person, and nothing was linked",
         "ask the court whose filing login it is; \"csolink filing remove "
         "--account={account} {court}\" forgets it, \"csolink link{as} {court}\" in a "
         "terminal asks you again"},
    [STATUS_NEEDS_PERSON] = {"needs_person", 3, "a person has to decide or type something",
                             "run \"csolink link{as} {court}\" in a terminal",
                             "run this in a terminal"},
    [STATUS_NOT_OFFERED] =
        {"not_offered", 76, "the court offers this account no link",
         "request filing privileges at PACER: Manage My Account, Maintenance tab, "
         "Attorney (or Non-Attorney) Admissions / E-File Registration"},
    [STATUS_NOT_NEXTGEN] = {"not_nextgen", 76, "the court is not on NextGen CM/ECF",
                            "ask the court when it will be; no password was sent to it"},
    [STATUS_MANUAL_COURT] = {"manual_court", 76, "this court's accounts are linked by hand",
                             "\"csolink link{as} {court}\" prints the steps"},
    [STATUS_PAGE_NOT_RECOGNISED] =
        {"page_not_recognised", 76, "the court's page was not recognised and nothing more was sent",
         "\"csolink link --check{as} {court}\" asks whether it is linked and "
         "sends no filing password; else link in a browser, or send the "
         "copy of the page to support"},
    [STATUS_OFFLINE] = {"offline", 75, "no connection could be made",
                        "try again when the network is up"},
    [STATUS_TIMED_OUT] = {"timed_out", 75, "no answer came in time", "try again in five minutes"},
    [STATUS_TLS_FAILED] = {"tls_failed", 76, "the server's certificate could not be verified",
                           "tell your administrator; nothing was sent over that connection"},
    [STATUS_COURT_ERROR] = {"court_error", 75, "the server answered with an error",
                            "try again in five minutes"},
    [STATUS_REFUSED_BY_POLICY] = {"refused_by_policy", 77, "a rule forbids this", NULL},
    [STATUS_CANCELLED] = {"cancelled", 3, "it was cancelled and nothing was changed",
                          "run \"csolink link{as} {court}\" to be asked again",
                          "run the command again to be asked again"},
    [STATUS_BUSY] = {"busy", 75, "another csolink is at work on this account",
                     "try again when it has ended"},
    [STATUS_BAD_INPUT] = {"bad_input", 65, "the input is not valid", NULL},
    [STATUS_INTERNAL] = {"internal", 70, "an internal step failed", "try again, then report it"},
};

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

const char *status_advice(enum status status, bool at_court)
{
    const struct row *row = &rows[status];
    return at_court || !row->next_without_court ? row->next : row->next_without_court;
}
