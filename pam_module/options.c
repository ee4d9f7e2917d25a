/* SPDX-License-Identifier: MIT
 * The options of a PAM configuration line: one table, from which defaults and argv are read alike.
 * A mistake in it is logged and survived; a typing error must not lock anyone out. */
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "internal.h"

struct option {
    const char *name;
    /* Reads value, NULL where the word has no "=", into the field. False: it is a bad one. */
    bool (*set)(const struct option *option, void *field, const char *value);
    size_t offset;        /* of the field in struct options */
    const char *fallback; /* the default, written as on the line; NULL: zero */
    unsigned min, max;    /* of a number */
    const char *const *choices;
};

static bool set_flag(const struct option *option, void *field, const char *value)
{
    (void)option;
    if (!value)
        *(bool *)field = true;
    return !value;
}

static bool set_number(const struct option *option, void *field, const char *value)
{
    bool good = value && *value != '\0' && strspn(value, "0123456789") == strlen(value);
    errno = 0;
    unsigned long number = good ? strtoul(value, NULL, 10) : 0;
    good = good && errno == 0 && number >= option->min && number <= option->max;
    if (good)
        *(unsigned *)field = (unsigned)number;
    return good;
}

static bool set_choice(const struct option *option, void *field, const char *value)
{
    unsigned i = 0;
    while (value && option->choices[i] && strcmp(option->choices[i], value) != 0)
        i++;
    bool good = value && option->choices[i];
    if (good)
        *(unsigned *)field = i;
    return good;
}

static bool set_text(const struct option *option, void *field, const char *value)
{
    (void)option;
    if (value)
        *(const char **)field = value;
    return value != NULL;
}

static bool accept_word(const struct option *option, void *field, const char *value)
{
    (void)option;
    (void)field;
    return !value;
}

static const char *const link_choices[] = {
    [LINK_FIRST_USE] = "first-use",
    [LINK_LOGIN] = "login",
    [LINK_OFF] = "off",
    NULL,
};

/* Services without a person, without a session of their own, or (polkit-1) in a sandbox that hides
 * /run/user. */
#define NO_LOGIN "cron,crond,atd,polkit-1,systemd-user,sudo,su,su-l,runuser,runuser-l"

#define FIELD(member)         .name = #member, .offset = offsetof(struct options, member)
#define FLAG(member)          FIELD(member), .set = set_flag
#define TEXT(member, initial) FIELD(member), .set = set_text, .fallback = initial
#define CHOICE(member, initial, names)                                                             \
    FIELD(member), .set = set_choice, .fallback = initial, .choices = names
#define NUMBER(member, initial, least, most)                                                       \
    FIELD(member), .set = set_number, .fallback = initial, .min = least, .max = most
#define ACCEPTED(word) .name = #word, .set = accept_word

/* ACCEPTED words stand on many administrators' lines by habit. The module never prompts and never
 * speaks to the person, so they hold without doing anything. */
static const struct option table[] = {
    {FLAG(debug)},
    {TEXT(ignore_service, NO_LOGIN)},
    {CHOICE(link, "first-use", link_choices)},
    {NUMBER(minimum_uid, "1000", 1, UINT_MAX)},
    {ACCEPTED(silent)},
    {NUMBER(timeout, "2", 1, 10)},
    {ACCEPTED(try_first_pass)},
    {ACCEPTED(use_authtok)},
    {ACCEPTED(use_first_pass)},
};

enum { OPTIONS = sizeof table / sizeof table[0] };

static bool set(const struct option *option, struct options *options, const char *value)
{
    return option->set(option, (char *)options + option->offset, value);
}

static const struct option *find(const char *name, size_t size)
{
    const struct option *found = NULL;
    for (size_t i = 0; i < OPTIONS && !found; i++) {
        if (strlen(table[i].name) == size && memcmp(table[i].name, name, size) == 0)
            found = &table[i];
    }
    return found;
}

static void parse_word(struct call *call, const char *word)
{
    size_t size = strcspn(word, "=");
    const struct option *option = find(word, size);
    if (!option)
        call_log(call, LOG_ERR, "unknown option \"%s\" ignored", word);
    else if (!set(option, &call->options, word[size] == '=' ? word + size + 1 : NULL))
        call_log(call, LOG_ERR, "bad value in option \"%s\" ignored", word);
}

void options_parse(struct call *call, int argc, const char **argv)
{
    call->options = (struct options){0};
    for (size_t i = 0; i < OPTIONS; i++) {
        if (table[i].fallback)
            set(&table[i], &call->options, table[i].fallback);
    }
    for (int i = 0; i < argc; i++)
        parse_word(call, argv[i]);
}
