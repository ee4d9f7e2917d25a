/* SPDX-License-Identifier: MIT
 * PACER's rules for new passwords, and 10,000 generated ones that obey them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "account/account.h"
#include "password/password_rules.h"

static const char *const words[] = {"jdoe1234", "laura", "Laura Q. van der Ley-Doe", "", NULL};

static void each_rule_is_named_when_it_is_broken(void **unused)
{
    (void)unused;
    static const struct {
        const char *text, *word; /* NULL: good */
    } rows[] = {
        {"Gavel-Lantern7", NULL},
        {"Gavel-Lantern", "fewer than 14"},
        {"Gav3lLn!", "fewer than 14"},
        {"Gavel-Lantern-Gavel-Lantern-Gavel-Lantern-Gav", NULL},
        {"Gavel-Lantern-Gavel-Lantern-Gavel-Lantern-Gave", "more than 45"},
        {"GAVEL-LANTERN7", "lower-case"},
        {"gavel-lantern7", "upper-case"},
        {"GavelLantern77", "special"},
        {"Gavel Lantern77", "special"},
        {"Gavel-Jdoe1234-Lantern", "part of a name"},
        {"Gavel-jDOE-Lantern", "part of a name"},
        {"Gavel-LAURA-ntern", "part of a name"},
        {"Gavel-vAn-Lantern", "part of a name"},
        {"Gavel-leY-Lantern", "part of a name"},
        {"Gavel-Lantern-1234", NULL}, /* digits of a login are no name */
        {"Gavel-Q-Lantern", NULL},
        {"G\xc3\xa4vel-Lanter7", "fewer than 14"}, /* characters, not bytes */
    };
    g_auto(GStrv) parts = password_rules_parts(words);
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        SECRET_AUTO struct secret text = {0};
        assert_true(secret_set(&text, rows[i].text, strlen(rows[i].text)));
        const char *fault = password_rules_fault(&text, parts);
        print_message("%s: %s\n", rows[i].text, fault ? fault : "good");
        assert_int_equal(fault == NULL, rows[i].word == NULL);
        assert_true(!fault || strstr(fault, rows[i].word));
    }
}

static bool holds(const char *text, const char *part)
{
    g_autofree char *low = g_ascii_strdown(text, -1);
    return strstr(low, part) != NULL;
}

static void ten_thousand_generated_ones_obey_and_differ(void **unused)
{
    (void)unused;
    enum { COUNT = 10000 };
    g_auto(GStrv) parts = password_rules_parts(words);
    g_autoptr(GHashTable) seen = g_hash_table_new_full(g_str_hash, g_str_equal, g_free, NULL);
    for (int i = 0; i < COUNT; i++) {
        SECRET_AUTO struct secret text = {0};
        assert_int_equal(password_generate(parts, &text), STATUS_OK);
        const char *string = secret_string(&text);
        assert_int_equal(text.size, PASSWORD_GENERATED);
        assert_int_equal(strspn(string, password_alphabet), PASSWORD_GENERATED);
        assert_null(password_rules_fault(&text, parts));
        assert_false(holds(string, "doe") || holds(string, "234") || holds(string, "aur"));
        assert_true(g_hash_table_add(seen, g_strdup(string)));
    }
}

/* Without parts each character is expected 200,000 / 62 times, a little more where a class must
 * come: eight standard deviations either side of that are no chance, and a modulo's bias, which
 * would be a quarter for the first eight characters, is far outside. */
static void every_character_comes_about_as_often(void **unused)
{
    (void)unused;
    enum { COUNT = 10000, PER_CHARACTER = COUNT * PASSWORD_GENERATED / 62 };
    static char *const none[] = {NULL};
    size_t counts[256] = {0}, size = strlen(password_alphabet);
    assert_int_equal(size, 62);
    for (int i = 0; i < COUNT; i++) {
        SECRET_AUTO struct secret text = {0};
        assert_int_equal(password_generate(none, &text), STATUS_OK);
        for (size_t at = 0; at < text.size; at++)
            counts[(unsigned char)text.data[at]]++;
    }
    for (size_t i = 0; i < size; i++) {
        bool special = g_ascii_ispunct(password_alphabet[i]);
        size_t count = counts[(unsigned char)password_alphabet[i]];
        print_message("%c %zu\n", password_alphabet[i], count);
        assert_in_range(count, PER_CHARACTER * 85 / 100,
                        PER_CHARACTER * (special ? 140 : 115) / 100);
    }
}

static void a_short_login_is_named(void **unused)
{
    (void)unused;
    assert_non_null(account_login_note("jd1234"));
    assert_non_null(account_login_note("jdo1234"));
    assert_null(account_login_note("jdoe1234"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_rule_is_named_when_it_is_broken),
        cmocka_unit_test(ten_thousand_generated_ones_obey_and_differ),
        cmocka_unit_test(every_character_comes_about_as_often),
        cmocka_unit_test(a_short_login_is_named),
    };
    return cmocka_run_group_tests_name("password rules", tests, NULL, NULL);
}
