/* SPDX-License-Identifier: MIT
 * csolink-session: started by pam_csolink.so, mostly as root; becomes the user for good, starts
 * csolink and answers, so that no library but libc ever runs as root or keeps a login waiting. */
#include <stdio.h>
#include <sys/stat.h>
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

static enum status start_csolink(const struct passwd *user, const char **why)
{
    char runtime_dir[sizeof "/run/user/" + 20];
    struct environment environment = {0};
    snprintf(runtime_dir, sizeof runtime_dir, "/run/user/%u", (unsigned)user->pw_uid);
    enum status status = runtime_dir_check(runtime_dir, user->pw_uid, why);
    if (status == STATUS_OK)
        status = environment_build(&environment, user, runtime_dir, why);
    if (status == STATUS_OK)
        status = csolink_spawn(&environment, why);
    environment_clear(&environment);
    return status;
}

static enum status start(const char **why)
{
    struct passwd *user = NULL;
    enum status status = take_request(&user, why);
    if (status == STATUS_OK)
        status = become_user(user, why);
    /* The kernel decides anew, by fs.suid_dumpable, when the IDs change. */
    if (status == STATUS_OK && (!secret_harden_process() || chdir("/") != 0))
        status = STATUS_INTERNAL;
    umask(077);
    if (status == STATUS_OK)
        status = start_csolink(user, why);
    return status;
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
