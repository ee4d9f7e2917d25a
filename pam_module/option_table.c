/* SPDX-License-Identifier: MIT
 * The options of a PAM configuration line: one table, from which they are read and from which the
 * manual's list is made. */
#include <limits.h>

#include "internal.h"
#include "paths.h"

static const char *const background_choices[] = {
    [BACKGROUND_HELPER] = "helper",
    [BACKGROUND_SYSTEMD] = "systemd",
    NULL,
};
static const char *const link_choices[] = {
    [LINK_FIRST_USE] = "first-use",
    [LINK_LOGIN] = "login",
    [LINK_OFF] = "off",
    NULL,
};
static const char *const refresh_choices[] = {
    [REFRESH_OFF] = "off",
    [REFRESH_UNLOCK] = "unlock",
    NULL,
};

/* Services without a person, without a session of their own, or (polkit-1) in a sandbox that hides
 * /run/user. */
#define NO_LOGIN "cron,crond,atd,polkit-1,systemd-user,sudo,su,su-l,runuser,runuser-l"

#define FIELD(member) .name = #member, .offset = offsetof(struct options, member)
#define FLAG(member)  FIELD(member), .kind = OPTION_FLAG
#define TEXT(member, initial, word)                                                                \
    FIELD(member), .kind = OPTION_TEXT, .fallback = initial, .argument = word
#define CHOICE(member, initial)                                                                    \
    FIELD(member), .kind = OPTION_CHOICE, .fallback = initial, .choices = member##_choices
#define NUMBER(member, initial, least, most, word)                                                 \
    FIELD(member), .kind = OPTION_NUMBER, .fallback = initial, .min = least, .max = most,          \
                   .argument = word

/* Words that stand on many lines by habit: the module never prompts and never speaks to the person,
 * so they hold without doing anything. */
#define ACCEPTED(word)                                                                             \
    .name = #word, .kind = OPTION_ACCEPTED, .meaning = "Accepted, and changes nothing."

const struct option option_table[] = {
    {CHOICE(background, "helper"),
     .meaning = "Who works for the user after the login: a detached process of the session's, "
                "which waits at most 60 seconds for the keyring, or the unit\n"
                ".Pa csolink-login.service\n"
                "of the user's systemd. Where systemd does not take it, the process does it."},
    {FLAG(capture),
     .meaning = "On an auth line: keep the accepted login password until the session is opened, "
                "and hand it to\n.Xr csolink 1\n"
                "as the account's pending password. For firms whose login password is the PACER "
                "password; see\n.Sx CAPTURE ."},
    {TEXT(conf, CSOLINK_SYSCONFDIR "/pam.conf", "file"),
     .meaning =
         "Options that hold for all lines: one a line, written as here and without blanks;\n.Sq #\n"
         "begins a comment. What stands on the line itself wins. The file must be root's, "
         "not writable by others, no link, and 4096 bytes at most; else the module does nothing. "
         "Everybody should be able to read it: a screen lock runs as its user."},
    {FLAG(debug), .meaning = "Log each call and decision."},
    {TEXT(ignore_service, NO_LOGIN, "name,..."),
     .meaning = "Do nothing in these services. Replaces the default."},
    {CHOICE(link, "first-use"),
     .meaning = "When the link step is done: by the first tool that asks for a credential, in the "
                "background of each login, or neither."},
    {NUMBER(minimum_uid, "1000", 1, UINT_MAX, "number"),
     .meaning = "Leave users with smaller numbers alone."},
    {CHOICE(refresh, "off"), .meaning =
                                 "On an auth line:\n.Cm unlock\n"
                                 "makes the unlocking of a screen look for pending links again."},
    {ACCEPTED(silent)},
    {NUMBER(timeout, "2", 1, 10, "seconds"),
     .meaning = "Wait so long at most for the word that the background work was started, 1 to 10."},
    {ACCEPTED(try_first_pass)},
    {ACCEPTED(use_authtok)},
    {ACCEPTED(use_first_pass)},
    {.name = NULL},
};
