/* SPDX-License-Identifier: MIT
 * csolink token: the token for a tool, and what a tool has to say about it. One that is kept costs
 * no D-Bus, no network and no state file. */
#include <string.h>
#include <unistd.h>

#include "account/environment.h"
#include "command/secrets.h"
#include "command/select.h"
#include "court/first_use.h"
#include "deadline.h"
#include "password/password.h"
#include "session/fresh_token.h"
#include "session/token.h"

enum { LOCK_SECONDS = 10 };

/* What was asked for; court is NULL where none was named. */
struct wish {
    struct directory *directory;
    const struct court *court;
    struct selection selection;
};

static void wish_clear(struct wish *wish)
{
    g_clear_pointer(&wish->directory, directory_free);
    selection_clear(&wish->selection);
}
#define WISH_AUTO __attribute__((cleanup(wish_clear)))

static struct first_use use_of(struct invocation *invocation, const struct wish *wish,
                               struct progress *progress)
{
    return (struct first_use){.config = &invocation->config,
                              .keyring = invocation->keyring,
                              .account = wish->selection.account,
                              .court = wish->court,
                              .state = wish->selection.state,
                              .progress = progress,
                              .by = FIRST_USE_GET};
}

/* A search account never links. */
static bool is_linking(const struct wish *wish)
{
    return wish->court && strcmp(wish->selection.account->purpose, "file") == 0;
}

/* --- from the cache --- */

/* With the roster alone: a token is kept, and the court, if any, is linked. */
static bool find_kept(struct invocation *invocation, struct wish *wish, struct secret *token)
{
    struct selection *selection = &wish->selection;
    struct progress silent = {0};
    if (!select_from_roster(invocation, selection))
        return false;
    if (is_linking(wish)) {
        const struct account *account = selection->account;
        if (state_open(&selection->state, account->environment, account->login) != STATUS_OK)
            return false;
        struct first_use use = use_of(invocation, wish, &silent);
        if (!first_use_is_done(&use))
            return false;
    }
    struct token_key key = token_key_of(&invocation->config, selection->account);
    return token_read(&key, token) == STATUS_OK;
}

/* --- with the keyring --- */

/* As get does: what keeps the court from being linked need not keep the token. STATUS_OK also then;
 * *said is what was said. */
static enum status use_court(struct invocation *invocation, const struct wish *wish,
                             struct progress *progress, enum status *said)
{
    struct first_use use = use_of(invocation, wish, progress);
    const char *login = use.account->login, *court = use.court->id;
    progress->court = court;
    *said = first_use(&use);
    progress_clear();
    if (*said == STATUS_REJECTED && use.filing_refused)
        select_tell_refused_filing(invocation, use.account, court, use.detail);
    else if (*said != STATUS_OK)
        report(*said, login, court, use.detail);
    progress->court = NULL;
    g_free(use.detail);
    bool is_over = *said == STATUS_REJECTED || *said == STATUS_REFUSED_BY_POLICY;
    return is_over && !use.filing_refused ? *said : STATUS_OK;
}

/* The sentence of a failure has been printed. */
static enum status obtain(struct invocation *invocation, const struct wish *wish,
                          struct secret *token)
{
    const struct selection *selection = &wish->selection;
    struct progress progress = {0};
    struct sign_on run = select_sign_on(invocation, selection, &progress);
    enum status said = STATUS_OK, status = STATUS_OK;
    /* A sign-on that fails for the court's sake fails for the token's too. */
    int before = sign_on_last(selection->state).run;
    progress_begin(&progress, invocation->options.progress);
    if (is_linking(wish))
        status = use_court(invocation, wish, &progress, &said);
    if (status != STATUS_OK)
        return status;
    status = shared_token(&run, before, token);
    progress_clear();
    if (status != STATUS_OK && status != said)
        report(status, selection->account->login, NULL, run.detail);
    g_free(run.detail);
    return status;
}

static enum status find_or_sign_on(struct invocation *invocation, struct wish *wish,
                                   struct secret *token)
{
    if (find_kept(invocation, wish, token))
        return STATUS_OK;
    selection_clear(&wish->selection);
    enum status status = select_answering(invocation, &wish->selection);
    return status == STATUS_OK ? obtain(invocation, wish, token) : status;
}

