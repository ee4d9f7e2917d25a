/* SPDX-License-Identifier: MIT
 * Starting csolink-net and talking to it. It gets one socket, an empty environment and nothing
 * else. */
#include "session/worker.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include "account/environment.h"
#include "beside.h"
#include "paths.h"

struct worker {
    int socket;
    pid_t process;
    int timeout;      /* seconds a verb */
    bool opening;     /* "open" is sent and not answered yet */
    const char *verb; /* that it works on */
    struct worker_events events;
};

/* Names, a filing login, and each once more: whatever asks on and on reads a page's mischief. */
enum { QUESTIONS_MAX = 8 };

static bool spawn(struct worker *worker, int theirs)
{
    g_autofree char *path = beside_executable("csolink-net", CSOLINK_LIBEXECDIR);
    char *const arguments[] = {(char *)"csolink-net", NULL}, *const environment[] = {NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGTSTP); /* ^Z stops the worker as little as us */
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    bool good =
        posix_spawn_file_actions_adddup2(&actions, theirs, STDIN_FILENO) == 0 &&
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0) == 0 &&
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1) == 0;
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    good = good &&
           posix_spawn(&worker->process, path, &actions, &attributes, arguments, environment) == 0;
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return good;
}

/* Returns how the process ended; what has begun to end keeps its own way. */
static int end_process(struct worker *worker)
{
    int how = 0;
    if (worker->process > 0) {
        kill(worker->process, SIGKILL);
        while (waitpid(worker->process, &how, 0) < 0 && errno == EINTR)
            continue;
    }
    worker->process = 0;
    return how;
}

void worker_end(struct worker *worker)
{
    close(worker->socket);
    (void)end_process(worker);
    g_free(worker);
}

static void pass_page(struct worker *worker, const struct record *record)
{
    const char *line;
    for (size_t position = 0; (line = record_list(record, "line[]", &position)) != NULL;)
        worker->events.page(worker->events.context, line);
}

static enum status pass_question(struct worker *worker, const struct record *question)
{
    RECORD_AUTO struct record answer = {0};
    if (worker->events.question)
        worker->events.question(worker->events.context, question, &answer);
    if (!record_get(&answer, "answer"))
        record_add(&answer, "answer", WORKER_ANSWER_NOBODY);
    return record_send(&answer, worker->socket, worker->timeout * 1000);
}

/* Handles what comes up before the result; the question's time is not the worker's. One that speaks
 * out of turn is not heard: it has read pages, and a question is answered with a password. */
static enum status pass(struct worker *worker, const struct record *record, gint64 *end,
                        int *questions)
{
    const struct worker_events *events = &worker->events;
    const char *type = record_get(record, "type");
    if (strcmp(worker->verb, WORKER_VERB_OPEN) == 0)
        return STATUS_INTERNAL;
    if (strcmp(type, WORKER_TYPE_QUESTION) == 0) {
        gint64 before = g_get_monotonic_time();
        if (strcmp(worker->verb, WORKER_VERB_LINK) != 0 || ++*questions > QUESTIONS_MAX)
            return STATUS_INTERNAL;
        enum status status = pass_question(worker, record);
        *end += g_get_monotonic_time() - before;
        return status;
    }
    if (strcmp(type, WORKER_TYPE_STEP) == 0 && events->step)
        events->step(events->context, (int)record_get_number(record, "step", 0),
                     (int)record_get_number(record, "of", WORKER_STEPS),
                     record_get(record, "text") ? record_get(record, "text") : "");
    else if (strcmp(type, WORKER_TYPE_TOKEN) == 0 && events->token && record_get(record, "token"))
        events->token(events->context, record_get(record, "token"));
    else if (strcmp(type, WORKER_TYPE_PAGE) == 0 && events->page)
        pass_page(worker, record);
    return STATUS_OK;
}

static enum status send_verb(struct worker *worker, const char *verb,
                             const struct worker_field *fields)
{
    RECORD_AUTO struct record record = {0};
    enum status status = record_add(&record, "verb", verb);
    worker->verb = verb;
    for (; status == STATUS_OK && fields && fields->key; fields++) {
        if (fields->value)
            status = record_add(&record, fields->key, fields->value);
    }
    return status == STATUS_OK ? record_send(&record, worker->socket, worker->timeout * 1000)
                               : status;
}

