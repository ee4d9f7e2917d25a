/* SPDX-License-Identifier: MIT
 * csolink session: the user's side of a PAM login. Answers at once, then works in the background;
 * the login never waits for the keyring or the network. */
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#include "command/select.h"
#include "court/first_use.h"
#include "csolink/record.h"
#include "csolink/session_request.h"
#include "deadline.h"

enum { REQUEST_SECONDS = 2, KEYRING_WAIT_SECONDS = 60 };

static int answer(enum status status)
{
    RECORD_AUTO struct record reply = {0};
    record_add(&reply, SESSION_KEY_STATUS, status_name(status));
    record_send(&reply, STDIN_FILENO, REQUEST_SECONDS * 1000);
    return status_exit_code(status);
}

/* The keyring is unlocked after our hook, by a module further down the stack; touching its name
 * before that leaves a new user's keyring unusable. So: wait, and never start it. */
static bool wait_for_keyring(void)
{
    const struct timespec pause = {.tv_nsec = 250 * 1000000};
    gint64 end = g_get_monotonic_time() + KEYRING_WAIT_SECONDS * (gint64)G_USEC_PER_SEC;
    while (!keyring_is_ready()) {
        if (g_get_monotonic_time() >= end)
            return false;
        nanosleep(&pause, NULL);
    }
    return true;
}

static void link_pending(struct invocation *invocation, const struct directory *directory,
                         const struct account *account, const char *court_id)
{
    STATE_AUTO struct state *state = NULL;
    const struct court *court = directory_by_id(directory, court_id);
    struct progress silent = {0};
    if (!court || state_open(&state, account->environment, account->login) != STATUS_OK)
        return;
    struct first_use use = {.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = account,
                            .court = court,
                            .state = state,
                            .progress = &silent,
                            .by = FIRST_USE_LOGIN};
    first_use(&use);
    g_free(use.detail);
}

/* Courts that have a filing login and are not linked yet; nothing else is worth a sign-on. */
static void link_account(struct invocation *invocation, const struct directory *directory,
                         const struct account *account)
{
    g_autoptr(GPtrArray) items = NULL;
    struct item_form sought = account_form(account, ITEM_KIND_FILING);
    g_autoptr(GHashTable) attributes = item_form_sought(&sought);
    invocation_arm_keyring(invocation);
    if (keyring_search(invocation->keyring, attributes, &items) != STATUS_OK)
        return;
    for (guint i = 0; i < items->len; i++) {
        struct item_form form;
        item_form_read(g_ptr_array_index(items, i), &form);
        if (form.court)
            link_pending(invocation, directory, account, form.court);
    }
}

static void work(struct invocation *invocation)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    SELECTION_AUTO struct selection selection = {0};
    deadline_arm(KEYRING_WAIT_SECONDS + REQUEST_SECONDS, STATUS_LOCKED, NULL, NULL, NULL);
    if (!wait_for_keyring() || select_directory(&directory) != STATUS_OK ||
        select_list(invocation, &selection) != STATUS_OK)
        return;
    for (guint i = 0; i < selection.accounts->len; i++) {
        const struct account *account = g_ptr_array_index(selection.accounts, i);
        if (strcmp(account->purpose, "file") == 0)
            link_account(invocation, directory, account);
    }
}

static enum status read_request(struct record *request)
{
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET)
        return STATUS_BAD_INPUT;
    enum status status = record_receive(request, STDIN_FILENO, REQUEST_SECONDS * 1000);
    const char *operation = record_get(request, SESSION_KEY_OPERATION);
    if (status == STATUS_OK && (!operation || strcmp(operation, SESSION_OPERATION_SESSION) != 0))
        status = STATUS_BAD_INPUT;
    return status;
}

int command_session(struct invocation *invocation)
{
    RECORD_AUTO struct record request = {0};
    enum status status = read_request(&request);
    const char *link = record_get(&request, SESSION_KEY_LINK);
    if (status != STATUS_OK)
        return report(status, NULL, NULL, "csolink session is for pam_csolink(8) only");
    if (!link || strcmp(link, "login") != 0)
        return answer(STATUS_OK);
    /* PAM waits for its direct child; the work belongs to a grandchild in a session of its own. */
    pid_t child = fork();
    if (child < 0)
        return answer(STATUS_INTERNAL);
    if (child > 0)
        return answer(STATUS_OK);
    alarm(0);
    setsid();
    close(STDIN_FILENO);
    secret_harden_process();
    work(invocation);
    return 0;
}
