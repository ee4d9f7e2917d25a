/* SPDX-License-Identifier: MIT
 * csolink-session: started by pam_csolink.so, mostly as root; makes the process that will be
 * csolink, becomes the user for good and answers, so that no library but libc ever runs as root. */
#include <stdio.h>
#include <unistd.h>

#include "session.h"

static enum status take_request(struct passwd **user, const char **why)
{
    struct record request = {0};
    enum status status = request_peek(&request, STDIN_FILENO, why);
    if (status == STATUS_OK) {
        *user = getpwnam(record_get(&request, SESSION_KEY_USER));
        if (!*user) {
            *why = "no such user";
            status = STATUS_ABSENT;
        }
    }
    record_clear(&request);
    return status;
}

static enum status start(const char **why)
{
    char runtime_dir[sizeof "/run/user/" + 20];
    struct passwd *user = NULL;
    int go = -1;
    enum status status = take_request(&user, why);
    if (status != STATUS_OK)
        return status;
    snprintf(runtime_dir, sizeof runtime_dir, "/run/user/%u", (unsigned)user->pw_uid);
    status = csolink_fork(user, runtime_dir, &go, why);
    if (status == STATUS_OK)
        status = become_user(user, GROUPS_NONE, why);
    if (status == STATUS_OK)
        status = runtime_dir_check(runtime_dir, user->pw_uid, why);
    return status == STATUS_OK ? csolink_go(go, why) : status;
}

static void answer(enum status status, const char *why)
{
    struct record record = {0};
    record_add(&record, SESSION_KEY_STATUS, status_name(status));
    if (why)
        record_add(&record, SESSION_KEY_DETAIL, why);
    record_send(&record, STDIN_FILENO, 0);
    record_clear(&record);
}

int main(void)
{
    const char *why = NULL;
    if (!secret_harden_process())
        return status_exit_code(STATUS_INTERNAL);
    alarm(SESSION_ALARM_SECONDS);
    if (isatty(STDIN_FILENO) || !request_socket_valid(STDIN_FILENO)) {
        fputs("csolink-session: only pam_csolink.so can start this program\n", stderr);
        return EXIT_USAGE;
    }
    enum status status = start(&why);
    answer(status, why);
    return status_exit_code(status);
}
