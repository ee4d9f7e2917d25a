/* SPDX-License-Identifier: MIT
 * The built module under the real libpam: what each entry point returns in each situation, what is
 * logged, and that a missing helper fails no login. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <limits.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "log_capture.h"
#include "module_path.h"
#include "open_fds.h"
#include "paths.h"

static char folder[] = "/tmp/csolink-test-XXXXXX";

/* --- a host --- */

/* Somebody for whom this process can act: nobody has a session, and everyone has a passwd entry. */
static const char *person(void)
{
    const struct passwd *self = getpwuid(geteuid());
    return geteuid() == 0 ? "nobody" : self->pw_name;
}

static void write_file(const char *name, const char *text)
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

/* What PAM_IGNORE shows as: the stacks go on after it only, to a line that says this. */
enum { WENT_ON = PAM_AUTHINFO_UNAVAIL };
#define GO_ON                                                                                      \
    "pam_debug.so auth=authinfo_unavail cred=authinfo_unavail acct=authinfo_unavail "              \
    "open_session=authinfo_unavail close_session=authinfo_unavail "

static void write_stacks(const char *service, const char *options, const char *passwd_phases)
{
    static const char *const groups[] = {"auth", "account", "password", "session"};
    char text[4 * (PATH_MAX + 512)] = "";
    for (size_t i = 0; i < sizeof groups / sizeof groups[0]; i++) {
        size_t used = strlen(text);
        snprintf(text + used, sizeof text - used,
                 "%s [success=done ignore=ignore default=die] %s %s\n%s required %s %s\n",
                 groups[i], module, options, groups[i], GO_ON, passwd_phases);
    }
    write_file(service, text);
}

/* pam_debug reports what it returns, as NAME=CODE; ours must not say anything. */
static int converse(int count, const struct pam_message **messages, struct pam_response **responses,
                    void *data)
{
    (void)data;
    for (int i = 0; i < count; i++) {
        if (messages[i]->msg_style != PAM_TEXT_INFO || !strchr(messages[i]->msg, '='))
            fail_msg("the module spoke to the person");
    }
    *responses = calloc((size_t)count, sizeof **responses);
    return *responses ? PAM_SUCCESS : PAM_BUF_ERR;
}

static pam_handle_t *start(const char *service, const char *user)
{
    static const struct pam_conv conversation = {.conv = converse};
    pam_handle_t *pamh = NULL;
    assert_int_equal(pam_start_confdir(service, user, &conversation, folder, &pamh), PAM_SUCCESS);
    forget_log();
    return pamh;
}

typedef int entry_point(pam_handle_t *pamh, int flags);

/* Calls one entry point in a transaction of its own. */
static int call(entry_point *entry, const char *service, const char *user, int flags)
{
    pam_handle_t *pamh = start(service, user);
    int result = entry(pamh, flags);
    assert_int_equal(pam_end(pamh, result), PAM_SUCCESS);
    return result;
}

/* --- what the entry points return --- */

struct situation {
    const char *service, *user, *options;
    int open, close;
};

static void each_entry_point_returns_its_code(void **state)
{
    const struct situation *now = *state;
    const char *user = now->user && *now->user == '\0' ? person() : now->user;
    write_stacks(now->service, now->options, "prechauthtok=success chauthtok=authinfo_unavail");
    if (user) { /* libpam itself wants a name for these */
        assert_int_equal(call(pam_authenticate, now->service, user, 0), WENT_ON);
        assert_int_equal(call(pam_chauthtok, now->service, user, 0), WENT_ON);
    }
    assert_int_equal(call(pam_setcred, now->service, user, PAM_ESTABLISH_CRED), PAM_SUCCESS);
    assert_int_equal(call(pam_acct_mgmt, now->service, user, 0), WENT_ON);
    assert_int_equal(call(pam_open_session, now->service, user, 0), now->open);
    assert_int_equal(call(pam_close_session, now->service, user, PAM_SILENT), now->close);
    write_stacks(now->service, now->options, "prechauthtok=authinfo_unavail");
    if (user)
        assert_int_equal(call(pam_chauthtok, now->service, user, 0), WENT_ON);
}

