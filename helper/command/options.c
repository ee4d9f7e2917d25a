/* SPDX-License-Identifier: MIT
 * The table of options and its reader. getopt_long would need a second table and takes options
 * before the command from git's helper line no better. */
#include "command/options.h"

#include <string.h>

#define AT(member) offsetof(struct options, member)

const struct option_row options[] = {
    {"account", "LOGIN", AT(account), NULL, "the account, and no other"},
    {"all", NULL, AT(all), NULL,
     "logout: every account of every environment; link: every court with a filing login"},
    {"backup-code", NULL, AT(backup_code), NULL, "use up the next stored backup code"},
    {"check", NULL, AT(check), NULL,
     "ask the courts whether the account is linked, and submit nothing"},
    {"client-code", "CODE", AT(client_code), NULL, "the client code to bill searches to"},
    {"court", "COURT", AT(court), NULL, "the court that the token is for; its first use links"},
    {"environment", "NAME", AT(environment), " production qa train practice ",
     "production, qa, train or practice; accounts of different ones never mix"},
    {"generate", NULL, AT(generate), NULL,
     "propose a password by PACER's rules, and store it once PACER has it"},
    {"help", NULL, AT(help), NULL, "this text"},
    {"json", NULL, AT(json), NULL, "as JSON"},
    {"otp", "HOW", AT(otp), " none ask stored ",
     "one-time codes: none; ask for each; or computed from a stored secret, which puts both "
     "factors "
     "into one keyring"},
    {"password-set", "YYYY-MM-DD", AT(password_set), NULL,
     "the day on which the password was set; PACER wants a new one 180 days later"},
    {"progress", NULL, AT(progress), NULL, "a line a step, also in a pipe"},
    {"purpose", "PURPOSE", AT(purpose), " file search ",
     "file (may be linked, signs) or search (never links)"},
    {"qr", "FILE", AT(qr), NULL,
     "read the one-time-code secret from the QR code in a PNG or JPEG picture"},
    {"reject", NULL, AT(reject), NULL, "forget the token on standard input, which died"},
    {"replace", NULL, AT(replace), NULL,
     "keep the token on standard input, which a court gave in the old one's place"},
    {"retry", NULL, AT(retry), NULL, "send what was refused or not answered once more"},
};
const size_t option_count = G_N_ELEMENTS(options);

static void *place(const struct invocation *invocation, const struct option_row *option)
{
    return (char *)&invocation->options + option->offset;
}

bool option_is_taken(const struct command *command, const char *name)
{
    g_autofree char *word = g_strdup_printf(" %s ", name);
    return strstr(command->options, word) != NULL;
}

static const struct option_row *find(const char *text, size_t size)
{
    for (size_t i = 0; i < option_count; i++) {
        if (strlen(options[i].name) == size && strncmp(options[i].name, text, size) == 0)
            return &options[i];
    }
    return NULL;
}

static char *choose_one(const struct option_row *option)
{
    g_auto(GStrv) words = g_strsplit(option->choices, " ", -1);
    GString *text = g_string_new(NULL);
    for (char **word = words; *word; word++) {
        if (**word != '\0')
            g_string_append_printf(text, "%s--%s=%s", text->len > 0 ? " or " : "", option->name,
                                   *word);
    }
    g_string_prepend(text, "say ");
    return g_string_free(text, FALSE);
}

/* Also what a word processor or a web page makes of two hyphens: a dash. */
static bool begins_with_a_dash(const char *word)
{
    gunichar first = g_utf8_get_char_validated(word, -1);
    return strlen(word) > 1 && g_unichar_validate(first) &&
           g_unichar_type(first) == G_UNICODE_DASH_PUNCTUATION;
}

static char *take(struct invocation *invocation, const char *text)
{
    const char *value = strchr(text, '=');
    size_t size = value ? (size_t)(value - text) : strlen(text);
    const struct option_row *option = find(text, size);
    if (!option)
        return g_strdup_printf("there is no option --%.*s", (int)size, text);
    if (!option->value && value)
        return g_strdup_printf("--%s takes no value", option->name);
    if (option->value && (!value || value[1] == '\0'))
        return g_strdup_printf("--%s needs a value: --%s=%s", option->name, option->name,
                               option->value);
    if (!value) {
        *(bool *)place(invocation, option) = true;
        return NULL;
    }
    g_autofree char *word = g_strdup_printf(" %s ", value + 1);
    if (option->choices && (strchr(value + 1, ' ') || !strstr(option->choices, word)))
        return choose_one(option);
    *(const char **)place(invocation, option) = value + 1;
    return NULL;
}

char *options_parse(struct invocation *invocation, int argc, char **argv)
{
    bool only_words = false;
    invocation->arguments = g_new0(char *, (gsize)argc + 1);
    for (int i = 1; i < argc; i++) {
        if (!only_words && strcmp(argv[i], "--") == 0) {
            only_words = true;
        } else if (!only_words && strcmp(argv[i], "--version") == 0) {
            invocation->arguments[invocation->count++] = (char *)"version";
        } else if (!only_words && strncmp(argv[i], "--", 2) == 0) {
            char *why = take(invocation, argv[i] + 2);
            if (why)
                return why;
        } else if (!only_words && strcmp(argv[i], "-h") == 0) {
            invocation->options.help = true;
        } else if (!only_words && begins_with_a_dash(argv[i])) {
            return g_strdup_printf("there is no option %s; options begin with two hyphens, --",
                                   argv[i]);
        } else {
            invocation->arguments[invocation->count++] = argv[i];
        }
    }
    return NULL;
}

char *options_check(const struct invocation *invocation, const struct command *command)
{
    for (size_t i = 0; i < option_count; i++) {
        const struct option_row *option = &options[i];
        bool given = option->value ? *(const char **)place(invocation, option) != NULL
                                   : *(bool *)place(invocation, option);
        if (given && !option_is_taken(command, option->name))
            return g_strdup_printf("\"csolink %s\" takes no --%s", command->name, option->name);
    }
    return NULL;
}
