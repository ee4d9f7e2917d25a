/* SPDX-License-Identifier: MIT
 * The functions that fail on demand, wrapped by the linker (ld's --wrap; the Makefile reads the
 * table). An input begins with its faults: which call of which function fails, and how. */
#ifndef CSOLINK_FUZZ_FAULTS_H
#define CSOLINK_FUZZ_FAULTS_H

#include <errno.h>
#include <security/_pam_types.h>
#include <stdbool.h>

#include "input.h"

/* X(function, the errors to choose from; 0: it never fails, but what it is given is looked at).
 * New functions come last, or the kept corpus would mean something else. */
#define WRAPPED(X)                                                                                 \
    X(malloc, ENOMEM)                                                                              \
    X(calloc, ENOMEM)                                                                              \
    X(realloc, ENOMEM)                                                                             \
    X(strdup, ENOMEM)                                                                              \
    X(free, 0)                                                                                     \
    X(mmap, ENOMEM)                                                                                \
    X(munmap, 0)                                                                                   \
    X(mlock, ENOMEM, EPERM, EAGAIN)                                                                \
    X(madvise, EINVAL)                                                                             \
    X(open, ENOENT, ELOOP, EACCES, EMFILE)                                                         \
    X(fstat, EIO)                                                                                  \
    X(read, EINTR, EIO)                                                                            \
    X(fcntl, EMFILE, EINVAL)                                                                       \
    X(socketpair, EMFILE, ENFILE, ENOBUFS)                                                         \
    X(send, EAGAIN, EINTR, EMSGSIZE, EPIPE, ENOBUFS)                                               \
    X(recv, EINTR, EAGAIN, ECONNRESET, EIO)                                                        \
    X(poll, EINTR, ENOMEM)                                                                         \
    X(clock_gettime, 0)                                                                            \
    X(geteuid, 0)                                                                                  \
    X(posix_spawn, EAGAIN, ENOENT, EACCES, ENOMEM)                                                 \
    X(posix_spawn_file_actions_init, ENOMEM)                                                       \
    X(posix_spawn_file_actions_adddup2, ENOMEM, EBADF)                                             \
    X(posix_spawn_file_actions_addopen, ENOMEM)                                                    \
    X(posix_spawn_file_actions_addclosefrom_np, ENOMEM)                                            \
    X(posix_spawnattr_init, ENOMEM)                                                                \
    X(pidfd_open, EMFILE, ESRCH, ENOMEM)                                                           \
    X(pidfd_send_signal, 0)                                                                        \
    X(kill, 0)                                                                                     \
    X(waitid, EINTR, ECHILD)                                                                       \
    X(waitpid, EINTR, ECHILD)                                                                      \
    X(pam_get_item, PAM_BUF_ERR, PAM_PERM_DENIED)                                                  \
    X(pam_get_data, 0)                                                                             \
    X(pam_set_data, PAM_BUF_ERR)                                                                   \
    X(pam_getenv, 0)                                                                               \
    X(pam_putenv, PAM_BUF_ERR)                                                                     \
    X(pam_modutil_getpwnam, ENOMEM)                                                                \
    X(pam_vsyslog, 0)

enum function {
#define X(name, ...) FUNCTION_##name,
    WRAPPED(X)
#undef X
        FUNCTIONS
};

/* Takes the faults from the front of the input; from now on they happen. */
void faults_begin(struct input *input);

/* Whether what is called now is on trial; not so the target's own calls, libFuzzer's and those of
 * the invented child. Returns what was before. */
bool faults_allow(bool allowed);

/* Whether it is. */
bool on_trial(void);

/* Counts a call of the function. True: it has to fail, with the error in errno (libpam's functions:
 * with this return value). */
bool fault_due(enum function function);

#endif
