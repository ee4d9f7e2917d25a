/* SPDX-License-Identifier: MIT
 * The guard's fingerprint is HMAC-SHA-256 and no other: marks that are on record must stay right.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "guard/guard.h"

enum { LONGEST = 200 };

static void fill(struct secret *secret, size_t size, char first)
{
    for (size_t i = 0; i < size; i++) {
        char byte = (char)(first + (int)(i % 50));
        assert_true(secret_append(secret, &byte, 1));
    }
}

static void assert_as_glib_has_it(size_t key_size, size_t value_size)
{
    SECRET_AUTO struct secret key = {0}, value = {0};
    fill(&key, key_size, '0');
    fill(&value, value_size, 'A');
    g_autofree char *ours = guard_fingerprint(&key, &value);
    g_autofree char *glibs =
        g_compute_hmac_for_data(G_CHECKSUM_SHA256, (const guchar *)secret_string(&key), key.size,
                                (const guchar *)secret_string(&value), value.size);
    assert_string_equal(ours, glibs);
}

static void any_length_has_the_hmac_of_the_standard(void **state)
{
    (void)state;
    for (size_t value = 0; value <= LONGEST; value++)
        assert_as_glib_has_it(64, value);
    for (size_t key = 0; key <= LONGEST; key++)
        assert_as_glib_has_it(key, 20);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(any_length_has_the_hmac_of_the_standard),
    };
    return cmocka_run_group_tests_name("fingerprint", tests, NULL, NULL);
}
