/* SPDX-License-Identifier: MIT
 * TOTP through liboath, and the ledger: group "code", key used, a list of the last steps. */
#include "account/code.h"

#include <liboath/oath.h>
#include <string.h>

enum { DIGITS = 6, LEDGER_LENGTH = 16 };

static bool is_base32(const char *text, size_t size)
{
    return size >= 16 && strspn(text, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567=") == size;
}

static bool parameter_is(const char *uri, const char *name, const char *wanted)
{
    const char *found = strcasestr(uri, name);
    return !found || (strncasecmp(found + strlen(name), wanted, strlen(wanted)) == 0 &&
                      strchr("&", found[strlen(name) + strlen(wanted)]) != NULL);
}

/* Where the base32 text begins: after secret= in an otpauth URI, else at the beginning. */
static const char *base32_start(const char *text)
{
    if (strncasecmp(text, "otpauth://", strlen("otpauth://")) != 0)
        return text;
    if (strncasecmp(text, "otpauth://totp/", strlen("otpauth://totp/")) != 0 ||
        !parameter_is(text, "digits=", "6") || !parameter_is(text, "period=", "30") ||
        !parameter_is(text, "algorithm=", "SHA1"))
        return NULL;
    const char *found = strcasestr(text, "secret=");
    return found ? found + strlen("secret=") : NULL;
}

enum status code_secret_normalise(struct secret *secret)
{
    SECRET_AUTO struct secret plain = {0};
    const char *from = base32_start(secret_string(secret));
    for (; from && *from != '\0' && *from != '&'; from++) {
        char byte = g_ascii_toupper(*from);
        if (byte != ' ' && byte != '-' && !secret_append(&plain, &byte, 1))
            return STATUS_INTERNAL;
    }
    if (!is_base32(secret_string(&plain), plain.size))
        return STATUS_BAD_INPUT;
    return secret_set(secret, plain.data, plain.size) ? STATUS_OK : STATUS_INTERNAL;
}

enum status code_compute(const struct secret *secret, gint64 step, struct secret *code)
{
    char *key = NULL, digits[DIGITS + 1];
    size_t size = 0;
    if (oath_base32_decode(secret_string(secret), secret->size, &key, &size) != OATH_OK)
        return STATUS_BAD_INPUT;
    bool good = oath_totp_generate(key, size, (time_t)(step * CODE_PERIOD), CODE_PERIOD, 0, DIGITS,
                                   digits) == OATH_OK &&
                secret_set(code, digits, DIGITS);
    explicit_bzero(key, size);
    explicit_bzero(digits, sizeof digits);
    free(key);
    return good ? STATUS_OK : STATUS_INTERNAL;
}

static bool is_used(GKeyFile *keys, gint64 step)
{
    g_autofree char *wanted = g_strdup_printf("%" G_GINT64_FORMAT, step);
    g_auto(GStrv) used = g_key_file_get_string_list(keys, "code", "used", NULL, NULL);
    return used && g_strv_contains((const char *const *)used, wanted);
}

static void add_used(GKeyFile *keys, gint64 step)
{
    g_auto(GStrv) used = g_key_file_get_string_list(keys, "code", "used", NULL, NULL);
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    guint length = used ? g_strv_length(used) : 0;
    for (guint i = length >= LEDGER_LENGTH ? length - LEDGER_LENGTH + 1 : 0; i < length; i++)
        g_strv_builder_add(builder, used[i]);
    g_autofree char *text = g_strdup_printf("%" G_GINT64_FORMAT, step);
    g_strv_builder_add(builder, text);
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, "code", "used", (const char *const *)list,
                               g_strv_length(list));
}

enum status code_claim_step(struct state *state, gint64 step)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    bool used = is_used(state->keys, step);
    if (!used)
        add_used(state->keys, step);
    status = state_commit(state);
    return status == STATUS_OK && used ? STATUS_BUSY : status;
}

gint64 code_next_step(struct state *state, gint64 now)
{
    gint64 step = now / CODE_PERIOD;
    while (is_used(state->keys, step))
        step++;
    return step;
}
