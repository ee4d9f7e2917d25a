/* SPDX-License-Identifier: MIT
 * The names that scenarios use for libpam's and syslog's constants, and for invented passwords. */
#include <string.h>
#include <sys/resource.h>
#include <syslog.h>

#include "scenario.h"

/* "ignore" is what only an observed stack can see: libpam never returns it to a host. */
const struct word code_words[] = {
    {"success", PAM_SUCCESS},
    {"ignore", PAM_IGNORE},
    {"acct_expired", PAM_ACCT_EXPIRED},
    {"auth_err", PAM_AUTH_ERR},
    {"authinfo_unavail", PAM_AUTHINFO_UNAVAIL},
    {"authtok_err", PAM_AUTHTOK_ERR},
    {"buf_err", PAM_BUF_ERR},
    {"conv_err", PAM_CONV_ERR},
    {"cred_err", PAM_CRED_ERR},
    {"maxtries", PAM_MAXTRIES},
    {"module_unknown", PAM_MODULE_UNKNOWN},
    {"new_authtok_reqd", PAM_NEW_AUTHTOK_REQD},
    {"perm_denied", PAM_PERM_DENIED},
    {"service_err", PAM_SERVICE_ERR},
    {"session_err", PAM_SESSION_ERR},
    {"system_err", PAM_SYSTEM_ERR},
    {"user_unknown", PAM_USER_UNKNOWN},
    {NULL, 0},
};

const struct word flag_words[] = {
    {"silent", (int)PAM_SILENT},
    {"establish", (int)PAM_ESTABLISH_CRED},
    {"reinitialize", (int)PAM_REINITIALIZE_CRED},
    {"refresh", (int)PAM_REFRESH_CRED},
    {"delete", (int)PAM_DELETE_CRED},
    {"disallow_null", (int)PAM_DISALLOW_NULL_AUTHTOK},
    {"expired", (int)PAM_CHANGE_EXPIRED_AUTHTOK},
    {NULL, 0},
};

const struct word message_words[] = {
    {"hidden", PAM_PROMPT_ECHO_OFF},
    {"shown", PAM_PROMPT_ECHO_ON},
    {"error", PAM_ERROR_MSG},
    {"info", PAM_TEXT_INFO},
    {NULL, 0},
};

const struct word priority_words[] = {
    {"crit", LOG_CRIT},
    {"err", LOG_ERR},
    {"warning", LOG_WARNING},
    {"notice", LOG_NOTICE},
    {"info", LOG_INFO},
    {"debug", LOG_DEBUG},
    {NULL, 0},
};

const struct word item_words[] = {
    {"user", PAM_USER}, {"ruser", PAM_RUSER},     {"rhost", PAM_RHOST},
    {"tty", PAM_TTY},   {"service", PAM_SERVICE}, {NULL, 0},
};

const struct word limit_words[] = {
    {"memory", RLIMIT_AS},
    {"files", RLIMIT_NOFILE},
    {"processes", RLIMIT_NPROC},
    {NULL, 0},
};

const char *const groups[] = {"auth", "account", "password", "session", NULL};

#define EIGHT(text)   text text text text text text text text
#define LONGEST_TAKEN EIGHT(EIGHT("LongWord"))

/* The first two are those of the machine's persons; ../run sets them. */
static const struct {
    const char *name, *text;
} passwords[] = {
    {"right", "Stare-Decisis-17"},
    {"clerk", "Habeas-Corpus-42"},
    {"new", "Amicus-Curiae-88"},
    {"wrong", "Res-Judicata-99"},
    {"blanks", " pro se = 'yes' "},
    {"accents", "caf\xc3\xa9 \xc2\xa7 1983"},
    {"empty", ""},
    {"of-512-bytes", LONGEST_TAKEN},
    {"of-513-bytes", LONGEST_TAKEN "x"},
};

const struct word *word_find(const struct word *words, const char *name)
{
    while (words->name && strcmp(words->name, name) != 0)
        words++;
    return words->name ? words : NULL;
}

const char *word_of(const struct word *words, int value)
{
    while (words->name && words->value != value)
        words++;
    return words->name;
}

const char *password_find(const char *name)
{
    for (size_t i = 0; i < sizeof passwords / sizeof passwords[0]; i++) {
        if (strcmp(passwords[i].name, name) == 0)
            return passwords[i].text;
    }
    return NULL;
}
