/* SPDX-License-Identifier: MIT
 * Whose token has which name in its store, and when it is too old. */
#include "session/token.h"

#include <string.h>

#include "account/environment.h"
#include "session/token_store.h"

/* Logins and client codes are escaped, so a blank parts the words of a name. */
static const char prefix[] = "token";
enum word { PREFIX, ENVIRONMENT, ACCOUNT, CLIENT_CODE, WORDS };

/* A store, open. */
struct access {
    const struct token_store *store;
    int handle;
    char *name;
};

static void access_end(struct access *access)
{
    if (access->store)
        access->store->close(access->handle);
    g_free(access->name);
}
#define ACCESS_AUTO __attribute__((cleanup(access_end)))

static void kept_clear(struct kept_token *token)
{
    secret_clear(&token->text);
}
#define KEPT_AUTO __attribute__((cleanup(kept_clear)))

static char *name_of(const struct token_key *key)
{
    g_autofree char *account = g_uri_escape_string(key->account, NULL, FALSE);
    g_autofree char *code =
        key->client_code ? g_uri_escape_string(key->client_code, NULL, FALSE) : g_strdup("");
    return g_strjoin(" ", prefix, key->environment, account, code, NULL);
}

static enum status open_store(struct access *access, bool exclusive)
{
    const struct token_store *store = &token_folder;
    enum status status = store->open(exclusive, &access->handle);
    if (status == STATUS_ABSENT) {
        store = &token_kernel;
        status = store->open(exclusive, &access->handle);
    }
    if (status == STATUS_OK)
        access->store = store;
    return status;
}

static enum status begin(struct access *access, const struct token_key *key, bool exclusive)
{
    access->name = name_of(key);
    return open_store(access, exclusive);
}

static gint64 now_seconds(void)
{
    return g_get_real_time() / G_USEC_PER_SEC;
}

/* Too old; or from a time to come, and then the clock was set back and nobody knows how old. */
static bool is_too_old(const struct kept_token *token, int max_age)
{
    gint64 age = now_seconds() - token->signed_on;
    return max_age > 0 && (age < 0 || age >= max_age);
}

/* A token that is too old is none. */
static enum status read_kept(const struct access *access, const struct token_key *key,
                             struct kept_token *token)
{
    enum status status = access->store->read(access->handle, access->name, token);
    if (status == STATUS_OK && is_too_old(token, key->max_age))
        status = STATUS_ABSENT;
    return status;
}

/* The caller gets the text, and *token is empty. */
static void give(struct kept_token *token, struct secret *text)
{
    secret_clear(text);
    *text = token->text;
    token->text = (struct secret){0};
}

struct token_key token_key_of(const struct config *config, const struct account *account)
{
    return (struct token_key){account->environment, account->login, account->client_code,
                              config->max_token_age * 60};
}

bool token_is_clean(const struct secret *token)
{
    for (size_t i = 0; i < token->size; i++) {
        if (token->data[i] <= ' ' || token->data[i] > '~' || token->data[i] == ';')
            return false;
    }
    return token->size > 0 && token->size <= TOKEN_MAX;
}

enum status token_read(const struct token_key *key, struct secret *token)
{
    ACCESS_AUTO struct access access = {0};
    KEPT_AUTO struct kept_token kept = {0};
    enum status status = begin(&access, key, false);
    if (status == STATUS_OK)
        status = read_kept(&access, key, &kept);
    if (status == STATUS_OK)
        give(&kept, token);
    return status;
}

static enum status write_kept(const struct access *access, const struct token_key *key,
                              struct kept_token *kept, const struct secret *token)
{
    if (!secret_set(&kept->text, token->data, token->size))
        return STATUS_INTERNAL;
    return access->store->write(access->handle, access->name, kept, key->max_age);
}

enum status token_write(const struct token_key *key, const struct secret *token)
{
    ACCESS_AUTO struct access access = {0};
    KEPT_AUTO struct kept_token kept = {.signed_on = now_seconds()};
    enum status status = begin(&access, key, true);
    return status == STATUS_OK ? write_kept(&access, key, &kept, token) : status;
}

enum status token_replace(const struct token_key *key, const struct secret *token)
{
    ACCESS_AUTO struct access access = {0};
    KEPT_AUTO struct kept_token kept = {0};
    enum status status = begin(&access, key, true);
    if (status == STATUS_OK)
        status = read_kept(&access, key, &kept);
    return status == STATUS_OK ? write_kept(&access, key, &kept, token) : status;
}

enum status token_reject(const struct token_key *key, const struct secret *dead)
{
    ACCESS_AUTO struct access access = {0};
    KEPT_AUTO struct kept_token kept = {0};
    enum status status = begin(&access, key, true);
    if (status == STATUS_OK)
        status = read_kept(&access, key, &kept);
    if (status != STATUS_OK)
        return status;
    if (!secret_equal(kept.text.data, kept.text.size, dead->data, dead->size))
        return STATUS_ABSENT;
    access.store->drop(access.handle, access.name);
    return STATUS_OK;
}

enum status token_take(const struct token_key *key, struct secret *token)
{
    ACCESS_AUTO struct access access = {0};
    KEPT_AUTO struct kept_token kept = {0};
    enum status status = begin(&access, key, true);
    if (status != STATUS_OK)
        return status;
    status = read_kept(&access, key, &kept);
    access.store->drop(access.handle, access.name);
    if (status == STATUS_OK)
        give(&kept, token);
    return status;
}

void token_drop(const struct token_key *key)
{
    ACCESS_AUTO struct access access = {0};
    if (begin(&access, key, true) == STATUS_OK)
        access.store->drop(access.handle, access.name);
}

static void key_free(void *data)
{
    struct token_key *key = data;
    g_free((char *)key->environment);
    g_free((char *)key->account);
    g_free((char *)key->client_code);
    g_free(key);
}

/* NULL: that is not the name of a token. */
static struct token_key *key_of(const char *name)
{
    g_auto(GStrv) words = g_strsplit(name, " ", -1);
    if (g_strv_length(words) != WORDS || strcmp(words[PREFIX], prefix) != 0 ||
        !environment_by_name(words[ENVIRONMENT]))
        return NULL;
    struct token_key *key = g_new0(struct token_key, 1);
    key->environment = g_strdup(words[ENVIRONMENT]);
    key->account = g_uri_unescape_string(words[ACCOUNT], NULL);
    key->client_code =
        *words[CLIENT_CODE] != '\0' ? g_uri_unescape_string(words[CLIENT_CODE], NULL) : NULL;
    if (!key->account)
        g_clear_pointer(&key, key_free);
    return key;
}

GPtrArray *token_list(void)
{
    ACCESS_AUTO struct access access = {0};
    g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func(g_free);
    GPtrArray *keys = g_ptr_array_new_with_free_func(key_free);
    if (open_store(&access, false) == STATUS_OK)
        access.store->list(access.handle, names);
    for (guint i = 0; i < names->len; i++) {
        struct token_key *key = key_of(g_ptr_array_index(names, i));
        if (key)
            g_ptr_array_add(keys, key);
    }
    return keys;
}
