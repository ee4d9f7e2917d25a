/* SPDX-License-Identifier: MIT
 * Faults on demand, and the wrapped functions that do nothing else than to fail now and then.
 * Those with an invented kernel or libpam behind them are in child.c, traces.c and libpam.c. */
#include "faults.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

enum { FAULTS_MAX = 3, ERRORS_MAX = 8 };

static const int errors[FUNCTIONS][ERRORS_MAX] = {
#define X(name, ...) [FUNCTION_##name] = {__VA_ARGS__},
    WRAPPED(X)
#undef X
};

struct fault {
    unsigned function, call; /* which function, and which of its calls */
    int error;
};

static struct fault plan[FAULTS_MAX];
static size_t planned;
static unsigned calls[FUNCTIONS];
static bool possible;

static int choose_error(unsigned function, unsigned choice)
{
    unsigned count = 1;
    while (count < ERRORS_MAX && errors[function][count] != 0)
        count++;
    return errors[function][choice % count];
}

void faults_begin(struct input *input)
{
    memset(calls, 0, sizeof calls);
    planned = take_byte(input) % (FAULTS_MAX + 1);
    for (size_t i = 0; i < planned; i++) {
        plan[i].function = take_byte(input) % FUNCTIONS;
        plan[i].call = take_byte(input);
        plan[i].error = choose_error(plan[i].function, take_byte(input));
    }
    possible = true;
}

bool faults_allow(bool allowed)
{
    bool before = possible;
    possible = allowed;
    return before;
}

bool on_trial(void)
{
    return possible;
}

bool fault_due(enum function function)
{
    bool due = false;
    unsigned call = possible ? calls[function]++ : 0;
    for (size_t i = 0; possible && i < planned && !due; i++) {
        due = plan[i].function == function && plan[i].call == call && plan[i].error != 0;
        if (due)
            errno = plan[i].error;
    }
    return due;
}

#define FAILS(type, name, failure, parameters, arguments)                                          \
    type __real_##name parameters;                                                                 \
    type __wrap_##name parameters;                                                                 \
    type __wrap_##name parameters                                                                  \
    {                                                                                              \
        return fault_due(FUNCTION_##name) ? failure : __real_##name arguments;                     \
    }

FAILS(void *, malloc, NULL, (size_t size), (size))
FAILS(void *, calloc, NULL, (size_t count, size_t size), (count, size))
FAILS(void *, realloc, NULL, (void *memory, size_t size), (memory, size))
FAILS(char *, strdup, NULL, (const char *text), (text))
FAILS(int, mlock, -1, (const void *address, size_t size), (address, size))
FAILS(int, madvise, -1, (void *address, size_t size, int advice), (address, size, advice))
FAILS(ssize_t, read, -1, (int fd, void *bytes, size_t size), (fd, bytes, size))
FAILS(int, fcntl, -1, (int fd, int command, int argument), (fd, command, argument))
FAILS(int, socketpair, -1, (int domain, int type, int protocol, int pair[2]),
      (domain, type, protocol, pair))
FAILS(ssize_t, send, -1, (int fd, const void *bytes, size_t size, int flags),
      (fd, bytes, size, flags))
FAILS(ssize_t, recv, -1, (int fd, void *bytes, size_t size, int flags), (fd, bytes, size, flags))
FAILS(int, posix_spawn_file_actions_init, errno, (posix_spawn_file_actions_t * actions), (actions))
FAILS(int, posix_spawn_file_actions_addopen, errno,
      (posix_spawn_file_actions_t * actions, int fd, const char *path, int flags, mode_t mode),
      (actions, fd, path, flags, mode))
FAILS(int, posix_spawn_file_actions_addclosefrom_np, errno,
      (posix_spawn_file_actions_t * actions, int fd), (actions, fd))
FAILS(int, posix_spawnattr_init, errno, (posix_spawnattr_t * attributes), (attributes))