/* The conversation broke off. Its limit of processor time is there for what a court sends. */
static enum status lose(struct worker *worker, struct record *result)
{
    int how = end_process(worker);
    if (!WIFSIGNALED(how) || WTERMSIG(how) != SIGXCPU)
        return STATUS_INTERNAL;
    enum status added = record_add(result, "detail", "its answers take too long to read");
    return added == STATUS_OK ? STATUS_COURT_ERROR : added;
}

/* By end, of g_get_monotonic_time(). */
static enum status await_result(struct worker *worker, gint64 end, struct record *result)
{
    enum status status = STATUS_OK;
    int questions = 0;
    while (status == STATUS_OK) {
        RECORD_AUTO struct record record = {0};
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        status = left > 0 ? record_receive(&record, worker->socket, (int)left) : STATUS_TIMED_OUT;
        if (status != STATUS_OK)
            break;
        const char *type = record_get(&record, "type");
        if (!type)
            return STATUS_INTERNAL;
        if (strcmp(type, WORKER_TYPE_RESULT) == 0) {
            const char *name = record_get(&record, "status");
            *result = record;
            record = (struct record){0};
            return name && status_from_name(name, &status) ? status : STATUS_INTERNAL;
        }
        status = pass(worker, &record, &end, &questions);
    }
    return status == STATUS_TIMED_OUT ? STATUS_TIMED_OUT : lose(worker, result);
}

static enum status open_run(struct worker *worker, const struct config *config,
                            const char *environment, const char *court, const char *court_host,
                            const char *court_type)
{
    bool practice = strcmp(environment, "practice") == 0;
    g_autofree char *connect_timeout = g_strdup_printf("%d", config->connect_timeout);
    g_autofree char *request_timeout = g_strdup_printf("%d", config->request_timeout);
    const struct worker_field fields[] = {
        {"sign_on_host", environment_by_name(environment)->sign_on_host},
        {"court", court},
        {"court_host", court_host},
        {"court_type", court_type},
        {"ca_file", practice ? config->practice_ca_file : config->ca_file},
        {"connect_to[]", practice ? config->connect_to : NULL},
        {"proxy", practice ? NULL : config->proxy},
        {"connect_timeout", connect_timeout},
        {"request_timeout", request_timeout},
        {NULL, NULL},
    };
    if (practice && (!config->connect_to || !config->practice_ca_file))
        return STATUS_REFUSED_BY_POLICY;
    worker->opening = true;
    return send_verb(worker, WORKER_VERB_OPEN, fields);
}

enum status worker_start(struct worker **started, const struct config *config,
                         const char *environment, const char *court, const char *court_host,
                         const char *court_type, struct worker_events events)
{
    int sockets[2];
    if (socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, sockets) != 0)
        return STATUS_INTERNAL;
    WORKER_AUTO struct worker *worker = g_new0(struct worker, 1);
    worker->socket = sockets[0];
    worker->timeout = config->worker_timeout;
    worker->events = events;
    bool good = spawn(worker, sockets[1]);
    close(sockets[1]);
    if (!good)
        return STATUS_INTERNAL;
    enum status status = open_run(worker, config, environment, court, court_host, court_type);
    if (status == STATUS_OK)
        *started = g_steal_pointer(&worker);
    return status;
}

static gint64 end_of_verb(const struct worker *worker)
{
    return g_get_monotonic_time() + (gint64)worker->timeout * G_USEC_PER_SEC;
}

static enum status ready_by(struct worker *worker, gint64 end)
{
    RECORD_AUTO struct record result = {0};
    enum status status = worker->opening ? await_result(worker, end, &result) : STATUS_OK;
    worker->opening = false;
    return status;
}

enum status worker_ready(struct worker *worker)
{
    return ready_by(worker, end_of_verb(worker));
}

enum status worker_call(struct worker *worker, const char *verb, const struct worker_field *fields,
                        struct record *result)
{
    gint64 end = end_of_verb(worker);
    record_clear(result);
    enum status status = ready_by(worker, end);
    if (status == STATUS_OK)
        status = send_verb(worker, verb, fields);
    if (status == STATUS_OK)
        return await_result(worker, end, result);
    if (status == STATUS_INTERNAL)
        status = lose(worker, result);
    /* It never heard what it should have sent. */
    enum status added = record_add_number(result, "sent", 0);
    return added == STATUS_OK ? status : added;
}
