/* SPDX-License-Identifier: MIT
 * The process-wide deadline: a timer whose handler only writes and leaves.
 * A monotonic timer, for a changed clock must not end or prolong a run. */
#include "deadline.h"

#include <signal.h>
#include <time.h>
#include <unistd.h>

#include "prompt/progress.h"

static struct {
    bool made;
    timer_t timer;
    char sentence[STATUS_MESSAGE_MAX];
    size_t length;
    int exit_code;
} deadline;

static void leave(int signal_number)
{
    (void)signal_number;
    progress_clear();
    (void)!write(STDERR_FILENO, deadline.sentence, deadline.length);
    _exit(deadline.exit_code);
}

static void make_timer(void)
{
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL, .sigev_signo = SIGALRM};
    struct sigaction action = {.sa_handler = leave};
    sigset_t alarms;
    /* A caller with threads may have left the signal blocked, and a mask outlives exec. */
    sigemptyset(&alarms);
    sigaddset(&alarms, SIGALRM);
    pthread_sigmask(SIG_UNBLOCK, &alarms, NULL);
    sigaction(SIGALRM, &action, NULL);
    deadline.made = timer_create(CLOCK_MONOTONIC, &event, &deadline.timer) == 0;
}

static void set_timer(int seconds)
{
    struct itimerspec when = {.it_value = {.tv_sec = seconds}};
    if (deadline.made)
        timer_settime(deadline.timer, 0, &when, NULL);
    else
        alarm((unsigned)seconds);
}

void deadline_arm(int seconds, enum status status, const char *account, const char *court,
                  const char *detail)
{
    if (!deadline.made)
        make_timer();
    set_timer(0);
    deadline.length = status_message(deadline.sentence, sizeof deadline.sentence - 1, status,
                                     account, court, detail, NULL);
    deadline.sentence[deadline.length++] = '\n';
    deadline.exit_code = status_exit_code(status);
    set_timer(seconds);
}

void deadline_keyring(const struct config *config, const char *account, const char *court)
{
    deadline_arm(config->keyring_timeout, STATUS_TIMED_OUT, account, court,
                 "the keyring does not answer");
}

void deadline_worker(const struct config *config, const char *account, const char *court)
{
    deadline_arm(config->worker_timeout + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, account, court,
                 NULL);
}

void deadline_person(const struct config *config, int questions, const char *account,
                     const char *court)
{
    deadline_arm(questions * config->person_timeout + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT,
                 account, court, "nobody answered");
}

void deadline_disarm(void)
{
    set_timer(0);
}
