/* SPDX-License-Identifier: MIT
 * Reading secrets for commands; a person's typing and a script's lines end in the same buffers. */
#include "command/secrets.h"

#include <errno.h>
#include <glib.h>
#include <string.h>
#include <unistd.h>

#include "code/code.h"
#include "deadline.h"
#include "password/password_age.h"
#include "prompt/ask.h"

static char *otp_prompt(const char *whom)
{
    return g_strdup_printf("One-time-code secret (base32 or otpauth URI) of %s: ", whom);
}

void secrets_clear(struct secrets *secrets)
{
    secret_clear(&secrets->password);
    secret_clear(&secrets->otp_secret);
}

static enum status ask(const struct invocation *invocation, const char *whom, bool with_otp,
                       struct secrets *secrets)
{
    g_autofree char *prompt = g_strdup_printf("Password of %s: ", whom);
    g_autofree char *second_prompt = otp_prompt(whom);
    enum status status = ask_secret(&invocation->config, prompt, &secrets->password);
    if (status == STATUS_OK && with_otp && secrets->password.size > 0)
        status = ask_secret(&invocation->config, second_prompt, &secrets->otp_secret);
    if (status != STATUS_OK)
        report(status, NULL, NULL,
               status == STATUS_BAD_INPUT ? "that is longer than any password" : NULL);
    return status;
}

/* Of two lines git takes the last; of secrets that are stored nobody could tell which is meant. */
static enum status take(const struct record *record, const char *key, struct secret *secret)
{
    size_t lines = record_count(record, key);
    if (lines == 1) {
        const char *value = record_get(record, key);
        return secret_set(secret, value, strlen(value)) ? STATUS_OK : STATUS_INTERNAL;
    }
    g_autofree char *why = g_strdup_printf("standard input has %s line %s=...",
                                           lines == 0 ? "no" : "more than one", key);
    report(STATUS_BAD_INPUT, NULL, NULL, why);
    return STATUS_BAD_INPUT;
}

static enum status read_lines(bool with_password, bool with_otp, struct secrets *secrets)
{
    RECORD_AUTO struct record record = {0};
    const char *why = NULL;
    enum status status = record_read(&record, STDIN_FILENO, &why);
    if (status != STATUS_OK)
        report(status, NULL, NULL, why);
    if (status == STATUS_OK && with_password)
        status = take(&record, "password", &secrets->password);
    if (status == STATUS_OK && with_otp)
        status = take(&record, "otp_secret", &secrets->otp_secret);
    return status;
}

/* A password that no form and no JSON could carry is refused before it is stored. */
static const char *password_fault(const struct secret *password)
{
    if (password->size == 0)
        return "the password is empty";
    if (password->size > 512 || !g_utf8_validate(password->data, (gssize)password->size, NULL))
        return "the password is longer than 512 bytes or not UTF-8";
    for (size_t i = 0; i < password->size; i++) {
        if ((unsigned char)password->data[i] < 0x20 || password->data[i] == 0x7f)
            return "the password holds a control character";
    }
    return NULL;
}

/* Blanks that were pasted along are the likeliest slip of all, and may belong to it. */
static void note_blanks(const char *whom, const struct secret *password)
{
    if (password->data[0] == ' ' || password->data[password->size - 1] == ' ')
        g_printerr("csolink: the password of %s begins or ends with a blank, which is part of what "
                   "is stored\n",
                   whom);
}

const char *secrets_date_fault(const struct options *options)
{
    GDate today = password_age_today();
    return options->password_set ? password_age_date_fault(options->password_set, &today) : NULL;
}

enum status secrets_read(const struct invocation *invocation, const char *whom, bool with_otp,
                         struct secrets *secrets)
{
    deadline_arm(2 * invocation->config.person_timeout + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT,
                 NULL, NULL, "no secret was given");
    enum status status = isatty(STDIN_FILENO) ? ask(invocation, whom, with_otp, secrets)
                                              : read_lines(true, with_otp, secrets);
    if (status != STATUS_OK)
        return status;
    const char *fault = password_fault(&secrets->password);
    if (fault) {
        report(STATUS_BAD_INPUT, NULL, NULL, fault);
        return STATUS_BAD_INPUT;
    }
    note_blanks(whom, &secrets->password);
    return with_otp ? secrets_normalise_otp(&secrets->otp_secret) : STATUS_OK;
}

enum status secrets_normalise_otp(struct secret *secret)
{
    const char *fault = NULL;
    enum status status = code_secret_normalise(secret, &fault);
    if (status != STATUS_OK)
        report(status, NULL, NULL, fault);
    return status;
}

enum status secrets_read_otp(const struct invocation *invocation, const char *whom,
                             struct secret *secret)
{
    SECRETS_AUTO struct secrets secrets = {0};
    enum status status;
    deadline_person(&invocation->config, 1, NULL, NULL);
    if (isatty(STDIN_FILENO)) {
        g_autofree char *prompt = otp_prompt(whom);
        status = ask_secret(&invocation->config, prompt, secret);
        if (status != STATUS_OK)
            report(status, NULL, NULL, NULL);
    } else {
        status = read_lines(false, true, &secrets);
        if (status == STATUS_OK &&
            !secret_set(secret, secrets.otp_secret.data, secrets.otp_secret.size))
            status = STATUS_INTERNAL;
    }
    return status == STATUS_OK ? secrets_normalise_otp(secret) : status;
}

enum status secrets_may_store_otp(const struct invocation *invocation, const char *login)
{
    if (strcmp(invocation->config.store_otp, "forbidden") != 0)
        return STATUS_OK;
    report(STATUS_REFUSED_BY_POLICY, login, NULL,
           "one-time-code secrets may not be stored here (store_otp in csolink.conf(5)); "
           "--otp=ask asks for each code");
    return STATUS_REFUSED_BY_POLICY;
}

void secrets_warn_of_stored_otp(void)
{
    g_printerr("csolink: the one-time-code secret now lies in the same keyring as the password, so "
               "that who opens the keyring has both factors: keep a second authenticator or backup "
               "codes elsewhere\n");
}

enum status secrets_print(struct secret *text)
{
    if (!secret_append(text, "\n", 1))
        return STATUS_INTERNAL;
    for (size_t done = 0; done < text->size;) {
        ssize_t wrote = write(STDOUT_FILENO, text->data + done, text->size - done);
        if (wrote < 0 && errno != EINTR)
            return STATUS_INTERNAL;
        done += wrote > 0 ? (size_t)wrote : 0;
    }
    return STATUS_OK;
}