/* user "": the person; options lower minimum_uid for a person who has a system user's number. */
static struct situation first_use = {"sshd", "", "minimum_uid=1", PAM_SUCCESS, PAM_SUCCESS};
static struct situation off = {"sshd", "", "minimum_uid=1 link=off", PAM_SUCCESS, PAM_SUCCESS};
static struct situation login = {"sshd", "", "minimum_uid=1 link=login", PAM_SUCCESS, PAM_SUCCESS};
static struct situation typing_error = {"sshd", "", "minimum_uid=1 strickt timeout=0", PAM_SUCCESS,
                                        PAM_SUCCESS};
static struct situation root = {"sshd", "root", "minimum_uid=1 link=login", WENT_ON, WENT_ON};
static struct situation system_user = {"sshd", "daemon", "link=login", WENT_ON, WENT_ON};
static struct situation ignored = {"cron", "", "minimum_uid=1 link=login", WENT_ON, WENT_ON};
static struct situation listed = {"sshd", "", "minimum_uid=1 link=login ignore_service=x,sshd",
                                  WENT_ON, WENT_ON};
static struct situation unknown = {"sshd", "no-such-user", "minimum_uid=1 link=login", WENT_ON,
                                   WENT_ON};
static struct situation nameless = {"sshd", NULL, "minimum_uid=1 link=login", WENT_ON, WENT_ON};

static void a_host_that_runs_as_another_user_is_left_alone(void **state)
{
    (void)state;
    write_stacks("sshd", "minimum_uid=1 link=login", "");
    pam_handle_t *pamh = start("sshd", "daemon");
    uid_t before = geteuid();
    if (before == 0)
        assert_int_equal(seteuid(65534), 0);
    int result = pam_open_session(pamh, 0);
    assert_int_equal(seteuid(before), 0);
    assert_int_equal(result, WENT_ON);
    pam_end(pamh, PAM_SUCCESS);
}

static void the_session_is_that_of_the_user_at_its_opening(void **state)
{
    (void)state;
    write_stacks("sshd", "minimum_uid=1", "");
    pam_handle_t *pamh = start("sshd", "root");
    assert_int_equal(pam_authenticate(pamh, 0), WENT_ON);
    assert_int_equal(pam_set_item(pamh, PAM_USER, person()), PAM_SUCCESS);
    assert_int_equal(pam_open_session(pamh, 0), PAM_SUCCESS);
    assert_int_equal(pam_set_item(pamh, PAM_USER, "root"), PAM_SUCCESS);
    assert_int_equal(pam_open_session(pamh, 0), WENT_ON);
    pam_end(pamh, PAM_SUCCESS);
}

/* --- what is logged --- */

static void a_normal_login_logs_nothing(void **state)
{
    (void)state;
    write_stacks("sshd", "minimum_uid=1", "");
    call(pam_open_session, "sshd", person(), 0);
    assert_string_equal(logged, "");
}

static void debug_tells_why_a_session_is_not_ours(void **state)
{
    (void)state;
    write_stacks("sshd", "debug", "");
    call(pam_open_session, "sshd", "root", 0);
    assert_non_null(strstr(logged, "not ours: the user is root"));
}

static void an_unknown_option_is_logged_as_an_error(void **state)
{
    (void)state;
    write_stacks("sshd", "minimum_uid=1 strickt", "");
    call(pam_open_session, "sshd", person(), 0);
    assert_true(logged_only(LOG_ERR, "unknown option \"strickt\""));
}

