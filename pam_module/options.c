/* SPDX-License-Identifier: MIT
 * Reading the options: defaults, the configuration file, and the line itself, all alike.
 * A mistake in them is logged and survived; a typing error must not lock anyone out. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <syslog.h>

#include "internal.h"

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

/* Each reads value, NULL where the word has no "=", into the field. False: it is a bad one. */
static bool (*const set_by_kind[])(const struct option *option, void *field, const char *value) = {
    [OPTION_FLAG] = set_flag, [OPTION_NUMBER] = set_number,    [OPTION_CHOICE] = set_choice,
    [OPTION_TEXT] = set_text, [OPTION_ACCEPTED] = accept_word,
};

static bool set(const struct option *option, struct options *options, const char *value)
{
    return set_by_kind[option->kind](option, (char *)options + option->offset, value);
}

static const struct option *find(const char *name, size_t size)
{
    const struct option *found = NULL;
    for (const struct option *at = option_table; at->name && !found; at++) {
        if (strlen(at->name) == size && memcmp(at->name, name, size) == 0)
            found = at;
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

void options_parse_text(struct call *call, char *text)
{
    static const char blanks[] = " \t\r", byte_order_mark[] = "\xef\xbb\xbf";
    if (strncmp(text, byte_order_mark, sizeof byte_order_mark - 1) == 0)
        text += sizeof byte_order_mark - 1;
    for (char *line = text, *rest; line; line = rest) {
        rest = strchr(line, '\n');
        if (rest)
            *rest++ = '\0';
        line += strspn(line, blanks);
        size_t size = strcspn(line, "#");
        while (size > 0 && strchr(blanks, line[size - 1]))
            size--;
        line[size] = '\0';
        if (size > 0)
            parse_word(call, line);
    }
}

static const char *conf_of_line(int argc, const char **argv)
{
    const char *path = NULL;
    for (int i = 0; i < argc; i++) {
        if (strncmp(argv[i], "conf=", 5) == 0)
            path = argv[i] + 5;
    }
    return path;
}

/* The file of the default may be missing; one that a line names was meant to be there. */
static void read_file(struct call *call, const char *named)
{
    const char *path = named ? named : call->options.conf, *why = NULL;
    enum configuration found = configuration_read(path, call->text, &why);
    call->usable = found != CONFIGURATION_UNSAFE;
    if (found == CONFIGURATION_READ)
        options_parse_text(call, call->text);
    else if (found == CONFIGURATION_UNSAFE)
        call_log(call, LOG_ERR, "doing nothing, for %s %s", path, why);
    else if (named)
        call_log(call, LOG_ERR, "%s %s", path, why);
}

void options_parse(struct call *call, int argc, const char **argv)
{
    call->options = (struct options){0};
    for (const struct option *at = option_table; at->name; at++) {
        if (at->fallback)
            set(at, &call->options, at->fallback);
    }
    read_file(call, conf_of_line(argc, argv));
    for (int i = 0; i < argc; i++)
        parse_word(call, argv[i]);
}
