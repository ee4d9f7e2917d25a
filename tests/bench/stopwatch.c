/* SPDX-License-Identifier: MIT
 * usage: stopwatch COUNT INPUT PROGRAM [ARGUMENT...]
 *        stopwatch -o REPORT PROGRAM [ARGUMENT...]
 * Starts COUNT copies of a program at once; prints for each its time (us) and peak memory (KiB).
 * With -o one copy, with our own streams and exit status, and the figures go to the file. */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A small program of its own, because ru_maxrss takes in what a process was before its exec: a
 * copy of whoever started it. It also takes in the greatest of the children that a process has
 * waited for. */

enum { COUNT_MAX = 1000, STATUS_OF_SIGNAL = 128 };

static struct run {
    pid_t pid;
    struct timespec begun;
} runs[COUNT_MAX];

static long microseconds_since(const struct timespec *begun)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (now.tv_sec - begun->tv_sec) * 1000000L + (now.tv_nsec - begun->tv_nsec) / 1000;
}

/* Each copy has its own place in the input. NULL: they have our streams. */
static bool start_all(int count, const char *input, char **argv)
{
    posix_spawn_file_actions_t actions;
    bool started = posix_spawn_file_actions_init(&actions) == 0;
    if (input)
        started =
            started &&
            posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0) == 0 &&
            posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) ==
                0 &&
            posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0;
    for (int i = 0; started && i < count; i++) {
        clock_gettime(CLOCK_MONOTONIC, &runs[i].begun);
        started = posix_spawn(&runs[i].pid, argv[0], &actions, NULL, argv, environ) == 0;
    }
    return started;
}

/* Returns the exit status of the next that ends; EXIT_FAILURE where none was left. */
static int report_next(FILE *report, int count)
{
    struct rusage usage;
    int status = 0, i = 0;
    pid_t pid = wait4(-1, &status, 0, &usage);
    while (i < count && runs[i].pid != pid)
        i++;
    if (pid < 0 || i == count)
        return EXIT_FAILURE;
    fprintf(report, "%ld %ld\n", microseconds_since(&runs[i].begun), usage.ru_maxrss);
    return WIFEXITED(status) ? WEXITSTATUS(status) : STATUS_OF_SIGNAL + WTERMSIG(status);
}

static int run(FILE *report, int count, const char *input, char **argv)
{
    int status = start_all(count, input, argv) ? EXIT_SUCCESS : EXIT_FAILURE;
    for (int i = 0; status == EXIT_SUCCESS && i < count; i++)
        status = report_next(report, count);
    return fflush(report) == 0 ? status : EXIT_FAILURE;
}

int main(int argc, char **argv)
{
    bool to_file = argc > 3 && strcmp(argv[1], "-o") == 0;
    FILE *report = to_file ? fopen(argv[2], "we") : stdout;
    int count = to_file ? 1 : argc > 3 ? atoi(argv[1]) : 0;
    if (!report || count < 1 || count > COUNT_MAX) {
        fputs("usage: stopwatch COUNT INPUT PROGRAM [ARGUMENT...]\n"
              "       stopwatch -o REPORT PROGRAM [ARGUMENT...]\n",
              stderr);
        return 64;
    }
    return run(report, count, to_file ? NULL : argv[2], argv + 3);
}
