/* SPDX-License-Identifier: MIT
 * usage: stopwatch COUNT INPUT PROGRAM [ARGUMENT...]
 * Starts COUNT copies of a program at once; prints for each its time (us) and peak memory (KiB). */
#include <fcntl.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

/* A small program of its own, because ru_maxrss takes in what a process was before its exec: a
 * copy of whoever started it. */

enum { COUNT_MAX = 1000 };

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

/* Each copy has its own place in the input. */
static bool start_all(int count, const char *input, char **argv)
{
    posix_spawn_file_actions_t actions;
    bool started =
        posix_spawn_file_actions_init(&actions) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, input, O_RDONLY, 0) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO) == 0;
    for (int i = 0; started && i < count; i++) {
        clock_gettime(CLOCK_MONOTONIC, &runs[i].begun);
        started = posix_spawn(&runs[i].pid, argv[0], &actions, NULL, argv, environ) == 0;
    }
    return started;
}

/* False: none was left, or it failed. */
static bool report_next(int count)
{
    struct rusage usage;
    int status = 0, i = 0;
    pid_t pid = wait4(-1, &status, 0, &usage);
    while (i < count && runs[i].pid != pid)
        i++;
    if (pid < 0 || i == count)
        return false;
    printf("%ld %ld\n", microseconds_since(&runs[i].begun), usage.ru_maxrss);
    return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

int main(int argc, char **argv)
{
    int count = argc > 3 ? atoi(argv[1]) : 0;
    if (count < 1 || count > COUNT_MAX) {
        fputs("usage: stopwatch COUNT INPUT PROGRAM [ARGUMENT...]\n", stderr);
        return 64;
    }
    bool good = start_all(count, argv[2], argv + 3);
    for (int i = 0; good && i < count; i++)
        good = report_next(count);
    return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
