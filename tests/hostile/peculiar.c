/* SPDX-License-Identifier: MIT
 * How a host can be peculiar: children and signals, descriptors, identity, files. */
#include "peculiar.h"

#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <linux/capability.h>
#include <linux/securebits.h>
#include <pthread.h>
#include <pwd.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "situations.h"

enum { THREADS_MAX = 8, NOBODY = 65534 };

static pthread_t threads[THREADS_MAX];
static int thread_count;
static atomic_bool stopping;
static atomic_ulong worked;

static void start_threads(int count, void *(*work)(void *))
{
    for (thread_count = 0; thread_count < count; thread_count++) {
        if (pthread_create(&threads[thread_count], NULL, work, NULL) != 0)
            abort();
    }
}

static const char *stop_threads(const char *complaint)
{
    stopping = true;
    for (int i = 0; i < thread_count; i++)
        pthread_join(threads[i], NULL);
    return worked == 0 ? complaint : NULL;
}

/* --- children and signals --- */

void ignore_children(int unused)
{
    (void)unused;
    signal(SIGCHLD, SIG_IGN);
}

static void reap(int signal_number)
{
    int saved = errno;
    (void)signal_number;
    while (waitpid(-1, NULL, WNOHANG) > 0)
        worked++;
    errno = saved;
}

void reap_everything(int unused)
{
    const struct sigaction action = {.sa_handler = reap};
    (void)unused;
    sigaction(SIGCHLD, &action, NULL);
}

const char *stop_reaping(void)
{
    signal(SIGCHLD, SIG_DFL);
    return worked == 0 ? "the handler reaped nothing" : NULL;
}

static void *steal(void *unused)
{
    const struct timespec pause = {.tv_nsec = 50000};
    while (!stopping) {
        if (waitpid(-1, NULL, 0) > 0)
            worked++;
        else
            nanosleep(&pause, NULL);
    }
    return unused;
}

void start_thief(int unused)
{
    (void)unused;
    start_threads(1, steal);
}

const char *stop_thief(void)
{
    return stop_threads("the thief stole nothing");
}

static void *allocate(void *unused)
{
    const struct timespec pause = {.tv_nsec = 100000};
    while (!stopping) {
        void *memory = malloc(1 + worked % 3000);
        memset(memory, 1, 1);
        free(memory);
        if (++worked % 1000 == 0) /* for those who share the machine */
            nanosleep(&pause, NULL);
    }
    return unused;
}

void start_allocating(int count)
{
    start_threads(count, allocate);
}

const char *stop_allocating(void)
{
    return stop_threads("the threads allocated nothing");
}

static void count_interrupt(int signal_number)
{
    (void)signal_number;
    worked++;
}

void start_interrupting(int microseconds)
{
    const struct sigaction action = {.sa_handler = count_interrupt};
    const struct timeval pause = {.tv_usec = microseconds};
    const struct itimerval timer = {.it_interval = pause, .it_value = pause};
    sigaction(SIGALRM, &action, NULL);
    setitimer(ITIMER_REAL, &timer, NULL);
}

const char *stop_interrupting(void)
{
    const struct itimerval never = {0};
    setitimer(ITIMER_REAL, &never, NULL);
    return worked < 10 ? "hardly any signal came" : NULL;
}

/* --- descriptors and processes --- */

enum { FDS_ALLOWED = 64, SAVED_AT = 110 };

static int saved[3];

void close_standard_fds(int unused)
{
    (void)unused;
    for (int fd = 0; fd < 3; fd++) {
        saved[fd] = fcntl(fd, F_DUPFD_CLOEXEC, SAVED_AT);
        close(fd);
    }
}

const char *reopen_standard_fds(void)
{
    for (int fd = 0; fd < 3; fd++) {
        dup2(saved[fd], fd);
        close(saved[fd]);
    }
    return NULL;
}

static void allow(__rlimit_resource_t resource, rlim_t soft)
{
    struct rlimit limit;
    getrlimit(resource, &limit);
    limit.rlim_cur = soft < limit.rlim_max ? soft : limit.rlim_max;
    setrlimit(resource, &limit);
}

void fill_descriptor_table(int room)
{
    allow(RLIMIT_NOFILE, FDS_ALLOWED);
    while (fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3) >= 0)
        continue;
    for (int i = 1; i <= room; i++)
        close(FDS_ALLOWED - i);
}

const char *empty_descriptor_table(void)
{
    allow(RLIMIT_NOFILE, RLIM_INFINITY);
    return NULL;
}

void allow_no_process(int unused)
{
    become_lawyer(unused);
    allow(RLIMIT_NPROC, 1);
}

const char *allow_processes(void)
{
    allow(RLIMIT_NPROC, RLIM_INFINITY);
    return NULL;
}

/* --- identity --- */

/* Dumpable again, as a program that was started by this user is. */
static void become(const struct passwd *user)
{
    if (!user || initgroups(user->pw_name, user->pw_gid) != 0 ||
        setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
        setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0 || prctl(PR_SET_DUMPABLE, 1) != 0)
        abort();
}

void become_lawyer(int unused)
{
    (void)unused;
    become(getpwnam(LAWYER));
}

void become_somebody_else(int unused)
{
    (void)unused;
    become(getpwuid(NOBODY));
}

void become_setuid_host(int caller)
{
    if (setresuid((uid_t)caller, 0, 0) != 0)
        abort();
}

static void change_capabilities(bool ambient)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    struct __user_cap_data_struct sets[2];
    bool changed = syscall(SYS_capget, &header, sets) == 0;
    for (int i = 0; i < 2; i++)
        sets[i].inheritable = sets[i].permitted;
    changed = changed && syscall(SYS_capset, &header, sets) == 0;
    if (changed && ambient)
        changed = prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_RAISE, CAP_NET_ADMIN, 0, 0) == 0;
    if (!changed)
        abort();
}

void take_inheritable_capabilities(int unused)
{
    (void)unused;
    change_capabilities(true);
}

void keep_capabilities_for_ever(int unused)
{
    (void)unused;
    if (prctl(PR_SET_SECUREBITS, SECBIT_NO_SETUID_FIXUP) != 0)
        abort();
}

/* --- files --- */

/* In the host's own mount namespace; seen by its children, and by nobody else. */
void hide_runtime_directories(int unused)
{
    (void)unused;
    if (mount("hidden", "/run/user", "tmpfs", MS_NOSUID | MS_NODEV, "mode=755") != 0)
        abort();
}
