/* SPDX-License-Identifier: MIT
 * Courts that have a filing login and are not linked yet; nothing else is worth a sign-on. */
#include "court/pending_links.h"

#include <string.h>

#include "court/filing.h"
#include "court/first_use.h"
#include "deadline.h"
#include "login/login_session.h"
#include "login/logout.h"
#include "prompt/ask.h"

static void link_court(const struct config *config, struct keyring *keyring,
                       const struct account *account, const struct court *court)
{
    STATE_AUTO struct state *state = NULL;
    struct progress silent = {0};
    if (state_open(&state, account->environment, account->login) != STATUS_OK)
        return;
    struct first_use use = {.config = config,
                            .keyring = keyring,
                            .account = account,
                            .court = court,
                            .state = state,
                            .progress = &silent,
                            .by = FIRST_USE_LOGIN};
    first_use(&use);
    g_free(use.detail);
}

/* No court is begun when she has gone: her session would not end before its last one. */
static void link_account(const struct config *config, struct keyring *keyring,
                         const struct account *account, const struct directory *directory,
                         struct login_session *session)
{
    g_autoptr(GPtrArray) ids = NULL;
    deadline_keyring(config, account->login, NULL);
    if (filing_courts(keyring, account, &ids) != STATUS_OK)
        return;
    for (guint i = 0; i < ids->len; i++) {
        const struct court *court = directory_by_id(directory, g_ptr_array_index(ids, i));
        deadline_keyring(config, account->login, NULL);
        if (login_session_is_over(session))
            return;
        if (court)
            link_court(config, keyring, account, court);
    }
}

void pending_links(const struct config *config, struct keyring *keyring, GPtrArray *accounts,
                   const struct directory *directory)
{
    struct login_session session;
    ask_nobody();
    deadline_keyring(config, NULL, NULL);
    login_session_open(&session);
    logout_bounds_process();
    for (guint i = 0; i < accounts->len; i++) {
        const struct account *account = g_ptr_array_index(accounts, i);
        if (strcmp(account->purpose, "file") == 0)
            link_account(config, keyring, account, directory, &session);
    }
    login_session_close(&session);
}
