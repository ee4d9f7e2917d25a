/* SPDX-License-Identifier: MIT
 * usage: host --list | host SITUATION FOLDER
 * A host of pam_csolink.so under the real libpam, in one situation of the table: opens sessions and
 * unlocks the screen, and after each call checks that it lost nothing. Needs root's throw-away
 * machine with csolink installed. FOLDER is the user's own, with bad_helper and probe in it; there
 * the probe's report lies afterwards. Prints what was wrong; exit status 1 then. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <time.h>
#include <unistd.h>

#include "host_state.h"
#include "paths.h"
#include "situations.h"

enum { TIMEOUT_SECONDS = 1, GRACE_SECONDS = 2 };

static const char stack[] =
    "auth [success=done ignore=ignore default=die] pam_csolink.so refresh=unlock timeout=1\n"
    "auth required pam_debug.so cred=authinfo_unavail\n"
    "session [success=done ignore=ignore default=die] pam_csolink.so link=login timeout=1\n"
    "session required pam_debug.so open_session=authinfo_unavail close_session=authinfo_unavail\n";

/* --- what went wrong: kept until there is a standard error again --- */

static char complaints[8192];

static void complain(const char *format, ...) __attribute__((format(printf, 1, 2)));

static void complain(const char *format, ...)
{
    va_list arguments;
    size_t used = strlen(complaints);
    va_start(arguments, format);
    vsnprintf(complaints + used, sizeof complaints - used, format, arguments);
    va_end(arguments);
}

static void need(int succeeded, const char *what)
{
    if (!succeeded) {
        fprintf(stderr, "host: %s: %s\n", what, strerror(errno));
        _exit(70);
    }
}

/* --- the place --- */

static void write_file(const char *path, const char *text, mode_t mode)
{
    FILE *file = fopen(path, "we");
    need(file != NULL, path);
    fputs(text, file);
    need(fclose(file) == 0 && chmod(path, mode) == 0, path);
}

static void hide_folder_of(const char *path)
{
    char folder[PATH_MAX];
    snprintf(folder, sizeof folder, "%s", path);
    need(mount("hidden", dirname(folder), "tmpfs", 0, "mode=755") == 0, "mount");
}

/* Puts what behaves so over the program at path, for this host and its children alone. */
static void replace(const char *path, const char *behaviour, const char *folder)
{
    char script[PATH_MAX], text[2 * PATH_MAX];
    if (strcmp(behaviour, "itself") == 0)
        return;
    if (strcmp(behaviour, "missing") == 0) {
        hide_folder_of(path);
        return;
    }
    snprintf(script, sizeof script, "%s%s", folder, strrchr(path, '/'));
    if (strcmp(behaviour, "probe") == 0)
        snprintf(text, sizeof text, "#!%s/probe %s/report\n", folder, folder);
    else if (strcmp(behaviour, "no-program") == 0)
        snprintf(text, sizeof text, "no program\n");
    else
        snprintf(text, sizeof text, "#!%s/bad_helper %s\n", folder, behaviour);
    write_file(script, text, strcmp(behaviour, "not-executable") == 0 ? 0644 : 0755);
    need(mount(script, path, NULL, MS_BIND, NULL) == 0, path);
}

static int log_socket;

/* Connected before anything is counted, as sshd and display managers do. */
static void open_log(void)
{
    const struct sockaddr_un address = {.sun_family = AF_UNIX, .sun_path = "/dev/log"};
    unlink(address.sun_path);
    log_socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    need(bind(log_socket, (const struct sockaddr *)&address, sizeof address) == 0, "/dev/log");
    openlog("host", LOG_NDELAY, LOG_AUTHPRIV);
}

static const char *word_or(const char *word, const char *fallback)
{
    return word ? word : fallback;
}

static void arrange(const struct situation *situation, const char *folder)
{
    char path[PATH_MAX];
    /* Whose mounts are private already; and a chroot's / could not be made so. */
    need(access("/run/machine", F_OK) == 0, "the throw-away machine");
    need(unshare(CLONE_NEWNS) == 0, "unshare");
    snprintf(path, sizeof path, "%s/hostile", folder);
    write_file(path, stack, 0644);
    snprintf(path, sizeof path, "%s/other", folder);
    write_file(path, "auth required pam_deny.so\n", 0644);
    replace(CSOLINK_LIBEXECDIR "/csolink-session", word_or(situation->helper, "itself"), folder);
    replace(CSOLINK_BINDIR "/csolink", word_or(situation->csolink, "probe"), folder);
    open_log();
}

static void do_nothing(int signal_number)
{
    (void)signal_number;
}

