/* SPDX-License-Identifier: MIT
 * The table of situations: hosts that are peculiar, and helpers that misbehave.
 * A login goes on in all of them; the log names what an administrator has to mend. */
#include "situations.h"

#include "peculiar.h"

enum { DAEMON = 1 };

/* What is logged where the helper's time was over. */
#define NO_ANSWER     .log = {LOG_WARNING, "timed_out: the helper did not answer in time"}
#define NO_END        .log = {LOG_WARNING, "timed_out: the helper did not end"}
#define SILENT        .log = {LOG_ERR, "internal: the helper ended without an answer"}
#define ERROR(phrase) .log = {LOG_ERR, phrase}
#define HOST(prepared, restored)                                                                   \
    .prepare = prepared, .restore = restored, .opened = PAM_SUCCESS, .starts_csolink = true
#define HELPER(behaviour) .name = behaviour, .helper = behaviour, .opened = PAM_SUCCESS

const struct situation situations[] = {
    {.name = "nothing-peculiar", HOST(NULL, NULL)},
    {.name = "nothing-replaced", .csolink = "itself"},

    /* Hosts. */
    {.name = "sigchld-ignored", HOST(ignore_children, NULL)},
    {.name = "sigchld-ignored-and-helper-hangs",
     .helper = "hangs",
     .prepare = ignore_children,
     NO_ANSWER},
    {.name = "handler-reaps-everything", HOST(reap_everything, stop_reaping)},
    {.name = "handler-reaps-everything-and-helper-hangs",
     .helper = "hangs",
     .prepare = reap_everything,
     NO_ANSWER},
    {.name = "thread-steals-exit-statuses", HOST(start_thief, stop_thief), .sessions = 100},
    {.name = "threads-in-malloc",
     HOST(start_allocating, stop_allocating),
     .argument = 8,
     .sessions = 300},
    {.name = "interrupted-all-the-time",
     HOST(start_interrupting, stop_interrupting),
     .argument = 500,
     .sessions = 50},
    {.name = "interrupted-and-helper-hangs",
     .helper = "hangs",
     .prepare = start_interrupting,
     .restore = stop_interrupting,
     .argument = 2000,
     NO_ANSWER},
    {.name = "standard-descriptors-closed", HOST(close_standard_fds, reopen_standard_fds)},
    /* With none left libpam itself fails the call: it cannot open its audit socket. */
    {.name = "one-descriptor-left",
     .prepare = fill_descriptor_table,
     .restore = empty_descriptor_table,
     .argument = 1,
     ERROR("Too many open files")},
    {.name = "two-descriptors-left",
     .prepare = fill_descriptor_table,
     .restore = empty_descriptor_table,
     .argument = 2,
     ERROR("Too many open files")},
    {.name = "three-descriptors-left",
     HOST(fill_descriptor_table, empty_descriptor_table),
     .argument = 3},
    {.name = "no-process-allowed",
     .prepare = allow_no_process,
     .restore = allow_processes,
     ERROR("Resource temporarily unavailable")},
    {.name = "unprivileged-host", HOST(become_lawyer, NULL)},
    {.name = "host-of-another-user", .prepare = become_somebody_else, .opened = WENT_ON},
    {.name = "setuid-host-of-another-caller", HOST(become_setuid_host, NULL), .argument = DAEMON},
    {.name = "user-without-passwd-entry", .user = "no-such-user", .opened = WENT_ON},
    {.name = "inheritable-capabilities", HOST(take_inheritable_capabilities, NULL)},
    {.name = "capabilities-that-survive-setuid", HOST(keep_capabilities_for_ever, NULL)},
    {.name = "runtime-directories-hidden", .prepare = hide_runtime_directories},

    /* csolink-session. */
    {HELPER("probe")},
    {HELPER("missing"), ERROR("No such file or directory")},
    {HELPER("not-executable"), ERROR("Permission denied")},
    {HELPER("no-program"), ERROR("Exec format error")},
    {HELPER("hangs"), NO_ANSWER},
    {HELPER("stops"), NO_ANSWER},
    {HELPER("crashes"), SILENT},
    {HELPER("ends-silently"), SILENT},
    {HELPER("says-nothing-aloud"), SILENT},
    {HELPER("says-garbage"), ERROR("bad_input: the helper's answer is no status")},
    {HELPER("says-what-no-log-should-show"), ERROR("internal: ?[2J%n%n%s? evil")},
    {HELPER("answers")}, /* and reads nothing */
    {HELPER("reads-and-answers")},
    {HELPER("answers-and-crashes")},
    {HELPER("answers-and-lingers"), NO_END},
    {HELPER("answers-and-stops"), NO_END},
    {HELPER("answers-and-leaves-a-grandchild")},
    {HELPER("answers-in-a-flood")},
    {HELPER("answers-too-much"), ERROR("bad_input: the helper's answer is too long")},
    {HELPER("answers-with-descriptors")},
    {HELPER("floods"), ERROR("bad_input: the helper's answer is too long")},
    {HELPER("daemonises-and-answers")},
    {HELPER("daemonises-and-hangs"), NO_ANSWER},
    {HELPER("closes-and-ends"), SILENT},
    {HELPER("closes-and-lingers"), .log = {LOG_WARNING, "timed_out"}},
    {HELPER("shuts-down-and-lingers"), .log = {LOG_WARNING, "timed_out"}},

    /* csolink. */
    {.name = "csolink-missing", .csolink = "missing", ERROR("No such file or directory")},
    {.name = "csolink-not-executable", .csolink = "not-executable", ERROR("Permission denied")},
    {.name = NULL},
};
