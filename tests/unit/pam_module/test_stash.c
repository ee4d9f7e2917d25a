/* SPDX-License-Identifier: MIT
 * capture's copy of the login password in a real transaction: where it lies, who does not get it,
 * and that it goes. This process's own memory is searched for it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <pwd.h>
#include <security/pam_appl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "module_path.h"

static char folder[] = "/tmp/csolink-test-XXXXXX";

/* Scrambled, so that the searcher does not find itself. */
static const unsigned char scrambled[] = {0x1b, 0x38, 0x0c, 0x77, 0x22, 0x3d, 0x6b, 0x11,
                                          0x2f, 0x74, 0x19, 0x05, 0x3e, 0x70, 0x66, 0x2a};
enum { SIZE = sizeof scrambled, MASK = 0x55 };

/* Greater mappings are a sanitizer's, and take hours to read. */
static const unsigned long mapping_max = 64UL << 20;

static int converse(int count, const struct pam_message **messages, struct pam_response **responses,
                    void *data)
{
    char *password = calloc(1, SIZE + 1);
    (void)data;
    assert_int_equal(count, 1);
    assert_int_equal(messages[0]->msg_style, PAM_PROMPT_ECHO_OFF);
    for (size_t i = 0; i < SIZE; i++)
        password[i] = (char)(scrambled[i] ^ MASK);
    *responses = calloc(1, sizeof **responses);
    (*responses)->resp = password;
    return PAM_SUCCESS;
}

static bool found_at(const unsigned char *at)
{
    size_t i = 0;
    while (i < SIZE && (at[i] ^ MASK) == scrambled[i])
        i++;
    return i == SIZE;
}

/* How often it stands in [begin, end) of this process's memory. */
static int count_in(int memory, unsigned long begin, unsigned long end)
{
    static unsigned char buffer[1 << 16];
    int count = 0;
    for (unsigned long at = begin; at < end; at += sizeof buffer - SIZE) {
        size_t size = end - at < sizeof buffer ? end - at : sizeof buffer;
        ssize_t got = pread(memory, buffer, size, (off_t)at);
        for (ssize_t i = 0; i + SIZE <= got; i++)
            count += found_at(buffer + i);
    }
    memset(buffer, 0, sizeof buffer);
    return count;
}

struct copies {
    int all, shielded; /* shielded: locked, out of dumps, wiped in a fork */
};

/* AddressSanitizer turns mlock(2) into nothing. */
static bool is_shielded(const char *flags)
{
#ifndef __SANITIZE_ADDRESS__
    if (!strstr(flags, " lo"))
        return false;
#endif
    return strstr(flags, " dd") && strstr(flags, " wf");
}

static struct copies count_copies(void)
{
    struct copies copies = {0, 0};
    char line[512], mode[5];
    unsigned long begin, end;
    int found = 0, memory = open("/proc/self/mem", O_RDONLY | O_CLOEXEC);
    FILE *maps = fopen("/proc/self/smaps", "re");
    assert_true(memory >= 0 && maps);
    while (fgets(line, sizeof line, maps)) {
        if (sscanf(line, "%lx-%lx %4s", &begin, &end, mode) == 3) {
            bool searched = mode[0] == 'r' && mode[1] == 'w' && end - begin <= mapping_max;
            found = searched ? count_in(memory, begin, end) : 0;
            copies.all += found;
        } else if (strncmp(line, "VmFlags:", 8) == 0 && is_shielded(line)) {
            copies.shielded += found;
        }
    }
    fclose(maps);
    close(memory);
    return copies;
}

static int count_in_child(void)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0)
        _exit(count_copies().all);
    assert_int_equal(waitpid(child, &status, 0), child);
    return WEXITSTATUS(status);
}

static const char *person(void)
{
    return geteuid() == 0 ? "nobody" : getpwuid(geteuid())->pw_name;
}

