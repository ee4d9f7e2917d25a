/* SPDX-License-Identifier: MIT
 * The configuration file: read only where nobody but root can have written it, and what a line
 * says wins over it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "internal.h"
#include "log_capture.h"
#include "open_fds.h"

static char folder[] = "/tmp/csolink-test-XXXXXX";
static char path[sizeof folder + 8];
static char text[CONFIGURATION_MAX + 1];
static const char *why;

static enum configuration read_it(void)
{
    int before = count_fds();
    why = NULL;
    enum configuration found = configuration_read(path, text, &why);
    assert_int_equal(count_fds(), before);
    return found;
}

static void write_it(const char *bytes, size_t size)
{
    FILE *file = fopen(path, "we");
    assert_non_null(file);
    fwrite(bytes, 1, size, file);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(chmod(path, 0644), 0);
}

static int remove_it(void **state)
{
    (void)state;
    unlink(path);
    return 0;
}

static void assert_unsafe(const char *reason)
{
    assert_int_equal(read_it(), CONFIGURATION_UNSAFE);
    assert_string_equal(why, reason);
}

static void a_missing_file_is_absent(void **state)
{
    (void)state;
    assert_int_equal(read_it(), CONFIGURATION_ABSENT);
}

static void a_full_descriptor_table_is_not_an_unsafe_file(void **state)
{
    struct rlimit before, none;
    (void)state;
    write_it("", 0);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    none = before;
    none.rlim_cur = 0;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &none), 0);
    enum configuration found = configuration_read(path, text, &why);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(found, CONFIGURATION_ABSENT);
    assert_non_null(strstr(why, "no descriptor left"));
}

static void what_is_no_file_is_unsafe_and_never_blocks(void **state)
{
    (void)state;
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_unsafe("is a link");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkfifo(path, 0644), 0);
    assert_unsafe("is not a regular file");
    assert_int_equal(unlink(path), 0);
    assert_int_equal(mkdir(path, 0755), 0);
    assert_unsafe("is not a regular file");
    assert_int_equal(rmdir(path), 0);
    assert_int_equal(configuration_read("etc/passwd", text, &why), CONFIGURATION_UNSAFE);
    assert_string_equal(why, "is not an absolute path");
}

static void a_file_that_is_not_roots_is_unsafe(void **state)
{
    (void)state;
    write_it("debug\n", 6);
    if (geteuid() == 0)
        assert_int_equal(chown(path, 65534, 0), 0);
    assert_unsafe("is not owned by root");
}

static bool root_is_here(void)
{
    if (geteuid() != 0)
        print_message("only root can make a file of root's\n");
    return geteuid() == 0;
}

static void a_file_that_others_can_write_is_unsafe(void **state)
{
    static const mode_t modes[] = {0664, 0646, 0666, 0620};
    (void)state;
    if (!root_is_here())
        skip();
    write_it("debug\n", 6);
    for (size_t i = 0; i < sizeof modes / sizeof modes[0]; i++) {
        assert_int_equal(chmod(path, modes[i]), 0);
        assert_unsafe("can be written by others than root");
    }
}

static void a_file_is_read_whole_or_not_at_all(void **state)
{
    static char much[CONFIGURATION_MAX + 1];
    (void)state;
    if (!root_is_here())
        skip();
    memset(much, '#', sizeof much);
    write_it(much, CONFIGURATION_MAX);
    assert_int_equal(read_it(), CONFIGURATION_READ);
    assert_int_equal(strlen(text), CONFIGURATION_MAX);
    write_it(much, sizeof much);
    assert_unsafe("is too long");
    write_it("debug\0x\n", 8);
    assert_unsafe("is not a text");
    write_it("", 0);
    assert_int_equal(read_it(), CONFIGURATION_READ);
    assert_string_equal(text, "");
}

static struct call parse(int argc, const char **argv)
{
    struct call call = {0};
    forget_log();
    options_parse(&call, argc, argv);
    return call;
}

static void the_line_wins_over_the_file(void **state)
{
    char conf[sizeof path + 5];
    const char *argv[] = {"timeout=4", conf};
    (void)state;
    if (!root_is_here())
        skip();
    snprintf(conf, sizeof conf, "conf=%s", path);
    write_it("timeout=3\nlink=login\n", 21);
    struct call call = parse(2, argv);
    assert_int_equal(call.options.timeout, 4);
    assert_int_equal(call.options.link, LINK_LOGIN);
    assert_true(call.usable);
    assert_string_equal(logged, "");
}

static void an_unsafe_file_makes_the_call_unusable(void **state)
{
    char conf[sizeof path + 5];
    const char *argv[] = {conf, "link=login"};
    (void)state;
    snprintf(conf, sizeof conf, "conf=%s", path);
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_false(parse(2, argv).usable);
    assert_true(logged_only(LOG_ERR, "is a link"));
}

static void a_file_that_a_line_names_and_that_is_missing_is_logged(void **state)
{
    const char *argv[] = {"conf=/nonexistent/pam.conf", "link=login"};
    (void)state;
    struct call call = parse(2, argv);
    assert_true(call.usable);
    assert_int_equal(call.options.link, LINK_LOGIN);
    assert_true(logged_only(LOG_ERR, "/nonexistent/pam.conf is missing"));
}

static int set_up(void **state)
{
    (void)state;
    bool made = mkdtemp(folder) != NULL;
    snprintf(path, sizeof path, "%s/conf", folder);
    return made ? 0 : -1;
}

static int tear_down(void **state)
{
    (void)state;
    return rmdir(folder);
}

#define TEST(name) cmocka_unit_test_teardown(name, remove_it)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_missing_file_is_absent),
        TEST(a_full_descriptor_table_is_not_an_unsafe_file),
        TEST(what_is_no_file_is_unsafe_and_never_blocks),
        TEST(a_file_that_is_not_roots_is_unsafe),
        TEST(a_file_that_others_can_write_is_unsafe),
        TEST(a_file_is_read_whole_or_not_at_all),
        TEST(the_line_wins_over_the_file),
        TEST(an_unsafe_file_makes_the_call_unusable),
        TEST(a_file_that_a_line_names_and_that_is_missing_is_logged),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
