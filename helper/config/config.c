/* SPDX-License-Identifier: MIT
 * The table of configuration keys and its reader.
 * GKeyFile reads the syntax; what a key may hold and who may set it stands in one row. */
#include "config/config.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "paths.h"

static const char group[] = "csolink";

enum type { TEXT, CHOICE, NUMBER, SWITCH };

/* Who may set a key: anyone, or /etc alone. */
enum owner { ANYONE, ETC };

struct key {
    const char *name;
    enum type type;
    enum owner owner;
    size_t offset;
    const char *initial; /* default; NULL: not set */
    const char *choices; /* CHOICE: words with blanks around each */
    int least, most;     /* NUMBER */
    const char *help;
};

#define AT(member) offsetof(struct config, member)

static const struct key keys[] = {
    {"account", TEXT, ANYONE, AT(account), NULL, NULL, 0, 0,
     "login that answers where several accounts could"},
    {"ca_file", TEXT, ANYONE, AT(ca_file), NULL, NULL, 0, 0,
     "CA certificates to trust; the user's file sets it for practice accounts only"},
    {"confirm", CHOICE, ANYONE, AT(confirm), "when-names-differ", " when-names-differ always ", 0,
     0, "ask before a link is submitted: when-names-differ or always"},
    {"connect_timeout", NUMBER, ANYONE, AT(connect_timeout), "10", NULL, 1, 60,
     "seconds for one connection"},
    {"connect_to", TEXT, ANYONE, AT(connect_to), NULL, NULL, 0, 0,
     "where practice accounts connect, in curl's form HOST:PORT:HOST:PORT"},
    {"environment", CHOICE, ANYONE, AT(environment), "production", " production qa train practice ",
     0, 0, "production, qa, train or practice"},
    {"keep_filing_login", SWITCH, ANYONE, AT(keep_filing_login), "false", NULL, 0, 0,
     "true: keep a filing login after it is linked"},
    {"keyring_timeout", NUMBER, ANYONE, AT(keyring_timeout), "10", NULL, 1, 60,
     "seconds for the keyring"},
    {"keyring_transfer", CHOICE, ANYONE, AT(keyring_transfer), "plain", " plain encrypted ", 0, 0,
     "how secrets cross a bus socket of one's own: plain or encrypted"},
    {"max_token_age", NUMBER, ANYONE, AT(max_token_age), "0", NULL, 0, 10080,
     "minutes after its sign-on that a token is forgotten; 0: PACER and the courts decide"},
    {"person_timeout", NUMBER, ANYONE, AT(person_timeout), "120", NULL, 5, 600,
     "seconds that a question waits"},
    {"pinentry", TEXT, ANYONE, AT(pinentry), "/usr/bin/pinentry", NULL, 0, 0,
     "program that asks in a dialog where there is no terminal; empty: none"},
    {"proxy", TEXT, ETC, AT(proxy), NULL, NULL, 0, 0, "proxy for PACER and the courts (/etc only)"},
    {"request_timeout", NUMBER, ANYONE, AT(request_timeout), "30", NULL, 1, 120,
     "seconds for one request"},
    {"sign_ons_per_hour", NUMBER, ANYONE, AT(sign_ons_per_hour), "6", NULL, 1, 100,
     "sign-ons of one account in an hour, over all programs"},
    {"store_otp", CHOICE, ANYONE, AT(store_otp), "allowed", " allowed forbidden ", 0, 0,
     "one-time-code secrets in the keyring: allowed or forbidden"},
    {"unmarked_purpose", CHOICE, ANYONE, AT(unmarked_purpose), NULL, " file search ", 0, 0,
     "file or search for requests without --purpose"},
    {"worker_timeout", NUMBER, ANYONE, AT(worker_timeout), "60", NULL, 2, 300,
     "seconds for all the network work of a run"},
};

static void set_text(struct config *config, size_t offset, const char *text)
{
    char **place = (char **)((char *)config + offset);
    g_free(*place);
    *place = g_strdup(text);
}

static char *set_number(struct config *config, const struct key *key, const char *text)
{
    char *end = NULL;
    errno = 0;
    long number = strtol(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || number < key->least || number > key->most)
        return g_strdup_printf("is not a number from %d to %d", key->least, key->most);
    *(int *)((char *)config + key->offset) = (int)number;
    return NULL;
}

static char *set_switch(struct config *config, const struct key *key, const char *text)
{
    bool on = strcmp(text, "true") == 0;
    if (!on && strcmp(text, "false") != 0)
        return g_strdup("is neither true nor false");
    *(bool *)((char *)config + key->offset) = on;
    return NULL;
}

static char *set_choice(struct config *config, const struct key *key, const char *text)
{
    g_autofree char *word = g_strdup_printf(" %s ", text);
    if (*text == '\0' || strchr(text, ' ') || !strstr(key->choices, word)) {
        g_autofree char *choices = g_strchomp(g_strdup(key->choices));
        return g_strdup_printf("is not one of:%s", choices);
    }
    set_text(config, key->offset, text);
    return NULL;
}

