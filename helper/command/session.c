/* SPDX-License-Identifier: MIT
 * csolink session: the user's side of a PAM login. csolink-session has answered for it; nobody
 * waits for it, and it waits for the keyring in the background. */
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "command/select.h"
#include "court/link_state.h"
#include "court/pending_links.h"
#include "csolink/record.h"
#include "csolink/session_request.h"
#include "login/unit.h"
#include "login/wait.h"
#include "password/password.h"

enum { REQUEST_SECONDS = 2 };

/* What is asked for, besides a captured password. */
struct wish {
    bool link, by_unit;
};

static bool says(const struct record *request, const char *key, const char *value)
{
    const char *said = record_get(request, key);
    return said && strcmp(said, value) == 0;
}

/* --- the work --- */

static enum status link_now(struct invocation *invocation)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    SELECTION_AUTO struct selection selection = {0};
    enum status status = select_directory_quietly(&directory);
    if (status == STATUS_OK)
        status = select_list(invocation, &selection);
    if (status == STATUS_OK)
        pending_links(&invocation->config, invocation->keyring, selection.accounts, directory);
    return status;
}

/* The one that waits already will find what is pending. */
static enum status wait_and_link(struct invocation *invocation)
{
    const char *detail = NULL;
    enum status status = wait_claim(&detail);
    if (status == STATUS_BUSY)
        return STATUS_OK;
    if (status == STATUS_OK)
        status = wait_for_keyring(&detail);
    if (status == STATUS_OK)
        return link_now(invocation);
    report(status, NULL, NULL, detail);
    return status;
}

/* A new secret, as when a person stores it; but PACER is not asked because of it. */
static enum status keep_password(struct invocation *invocation, const struct secret *text)
{
    SELECTION_AUTO struct selection selection = {0};
    bool kept = false;
    enum status status = select_filer(invocation, &selection);
    if (status == STATUS_OK)
        status = password_store_captured(invocation->keyring, selection.account, selection.state,
                                         text, &kept);
    return kept ? link_forget_outcomes(selection.state, NULL) : status;
}

/* --- the operations --- */

static enum status serve_session(struct invocation *invocation, const struct wish *wish)
{
    if (!wish->link || (wish->by_unit && unit_start()))
        return STATUS_OK;
    return wait_and_link(invocation);
}

static enum status serve_refresh(struct invocation *invocation, const struct wish *wish)
{
    struct wish links = {.link = true, .by_unit = wish->by_unit};
    return serve_session(invocation, &links);
}

/* A secret cannot go through a unit, so this waits itself, and whoever else does. text is wiped. */
static enum status serve_capture(struct invocation *invocation, const struct wish *wish,
                                 struct secret *text)
{
    const char *detail = NULL;
    enum status status = wait_for_keyring(&detail);
    if (status == STATUS_OK)
        keep_password(invocation, text);
    secret_clear(text);
    if (status != STATUS_OK || !wish->link || (wish->by_unit && unit_start()))
        return status;
    return link_now(invocation);
}

/* --- the request --- */

static enum status receive_request(struct record *request)
{
    int type = 0;
    socklen_t size = sizeof type;
    if (getsockopt(STDIN_FILENO, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_SEQPACKET)
        return STATUS_BAD_INPUT;
    return record_receive(request, STDIN_FILENO, REQUEST_SECONDS * 1000);
}

/* Nobody is at the other end any more. */
static bool leave_socket(void)
{
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    bool left = null >= 0 && dup2(null, STDIN_FILENO) == STDIN_FILENO;
    if (null >= 0)
        close(null);
    return left;
}

static enum status serve(struct invocation *invocation, struct record *request)
{
    SECRET_AUTO struct secret text = {0};
    const struct wish wish = {.link = says(request, SESSION_KEY_LINK, "login"),
                              .by_unit = says(request, SESSION_KEY_BACKGROUND, "systemd")};
    if (says(request, SESSION_KEY_OPERATION, SESSION_OPERATION_SESSION))
        return serve_session(invocation, &wish);
    if (says(request, SESSION_KEY_OPERATION, SESSION_OPERATION_REFRESH))
        return serve_refresh(invocation, &wish);
    const char *secret = record_get(request, SESSION_KEY_SECRET);
    if (!says(request, SESSION_KEY_OPERATION, SESSION_OPERATION_CAPTURE) || !secret)
        return STATUS_BAD_INPUT;
    if (!secret_set(&text, secret, strlen(secret)))
        return STATUS_INTERNAL;
    record_clear(request);
    return serve_capture(invocation, &wish, &text);
}

int command_session(struct invocation *invocation)
{
    RECORD_AUTO struct record request = {0};
    enum status status = receive_request(&request);
    if (status == STATUS_OK && !leave_socket())
        status = STATUS_INTERNAL;
    if (status != STATUS_OK)
        return report(status, NULL, NULL,
                      "only pam_csolink(8) starts \"csolink session\", and a person wants "
                      "\"csolink link COURT\"");
    return status_exit_code(serve(invocation, &request));
}

int command_session_link(struct invocation *invocation)
{
    return status_exit_code(wait_and_link(invocation));
}