/* So that everything that is compared, or must not reach the helper, is other than by default. */
static void have_things_to_lose(void)
{
    const gid_t groups[] = {4, 27, 44}; /* adm, sudo, video */
    const struct rlimit core = {RLIM_INFINITY, RLIM_INFINITY};
    sigset_t blocked;
    int shadow = open("/etc/shadow", O_RDONLY | O_CLOEXEC);
    need(dup2(shadow, 70) == 70 && dup2(shadow, 100) == 100 && close(shadow) == 0, "/etc/shadow");
    need(setgroups(sizeof groups / sizeof groups[0], groups) == 0, "setgroups");
    need(setrlimit(RLIMIT_CORE, &core) == 0, "setrlimit");
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    sigaddset(&blocked, SIGUSR1);
    sigprocmask(SIG_BLOCK, &blocked, NULL);
    signal(SIGPIPE, SIG_IGN);
    signal(SIGINT, SIG_IGN);
    signal(SIGUSR2, do_nothing);
    setenv("GIO_MODULE_DIR", "/of/the/host", 1);
    setenv("XDG_RUNTIME_DIR", "/of/the/host", 1);
    umask(027);
    need(chdir("/tmp") == 0, "chdir");
    host_state_count_forks();
}

/* --- the calls --- */

/* pam_debug says what it returns; ours must not say anything. */
static int converse(int count, const struct pam_message **messages, struct pam_response **responses,
                    void *data)
{
    (void)data;
    for (int i = 0; i < count; i++) {
        if (messages[i]->msg_style != PAM_TEXT_INFO || !strchr(messages[i]->msg, '='))
            complain("the module spoke to the person\n");
    }
    *responses = calloc((size_t)count, sizeof **responses);
    return *responses ? PAM_SUCCESS : PAM_BUF_ERR;
}

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

/* The lines that came since the last call, each as syslog(3) wrote it. */
static int read_log(char *lines, size_t size)
{
    int count = 0;
    ssize_t got;
    *lines = '\0';
    for (size_t used = 0; used + 1 < size; used += (size_t)got, count++) {
        got = recv(log_socket, lines + used, size - used - 1, MSG_DONTWAIT);
        if (got < 0)
            break;
        lines[used + (size_t)got] = '\0';
    }
    return count;
}

static void check_log(const char *what, const struct situation *situation)
{
    char lines[4096];
    const char *words = situation->log.words;
    int count = read_log(lines, sizeof lines);
    if (words ? count != 1 || !strstr(lines, words) : count != 0)
        complain("%s logged %d lines where %s was expected: %s\n", what, count,
                 word_or(words, "none"), lines);
    else if (words && (strtol(lines + 1, NULL, 10) & LOG_PRIMASK) != situation->log.priority)
        complain("%s logged with another priority: %s\n", what, lines);
}

typedef int entry_point(pam_handle_t *pamh, int flags);

/* Makes one call, and checks all that must hold after each. */
static void call(const char *what, entry_point *entry, int flags, pam_handle_t *pamh, int expected)
{
    static struct host_state before, after;
    host_state_take(&before);
    double begun = now();
    int result = entry(pamh, flags);
    double took = now() - begun;
    host_state_take(&after);
    const char *difference = host_state_difference(&before, &after);
    if (result != expected)
        complain("%s returned %d, not %d\n", what, result, expected);
    if (took > TIMEOUT_SECONDS + GRACE_SECONDS)
        complain("%s took %.3f s\n", what, took);
    if (difference)
        complain("%s did not leave as it was: %s\n", what, difference);
}

static void log_in_and_unlock(const struct situation *situation, pam_handle_t *pamh)
{
    int sessions = situation->sessions ? situation->sessions : 1;
    for (int i = 0; i < sessions && complaints[0] == '\0'; i++) {
        call("open_session", pam_open_session, 0, pamh, situation->opened);
        check_log("open_session", situation);
        call("close_session", pam_close_session, PAM_SILENT, pamh, situation->opened);
    }
    call("setcred", pam_setcred, PAM_REINITIALIZE_CRED, pamh, PAM_SUCCESS);
    check_log("setcred", situation);
}

static void run(const struct situation *situation, const char *folder)
{
    static const struct pam_conv conversation = {.conv = converse};
    const char *user = word_or(situation->user, LAWYER), *idle = NULL;
    pam_handle_t *pamh = NULL;
    arrange(situation, folder);
    have_things_to_lose();
    need(pam_start_confdir("hostile", user, &conversation, folder, &pamh) == PAM_SUCCESS, "libpam");
    if (situation->prepare)
        situation->prepare(situation->argument);
    log_in_and_unlock(situation, pamh);
    if (situation->restore)
        idle = situation->restore();
    if (idle)
        complain("%s\n", idle);
    pam_end(pamh, PAM_SUCCESS);
}

/* Of what kind the situation is: csolink-session and csolink start, or one of them is replaced, or
 * csolink-session is not asked or refuses. */
static const char *kind(const struct situation *situation)
{
    if (situation->starts_csolink)
        return "starts";
    return situation->helper || situation->csolink ? "replaced" : "refuses";
}

static int list(void)
{
    for (const struct situation *each = situations; each->name; each++)
        printf("%s %s\n", each->name, kind(each));
    return 0;
}

int main(int argc, char **argv)
{
    const struct situation *found = situations;
    if (argc == 2 && strcmp(argv[1], "--list") == 0)
        return list();
    while (argc == 3 && found->name && strcmp(found->name, argv[1]) != 0)
        found++;
    if (argc != 3 || !found->name) {
        fputs("usage: host --list | host SITUATION FOLDER\n", stderr);
        return 64;
    }
    run(found, argv[2]);
    fputs(complaints, stderr);
    return complaints[0] != '\0';
}