static enum status take_options(const struct invocation *invocation, struct wish *wish)
{
    const struct options *options = &invocation->options;
    if (!options->court)
        return STATUS_OK;
    enum status status = select_directory_quietly(&wish->directory);
    if (status == STATUS_OK)
        status = select_court(wish->directory, options->court, &wish->court);
    if (status == STATUS_OK &&
        !environment_by_name(invocation_environment(invocation))->has_courts) {
        status = STATUS_REFUSED_BY_POLICY;
        report(status, NULL, wish->court->id,
               "the courts of the directory do not belong to this environment");
    }
    return status;
}

/* --- what a tool says of its token --- */

static enum status read_line(const struct invocation *invocation, struct secret *line)
{
    char block[512];
    ssize_t got = 0;
    deadline_arm(invocation->config.person_timeout, STATUS_BAD_INPUT, NULL, NULL,
                 "no token came on standard input");
    bool good = true;
    while (good && line->size <= sizeof block * 16 &&
           (got = read(STDIN_FILENO, block, sizeof block)) > 0)
        good = secret_append(line, block, (size_t)got);
    explicit_bzero(block, sizeof block);
    if (line->size > 0 && line->data[line->size - 1] == '\n')
        line->data[--line->size] = '\0';
    if (good && got >= 0 && token_is_clean(line))
        return STATUS_OK;
    report(STATUS_BAD_INPUT, NULL, NULL, "standard input is not one line with a token");
    return STATUS_BAD_INPUT;
}

/* --replace and --reject. Whose token it is, the roster knows without a word. */
static int take_word(struct invocation *invocation)
{
    SECRET_AUTO struct secret line = {0};
    SELECTION_AUTO struct selection selection = {0};
    bool replaces = invocation->options.replace;
    enum status status = read_line(invocation, &line);
    if (status == STATUS_OK && !select_from_roster(invocation, &selection))
        status = select_answering(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    struct token_key key = token_key_of(&invocation->config, selection.account);
    /* Another process that writes tokens is done in no time, unless it is stopped. */
    deadline_arm(LOCK_SECONDS, STATUS_BUSY, key.account, NULL, NULL);
    status = replaces ? token_replace(&key, &line) : token_reject(&key, &line);
    if (status == STATUS_OK || (status == STATUS_ABSENT && !replaces))
        return 0; /* one to reject is not kept, or not any more */
    return report(status, selection.account->login, NULL,
                  status == STATUS_ABSENT ? "no token is kept whose place this one could take"
                                          : NULL);
}

int command_token(struct invocation *invocation)
{
    const struct options *options = &invocation->options;
    SECRET_AUTO struct secret token = {0};
    WISH_AUTO struct wish wish = {0};
    if (options->replace && options->reject)
        return report_usage("--replace and --reject exclude each other");
    if ((options->replace || options->reject) && options->court)
        return report_usage("--court is for a token that is printed");
    enum status status = take_options(invocation, &wish);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (options->replace || options->reject)
        return take_word(invocation);
    status = find_or_sign_on(invocation, &wish, &token);
    if (status == STATUS_OK && secrets_print(&token) != STATUS_OK)
        return report(STATUS_INTERNAL, NULL, NULL, "standard output cannot be written");
    return status_exit_code(status);
}

/* --- login: the same without printing it; a new password waits for no cold cache --- */

static enum status prove_pending(struct invocation *invocation, const struct selection *selection)
{
    struct progress progress = {0};
    struct sign_on run = select_sign_on(invocation, selection, &progress);
    progress_begin(&progress, invocation->options.progress);
    enum status status = fresh_token(&run);
    progress_clear();
    if (status != STATUS_OK)
        report(status, selection->account->login, NULL, run.detail);
    g_free(run.detail);
    return status;
}

int command_login(struct invocation *invocation)
{
    SECRET_AUTO struct secret token = {0};
    WISH_AUTO struct wish wish = {0};
    enum status status = select_answering(invocation, &wish.selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    status = password_is_pending(wish.selection.state) ? prove_pending(invocation, &wish.selection)
                                                       : obtain(invocation, &wish, &token);
    if (status == STATUS_OK)
        g_print("%s: signed on\n", wish.selection.account->login);
    return status_exit_code(status);
}
