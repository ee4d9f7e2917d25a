/* SPDX-License-Identifier: MIT
 * A scenario as its file says it: what the machine looks like, then the calls of a host in order,
 * each with what has to be seen. ../README.md describes the words. */
#ifndef CSOLINK_SCENARIO_H
#define CSOLINK_SCENARIO_H

#include <security/pam_appl.h>
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { STEPS_MAX = 24, EXPECTED_MAX = 24, LINES_MAX = 24, FILES_MAX = 8, HIDDEN_MAX = 4 };
enum { SCENARIO_MAX = 8192 };

/* Lines of one kind that belong together, as they stand in the file. */
struct lines {
    size_t count;
    const char *text[LINES_MAX];
};

/* One thing that has to be seen. */
struct expected {
    unsigned line;
    int kind;           /* of a log line: the priority; of a message: libpam's style */
    const char *text;   /* of a variable: NAME=VALUE; of a request: its fields */
    const char *answer; /* of a prompt */
};

/* In the order in which they have to be seen. */
struct expectations {
    size_t count;
    struct expected item[EXPECTED_MAX];
};

struct step;
struct host;

/* What a host can do: an entry point of libpam, whose code is judged, or something of its own. */
struct action {
    const char *name;
    int (*entry)(pam_handle_t *pamh, int flags);
    const char *type; /* what libpam calls the entry point in the log */
    void (*act)(struct host *host, const struct step *step);
};

struct step {
    unsigned line;
    const struct action *action;
    bool forked;
    int flags;
    int code;
    const char *item, *value; /* of "set" and "limit" */
    struct expectations messages, log, requests, environment;
    unsigned least, most; /* seconds */
};

enum file_kind { FILE_TEXT, FILE_FOLDER, FILE_FIFO, FILE_LINK };

struct file {
    unsigned line;
    enum file_kind kind;
    const char *path, *owner, *target;
    mode_t mode;
    unsigned long size; /* the text is filled up to it */
    struct lines content;
};

struct scenario {
    const char *service, *user; /* user NULL: the host names none */
    const char *runs_as;        /* the host's own user, NULL: root */
    const char *helper;         /* a word of stage.c, and what follows it */
    const char *observed;       /* options of a stack that shows the module's own codes, or NULL */
    struct lines stack;
    size_t files, hidden, steps;
    struct file file[FILES_MAX];
    const char *hide[HIDDEN_MAX];
    struct step step[STEPS_MAX];
    char words[SCENARIO_MAX], lines[SCENARIO_MAX]; /* the file's text, cut into either */
};

/* --- main.c --- */

/* Prints "FILE:LINE: " and the difference, and ends the program: what comes after the first is
 * hardly ever of interest. */
_Noreturn void differ(unsigned line, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Prints "FILE:LINE: left out: " and why, and ends the program, which has not failed. */
_Noreturn void leave_out(unsigned line, const char *why);

/* --- parse.c --- */

/* Reads the file. Ends the program at a line that cannot be understood. */
void scenario_parse(struct scenario *scenario, const char *path);

/* --- words.c --- */

/* A name in a scenario and the constant that it stands for; a table ends with a NULL name. */
struct word {
    const char *name;
    int value;
};

extern const struct word code_words[], flag_words[], message_words[], priority_words[],
    item_words[], limit_words[];

/* libpam's management groups; ends with NULL. */
extern const char *const groups[];

/* The entry of that name or value, or NULL. */
const struct word *word_find(const struct word *words, const char *name);
const char *word_of(const struct word *words, int value);

/* The invented password that a scenario calls by this name, or NULL. Scenarios never show one. */
const char *password_find(const char *name);

/* --- stage.c --- */

/* Where the service files stand, and what csolink-session's stand-in reports to. */
#define STAGE    "/run/scenario"
#define SERVICES STAGE "/pam.d"

/* Makes the machine look as the scenario says, in this process's own mount namespace. stand_in is
 * the program that can take csolink-session's place. */
void stage_set(const struct scenario *scenario, const char *stand_in);

/* Becomes the scenario's host, who can come back to nobody. */
void stage_become_host(const struct scenario *scenario);

/* --- system_log.c --- */

/* Listens where syslog(3) speaks to. To be called before anything is logged. */
void system_log_open(void);

/* Judges what the module and libpam logged since the last call; other modules may say anything.
 * type may be NULL: then nothing at all may have been logged. */
void system_log_check(const struct step *step, const char *service);

/* --- requests.c --- */

/* Listens to csolink-session's stand-in; path is a socket's. */
void requests_open(const char *path);

/* Judges what the stand-in was asked since the last call. */
void requests_check(const struct step *step);

/* --- conversation.c --- */

/* One transaction of a host with libpam. */
struct host {
    const struct scenario *scenario;
    pam_handle_t *pamh;
    const struct step *step;
    size_t messages; /* of the step, that were seen */
    unsigned passed; /* how often an observed stack went on after the module */
    int status;      /* of the last call, for pam_end(3) */
    struct expectations environment;
};

/* What an observed stack has behind the module, in each group. */
extern const char observed_behind[];

/* libpam's conversation function; data is the host. */
int converse(int count, const struct pam_message **messages, struct pam_response **responses,
             void *data);

/* Whether everything that had to be asked or said was. */
void conversation_check(const struct host *host);

/* --- actions.c --- */

/* The action of that name, or NULL. */
const struct action *action_find(const char *name);

/* Starts a transaction, if none runs. */
void host_start(struct host *host);

/* Gives the host back what "limit" took from it; LeakSanitizer needs descriptors. */
void limits_lift(void);

/* --- play.c --- */

/* Does all steps and judges each. */
void scenario_play(const struct scenario *scenario);

#endif