/* NULL, or why not; for g_free, as above. */
static char *set_key(struct config *config, const struct key *key, const char *text)
{
    switch (key->type) {
    case CHOICE:
        return set_choice(config, key, text);
    case NUMBER:
        return set_number(config, key, text);
    case SWITCH:
        return set_switch(config, key, text);
    case TEXT:
        break;
    }
    for (const char *byte = text; *byte != '\0'; byte++) {
        if ((unsigned char)*byte < 0x20 || *byte == 0x7f)
            return g_strdup("holds a control character");
    }
    set_text(config, key->offset, text);
    return NULL;
}

static const struct key *find_key(const char *name)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (strcmp(keys[i].name, name) == 0)
            return &keys[i];
    }
    return NULL;
}

/* A key as one of the two files gives it. locks: names that /etc reserves, in the user's file; NULL
 * while /etc itself is read. */
static char *read_key(struct config *config, const char *name, const char *text, char **locks)
{
    const struct key *key = find_key(name);
    if (!key)
        return g_strdup("is not a key of csolink.conf(5)");
    if (!locks) {
        if (strcmp(name, "ca_file") == 0)
            set_text(config, AT(practice_ca_file), text);
        return set_key(config, key, text);
    }
    if (key->owner == ETC)
        return g_strdup("can be set in /etc only");
    if (g_strv_contains((const char *const *)locks, name))
        return NULL;
    if (strcmp(name, "ca_file") == 0) {
        set_text(config, AT(practice_ca_file), text);
        return NULL;
    }
    return set_key(config, key, text);
}

/* A group or a locked key that does not exist would silently protect nothing. For g_free. */
static char *structure_fault(GKeyFile *file, char *const *locked)
{
    g_auto(GStrv) groups = g_key_file_get_groups(file, NULL);
    for (char **name = groups; *name; name++) {
        if (strcmp(*name, group) != 0)
            return g_strdup_printf("group [%s] is not [%s]", *name, group);
    }
    for (; locked && *locked; locked++) {
        if (!find_key(*locked))
            return g_strdup_printf("lock: %s is not a key of csolink.conf(5)", *locked);
    }
    return NULL;
}

/* Reads one file. As etc, *locks (from its key "lock") is filled. */
static enum status read_file(struct config *config, const char *path, bool etc, char ***locks,
                             char **why)
{
    g_autoptr(GKeyFile) file = g_key_file_new();
    g_autoptr(GError) error = NULL;
    if (!g_key_file_load_from_file(file, path, G_KEY_FILE_NONE, &error)) {
        if (g_error_matches(error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
            return STATUS_OK;
        g_autofree char *plain = g_str_to_ascii(error->message, "C");
        *why = g_strdup_printf("%s: %s", path, plain);
        return STATUS_BAD_INPUT;
    }
    if (etc) {
        char **names = g_key_file_get_string_list(file, group, "lock", NULL, NULL);
        if (names) {
            g_strfreev(*locks);
            *locks = names;
        }
        g_key_file_remove_key(file, group, "lock", NULL);
    }
    g_autofree char *fault = structure_fault(file, etc ? *locks : NULL);
    if (fault) {
        *why = g_strdup_printf("%s: %s", path, fault);
        return STATUS_BAD_INPUT;
    }
    g_auto(GStrv) names = g_key_file_get_keys(file, group, NULL, NULL);
    for (char **name = names; name && *name; name++) {
        g_autofree char *text = g_key_file_get_string(file, group, *name, NULL);
        g_autofree char *reason = read_key(config, *name, text ? text : "", etc ? NULL : *locks);
        if (reason) {
            *why = g_strdup_printf("%s: %s %s", path, *name, reason);
            return STATUS_BAD_INPUT;
        }
    }
    return STATUS_OK;
}

static char *user_file_name(void)
{
    const char *base = g_getenv("XDG_CONFIG_HOME");
    if (base && g_path_is_absolute(base))
        return g_build_filename(base, "csolink", "csolink.conf", NULL);
    return g_build_filename(g_get_home_dir(), ".config", "csolink", "csolink.conf", NULL);
}

enum status config_load(struct config *config, const char *etc_file, const char *user_file,
                        char **why)
{
    *config = (struct config){0};
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].initial)
            set_key(config, &keys[i], keys[i].initial);
    }
    g_auto(GStrv) locks = g_new0(char *, 1);
    g_autofree char *user = user_file ? g_strdup(user_file) : user_file_name();
    enum status status = read_file(config, etc_file ? etc_file : CSOLINK_SYSCONFDIR "/csolink.conf",
                                   true, &locks, why);
    if (status == STATUS_OK)
        status = read_file(config, user, false, &locks, why);
    return status;
}

void config_clear(struct config *config)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++) {
        if (keys[i].type == TEXT || keys[i].type == CHOICE)
            set_text(config, keys[i].offset, NULL);
    }
    set_text(config, AT(practice_ca_file), NULL);
}

void config_print_keys(void)
{
    for (size_t i = 0; i < G_N_ELEMENTS(keys); i++)
        g_print("  %-18s %s%s%s%s\n", keys[i].name, keys[i].help,
                keys[i].initial ? " (default " : "", keys[i].initial ? keys[i].initial : "",
                keys[i].initial ? ")" : "");
}