/* Authenticates: pam_ftp asks for the password and believes nothing, and ours comes behind. */
static pam_handle_t *authenticate(const char *service, const char *options)
{
    static const struct pam_conv conversation = {.conv = converse};
    char path[sizeof folder + 32];
    pam_handle_t *pamh = NULL;
    snprintf(path, sizeof path, "%s/%s", folder, service);
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fprintf(file,
            "auth optional pam_ftp.so\nauth optional %s minimum_uid=1 %s\n"
            "auth required pam_permit.so\nsession required pam_permit.so\n"
            "session optional %s minimum_uid=1\n",
            module, options, module);
    assert_int_equal(fclose(file), 0);
    int begun = pam_start_confdir(service, person(), &conversation, folder, &pamh);
    assert_int_equal(begun, PAM_SUCCESS);
    assert_int_equal(pam_authenticate(pamh, 0), PAM_SUCCESS);
    unlink(path);
    return pamh;
}

/* What others left, libpam and pam_ftp, is theirs. */
static int others_copies(const char *service)
{
    pam_handle_t *pamh = authenticate(service, "");
    int count = count_copies().all;
    pam_end(pamh, PAM_SUCCESS);
    return count;
}

static void the_only_copy_is_locked_and_in_no_dump_and_in_no_fork(void **state)
{
    (void)state;
    int others = others_copies("sshd");
    pam_handle_t *pamh = authenticate("sshd", "capture");
    struct copies copies = count_copies();
    assert_int_equal(copies.shielded, 1);
    assert_int_equal(copies.all, others + 1);
    assert_int_equal(count_in_child(), others);
    pam_end(pamh, PAM_SUCCESS);
}

static void at_the_end_of_the_transaction_it_is_gone(void **state)
{
    (void)state;
    int others = others_copies("sshd");
    pam_end(authenticate("sshd", "capture"), PAM_SUCCESS);
    assert_int_equal(count_copies().all, others);
}

typedef int entry_point(pam_handle_t *pamh, int flags);

static int delete_credentials(pam_handle_t *pamh, int flags)
{
    return pam_setcred(pamh, flags | (int)PAM_DELETE_CRED);
}

/* No process is started: csolink-session is not installed, or refuses the person's runtime dir. */
static void each_way_out_of_a_session_wipes_it(void **state)
{
    static entry_point *const ways[] = {pam_open_session, pam_close_session, delete_credentials};
    (void)state;
    for (size_t i = 0; i < sizeof ways / sizeof ways[0]; i++) {
        pam_handle_t *pamh = authenticate("sshd", "capture");
        assert_int_equal(count_copies().shielded, 1);
        ways[i](pamh, 0);
        assert_int_equal(count_copies().shielded, 0);
        pam_end(pamh, PAM_SUCCESS);
    }
}

static void nothing_is_kept_of_an_automatic_login_or_without_the_option(void **state)
{
    static const char *const cases[][2] = {{"lightdm-autologin", "capture"},
                                           {"sshd", ""},
                                           {"cron", "capture"},
                                           {"sshd", "capture minimum_uid=4294967295"}};
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        pam_handle_t *pamh = authenticate(cases[i][0], cases[i][1]);
        assert_int_equal(count_copies().shielded, 0);
        pam_end(pamh, PAM_SUCCESS);
    }
}

static int set_up(void **state)
{
    char path[sizeof folder + 8];
    (void)state;
    if (!mkdtemp(folder) || !show_module(folder))
        return -1;
    snprintf(path, sizeof path, "%s/other", folder);
    FILE *file = fopen(path, "we");
    if (!file)
        return -1;
    fputs("auth required pam_deny.so\n", file);
    return fclose(file);
}

static int tear_down(void **state)
{
    char path[sizeof folder + 8];
    (void)state;
    snprintf(path, sizeof path, "%s/other", folder);
    unlink(path);
    unlink(module);
    return rmdir(folder);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_only_copy_is_locked_and_in_no_dump_and_in_no_fork),
        cmocka_unit_test(at_the_end_of_the_transaction_it_is_gone),
        cmocka_unit_test(each_way_out_of_a_session_wipes_it),
        cmocka_unit_test(nothing_is_kept_of_an_automatic_login_or_without_the_option),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