static void a_missing_helper_is_logged_and_the_login_goes_on(void **state)
{
    static const char path[] = CSOLINK_LIBEXECDIR "/csolink-session";
    (void)state;
    if (access(path, F_OK) == 0) {
        print_message("%s is installed, so it cannot be missing\n", path);
        skip();
    }
    write_stacks("sshd", "minimum_uid=1 link=login", "");
    pam_handle_t *pamh = start("sshd", person());
    int before = count_fds();
    for (int i = 0; i < 50; i++) {
        forget_log();
        assert_int_equal(pam_open_session(pamh, 0), PAM_SUCCESS);
    }
    assert_true(logged_only(LOG_ERR, path));
    assert_non_null(strstr(logged, "No such file or directory"));
    assert_int_equal(count_fds(), before);
    assert_int_equal(waitpid(-1, NULL, WNOHANG), -1);
    pam_end(pamh, PAM_SUCCESS);
}

static void nothing_is_started_without_link_login(void **state)
{
    static const char *const options[] = {"minimum_uid=1 debug", "minimum_uid=1 debug link=off"};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        write_stacks("sshd", options[i], "");
        call(pam_open_session, "sshd", person(), 0);
        assert_true(logged_only(LOG_DEBUG, "open_session"));
    }
}

/* --- the file --- */

static void read_command(const char *format, char *out, size_t size)
{
    char command[PATH_MAX + 64];
    snprintf(command, sizeof command, "%s %s", format, module);
    FILE *pipe = popen(command, "re");
    assert_non_null(pipe);
    out[fread(out, 1, size - 1, pipe)] = '\0';
    assert_int_equal(pclose(pipe), 0);
}

static void exactly_the_six_entry_points_are_exported(void **state)
{
    char symbols[4096];
    (void)state;
    read_command("nm -D --defined-only --format=just-symbols", symbols, sizeof symbols);
    assert_string_equal(symbols, "pam_sm_acct_mgmt\npam_sm_authenticate\npam_sm_chauthtok\n"
                                 "pam_sm_close_session\npam_sm_open_session\npam_sm_setcred\n");
}

static void only_libpam_and_libc_are_needed(void **state)
{
    char text[8192];
    (void)state;
#ifdef __SANITIZE_ADDRESS__
    print_message("a sanitizer build also needs the sanitizers' libraries\n");
    skip();
#endif
    read_command("objdump -p", text, sizeof text);
    int needed = 0;
    for (const char *at = text; (at = strstr(at, "NEEDED")); at++)
        needed++;
    assert_int_equal(needed, 2);
    assert_non_null(strstr(text, "libpam.so.0"));
    assert_non_null(strstr(text, "libc.so.6"));
}

static int set_up(void **state)
{
    (void)state;
    if (!mkdtemp(folder) || !show_module(folder))
        return -1;
    /* libpam complains of a missing "other" with each start. */
    write_file("other", "auth required pam_deny.so\n");
    return 0;
}

static int tear_down(void **state)
{
    static const char *const names[] = {"other", "sshd", "cron", "pam_csolink.so"};
    char path[PATH_MAX];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        snprintf(path, sizeof path, "%s/%s", folder, names[i]);
        unlink(path);
    }
    return rmdir(folder);
}

#define CODES(situation)                                                                           \
    {                                                                                              \
        "codes: " #situation, each_entry_point_returns_its_code, NULL, NULL, &situation            \
    }

int main(void)
{
    const struct CMUnitTest tests[] = {
        CODES(first_use),
        CODES(off),
        CODES(login),
        CODES(typing_error),
        CODES(root),
        CODES(system_user),
        CODES(ignored),
        CODES(listed),
        CODES(unknown),
        CODES(nameless),
        cmocka_unit_test(a_host_that_runs_as_another_user_is_left_alone),
        cmocka_unit_test(the_session_is_that_of_the_user_at_its_opening),
        cmocka_unit_test(a_normal_login_logs_nothing),
        cmocka_unit_test(debug_tells_why_a_session_is_not_ours),
        cmocka_unit_test(an_unknown_option_is_logged_as_an_error),
        cmocka_unit_test(a_missing_helper_is_logged_and_the_login_goes_on),
        cmocka_unit_test(nothing_is_started_without_link_login),
        cmocka_unit_test(exactly_the_six_entry_points_are_exported),
        cmocka_unit_test(only_libpam_and_libc_are_needed),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
