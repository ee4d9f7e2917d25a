/* SPDX-License-Identifier: MIT
 * usage: probe REPORT
 * Stands where csolink-session or csolink does: writes down what it was given and what it may do,
 * as "key=value" lines, and answers "ok". What a report says is judged by its reader. */
#include <dirent.h>
#include <grp.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static void report_fds(FILE *report)
{
    char path[PATH_MAX], target[PATH_MAX];
    DIR *listing = opendir("/proc/self/fd");
    struct dirent *entry;
    while ((entry = readdir(listing))) {
        int fd = atoi(entry->d_name);
        if (entry->d_name[0] == '.' || fd == dirfd(listing) || fd == fileno(report))
            continue;
        snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
        ssize_t size = readlink(path, target, sizeof target - 1);
        target[size > 0 ? size : 0] = '\0';
        fprintf(report, "fd=%d %.*s\n", fd, (int)strcspn(target, ":"), target);
    }
    closedir(listing);
}

/* Lines of proc(5)'s status: identity, capabilities, signals, umask. */
static void report_status(FILE *report)
{
    static const char *const wanted[] = {
        "Uid:",    "Gid:",        "Groups:", "CapInh:", "CapPrm:", "CapEff:",
        "CapAmb:", "NoNewPrivs:", "SigBlk:", "SigIgn:", "Umask:"};
    char line[4096];
    FILE *status = fopen("/proc/self/status", "re");
    while (status && fgets(line, sizeof line, status)) {
        for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
            size_t size = strlen(wanted[i]);
            if (strncmp(line, wanted[i], size) == 0)
                fprintf(report, "%.*s=%s", (int)size - 1, line, line + size + 1);
        }
    }
    if (status)
        fclose(status);
}

static void report_surroundings(FILE *report)
{
    char directory[PATH_MAX];
    struct rlimit core;
    getrlimit(RLIMIT_CORE, &core);
    fprintf(report, "directory=%s\n", getcwd(directory, sizeof directory));
    fprintf(report, "core=%lu %lu\n", core.rlim_cur, core.rlim_max);
    fprintf(report, "session=%s\n", getsid(0) == getpid() ? "own" : "inherited");
    for (char **entry = environ; *entry; entry++)
        fprintf(report, "environment=%s\n", *entry);
}

/* Tries every way to be root again; each that works is a line. To be called last. */
static void report_ways_back(FILE *report)
{
    const gid_t root_group = 0;
    const struct {
        const char *name;
        int result;
    } ways[] = {
        {"setuid", setuid(0)},
        {"seteuid", seteuid(0)},
        {"setresuid", setresuid((uid_t)-1, 0, (uid_t)-1)},
        {"setgid", setgid(0)},
        {"setegid", setegid(0)},
        {"setresgid", setresgid((gid_t)-1, 0, (gid_t)-1)},
        {"setgroups", setgroups(1, &root_group)},
    };
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        if (ways[i].result == 0)
            fprintf(report, "way_back=%s\n", ways[i].name);
    }
}

static FILE *create(const char *path)
{
    FILE *report = fopen(path, "we");
    if (!report)
        _exit(1);
    return report;
}

/* Renamed when it is whole, for its reader waits for the name, and others may write theirs. */
int main(int argc, char **argv)
{
    static const char answer[] = "status=ok\n\n";
    char part[PATH_MAX];
    if (argc < 2)
        return 64;
    snprintf(part, sizeof part, "%s.%d", argv[1], getpid());
    FILE *report = create(part);
    report_fds(report);
    report_status(report);
    report_surroundings(report);
    report_ways_back(report);
    if (fclose(report) != 0 || rename(part, argv[1]) != 0)
        _exit(1);
    send(STDIN_FILENO, answer, sizeof answer - 1, MSG_NOSIGNAL);
    _exit(0);
}
