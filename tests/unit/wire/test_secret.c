/* SPDX-License-Identifier: MIT
 * Secret buffers: locked, out of core dumps, growing without losing a byte. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "csolink/secret.h"

/* The line of /proc/self/smaps that begins with key, of the mapping that holds address. */
static bool smaps_line(const void *address, const char *key, char *line, int size)
{
    FILE *maps = fopen("/proc/self/smaps", "r");
    unsigned long from, to, wanted = (unsigned long)address;
    bool inside = false, found = false;
    while (!found && fgets(line, size, maps)) {
        if (sscanf(line, "%lx-%lx ", &from, &to) == 2)
            inside = from <= wanted && wanted < to;
        else
            found = inside && strncmp(line, key, strlen(key)) == 0;
    }
    fclose(maps);
    return found;
}

static void pages_are_locked_and_not_dumped(void **state)
{
    (void)state;
    char line[256];
    SECRET_AUTO struct secret secret = {0};
    assert_true(secret_set(&secret, "s", 1));
    assert_true(smaps_line(secret.data, "VmFlags:", line, sizeof line));
#ifndef __SANITIZE_ADDRESS__              /* its mlock() does nothing */
    assert_non_null(strstr(line, " lo")); /* locked */
#endif
    assert_non_null(strstr(line, " dd")); /* do not dump */
}

static void growing_keeps_the_content(void **state)
{
    (void)state;
    SECRET_AUTO struct secret secret = {0};
    for (int i = 0; i < 5000; i++)
        assert_true(secret_append(&secret, "abc", 3));
    assert_int_equal(secret.size, 15000);
    assert_int_equal(strlen(secret_string(&secret)), 15000);
    assert_memory_equal(secret.data + 14997, "abc", 4);
}

static void a_size_that_cannot_be_is_refused_and_changes_nothing(void **state)
{
    (void)state;
    SECRET_AUTO struct secret secret = {0};
    assert_true(secret_set(&secret, "kept", 4));
    assert_false(secret_reserve(&secret, SIZE_MAX));
    assert_false(secret_append(&secret, "x", SIZE_MAX));
    assert_string_equal(secret_string(&secret), "kept");
}

static void setting_a_shorter_secret_wipes_the_longer_one(void **state)
{
    (void)state;
    SECRET_AUTO struct secret secret = {0};
    assert_true(secret_set(&secret, "long-secret", 11));
    assert_true(secret_set(&secret, "s", 1));
    assert_string_equal(secret_string(&secret), "s");
    for (size_t i = 2; i < 11; i++)
        assert_int_equal(secret.data[i], 0);
}

static void equality_is_of_the_whole(void **state)
{
    (void)state;
    assert_true(secret_equal("ab", 2, "ab", 2));
    assert_false(secret_equal("ab", 2, "abc", 3));
    assert_false(secret_equal("ab", 2, "aB", 2));
    assert_true(secret_equal("", 0, NULL, 0));
}

static void cleared_buffer_is_the_empty_string(void **state)
{
    (void)state;
    struct secret secret = {0};
    assert_true(secret_set(&secret, "x", 1));
    secret_clear(&secret);
    assert_null(secret.data);
    assert_string_equal(secret_string(&secret), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pages_are_locked_and_not_dumped),
        cmocka_unit_test(growing_keeps_the_content),
        cmocka_unit_test(a_size_that_cannot_be_is_refused_and_changes_nothing),
        cmocka_unit_test(setting_a_shorter_secret_wipes_the_longer_one),
        cmocka_unit_test(equality_is_of_the_whole),
        cmocka_unit_test(cleared_buffer_is_the_empty_string),
    };
    return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
