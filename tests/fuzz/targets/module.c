/* SPDX-License-Identifier: MIT
 * The six entry points in any order, called for one of two lines, with any options, users and
 * passwords: their return values never fail a login, a password reaches its own user's capture,
 * once, and nothing else, and nothing stays behind.
 * Input: faults, child_plan(), file_plan(), the words of each line up to an empty one,
 * transaction_begin(), and steps: a byte for what is called, then what belongs to it. */
#include "child.h"
#include "faults.h"
#include "file.h"
#include "internal.h"
#include "libpam.h"
#include "session.h"
#include "traces.h"

enum {
    LINES = 2,
    WORDS = 6,
    WORD_SIZE = 200,
    STEPS = 12,
    DEADLINE_MS = 10000,
    NAME_MAX_SENT = 256
};

static pam_handle_t *pamh;
static const char **argv; /* of the line that is called */
static int argc;
static bool has_typed; /* a password that was not sent yet */

static void authenticate(struct input *input)
{
    transaction_set_password(input);
    HOLDS(pam_sm_authenticate(pamh, 0, argc, argv) == PAM_IGNORE);
    transaction_forget_password();
    has_typed = true;
}

static bool line_captures(void)
{
    int i = 0;
    while (i < argc && strcmp(argv[i], "capture") != 0)
        i++;
    return i < argc;
}

/* The password of an attempt before it is gone. */
static void authenticate_without_password(struct input *input)
{
    (void)input;
    HOLDS(pam_sm_authenticate(pamh, 0, argc, argv) == PAM_IGNORE);
    has_typed = has_typed && !line_captures();
}

static void set_credentials(struct input *input)
{
    HOLDS(pam_sm_setcred(pamh, take_byte(input), argc, argv) == PAM_SUCCESS);
}

static void manage_account(struct input *input)
{
    HOLDS(pam_sm_acct_mgmt(pamh, take_byte(input), argc, argv) == PAM_IGNORE);
}

static void check_session(int result)
{
    HOLDS(result == PAM_IGNORE || (result == PAM_SUCCESS && transaction_user()));
}

static void open_session(struct input *input)
{
    (void)input;
    check_session(pam_sm_open_session(pamh, 0, argc, argv));
}

static void close_session(struct input *input)
{
    (void)input;
    check_session(pam_sm_close_session(pamh, (int)PAM_SILENT, argc, argv));
}

static void change_password(struct input *input)
{
    int phase = (int)(take_byte(input) & 1 ? PAM_PRELIM_CHECK : PAM_UPDATE_AUTHTOK);
    HOLDS(pam_sm_chauthtok(pamh, phase, argc, argv) == PAM_IGNORE);
}

static void (*const steps[])(struct input *input) = {
    authenticate,    authenticate_without_password,
    set_credentials, manage_account,
    open_session,    close_session,
    change_password, transaction_set_user,
};
enum { STEP_KINDS = sizeof steps / sizeof steps[0] };

static void check_secret(const char *secret)
{
    HOLDS(has_typed && transaction_knows(secret));
    has_typed = false;
}

static void check_request(void)
{
    const struct record *request = child_request();
    const struct passwd *user = transaction_user();
    const char *why = NULL;
    if (!request)
        return;
    HOLDS(user && user->pw_uid > 0);
    HOLDS(strcmp(record_get(request, SESSION_KEY_USER), user->pw_name) == 0);
    HOLDS(strlen(user->pw_name) > NAME_MAX_SENT || request_check(request, &why) == STATUS_OK);
    if (record_get(request, SESSION_KEY_SECRET))
        check_secret(record_get(request, SESSION_KEY_SECRET));
}

struct line {
    char text[WORDS][WORD_SIZE];
    const char *argv[WORDS];
    int argc;
};

static void take_line(struct input *input, struct line *line)
{
    for (line->argc = 0; line->argc < WORDS; line->argc++) {
        line->argv[line->argc] = take_text(input, line->text[line->argc], WORD_SIZE);
        if (*line->text[line->argc] == '\0')
            break;
    }
}

static void take_step(struct input *input, struct line lines[LINES])
{
    long long before = child_clock_ms();
    unsigned choice = take_byte(input);
    struct line *line = &lines[choice / STEP_KINDS % LINES];
    argv = line->argv;
    argc = line->argc;
    steps[choice % STEP_KINDS](input);
    HOLDS(child_clock_ms() - before <= DEADLINE_MS);
    faults_allow(false);
    check_request();
    child_forget();
    faults_allow(true);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct line lines[LINES];
    struct input input = {data, data + size};
    traces_begin();
    faults_begin(&input);
    child_plan(&input);
    file_plan(&input);
    for (int i = 0; i < LINES; i++)
        take_line(&input, &lines[i]);
    pamh = transaction_begin(&input);
    has_typed = false;
    for (int i = 0; i < STEPS && input.next < input.end; i++)
        take_step(&input, lines);
    transaction_end(PAM_SUCCESS);
    faults_allow(false);
    traces_check();
    return 0;
}
