/* SPDX-License-Identifier: MIT
 * Configuration: defaults, what /etc and the person may set, and errors that name file, key,
 * reason. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <glib/gstdio.h>

#include "config/config.h"

struct files {
    char *folder, *etc, *user;
};

static int make_files(void **state)
{
    struct files *files = g_new0(struct files, 1);
    files->folder = g_dir_make_tmp("config-XXXXXX", NULL);
    files->etc = g_build_filename(files->folder, "etc.conf", NULL);
    files->user = g_build_filename(files->folder, "user.conf", NULL);
    *state = files;
    return 0;
}

static int remove_files(void **state)
{
    struct files *files = *state;
    g_unlink(files->etc);
    g_unlink(files->user);
    g_rmdir(files->folder);
    g_free(files->folder);
    g_free(files->etc);
    g_free(files->user);
    g_free(files);
    return 0;
}

static void put(const char *path, const char *lines)
{
    g_autofree char *text = g_strconcat("[csolink]\n", lines, NULL);
    assert_true(g_file_set_contents(path, text, -1, NULL));
}

static enum status load(const struct files *files, struct config *config, char **why)
{
    return config_load(config, files->etc, files->user, why);
}

static void defaults_hold_without_files(void **state)
{
    struct config config = {0};
    g_autofree char *why = NULL;
    assert_int_equal(load(*state, &config, &why), STATUS_OK);
    assert_string_equal(config.environment, "production");
    assert_string_equal(config.confirm, "when-names-differ");
    assert_string_equal(config.keyring_transfer, "plain");
    assert_int_equal(config.keyring_timeout, 10);
    assert_int_equal(config.worker_timeout, 60);
    assert_int_equal(config.person_timeout, 120);
    assert_false(config.keep_filing_login);
    assert_null(config.account);
    config_clear(&config);
}

static void the_person_wins_over_etc(void **state)
{
    const struct files *files = *state;
    struct config config = {0};
    g_autofree char *why = NULL;
    put(files->etc, "confirm = always\nkeyring_timeout = 5\n");
    put(files->user, "confirm = when-names-differ\n");
    assert_int_equal(load(files, &config, &why), STATUS_OK);
    assert_string_equal(config.confirm, "when-names-differ");
    assert_int_equal(config.keyring_timeout, 5);
    config_clear(&config);
}

static void a_locked_key_keeps_etcs_value(void **state)
{
    const struct files *files = *state;
    struct config config = {0};
    g_autofree char *why = NULL;
    put(files->etc, "lock = confirm\nconfirm = always\n");
    put(files->user, "confirm = when-names-differ\nkeep_filing_login = true\n");
    assert_int_equal(load(files, &config, &why), STATUS_OK);
    assert_string_equal(config.confirm, "always");
    assert_true(config.keep_filing_login);
    config_clear(&config);
}

static void the_persons_ca_file_is_for_practice_alone(void **state)
{
    const struct files *files = *state;
    struct config config = {0};
    g_autofree char *why = NULL;
    put(files->etc, "ca_file = /etc/firm.pem\n");
    put(files->user, "ca_file = /home/own.pem\n");
    assert_int_equal(load(files, &config, &why), STATUS_OK);
    assert_string_equal(config.ca_file, "/etc/firm.pem");
    assert_string_equal(config.practice_ca_file, "/home/own.pem");
    config_clear(&config);
}

static void bad_keys_are_named(void **state)
{
    static const struct {
        const char *lines, *word;
    } rows[] = {
        {"colour = red\n", "colour"},
        {"proxy = http://mine/\n", "/etc only"},
        {"confirm = never\n", "confirm"},
        {"confirm = always never\n", "confirm"},
        {"keyring_timeout = 0\n", "keyring_timeout"},
        {"keyring_timeout = 9s\n", "keyring_timeout"},
        {"keep_filing_login = 1\n", "neither true"},
        {"account = a\\tb\n", "control"},
        {"lock = confirm\n", "lock"},
        {"confirm always\n", "\"confirm always\""},
        {"confirm = never\n", "when-names-differ always"},
        {"keyring_timeout = 99\n", "from 1 to 60"},
        {"[csolnk]\nconfirm = always\n", "[csolnk]"},
    };
    const struct files *files = *state;
    for (size_t i = 0; i < G_N_ELEMENTS(rows); i++) {
        struct config config = {0};
        g_autofree char *why = NULL;
        put(files->user, rows[i].lines);
        assert_int_equal(load(files, &config, &why), STATUS_BAD_INPUT);
        assert_non_null(strstr(why, files->user));
        assert_non_null(strstr(why, rows[i].word));
        config_clear(&config);
    }
}

/* An administrator's typing error must not leave open what she means to lock. */
static void a_lock_on_no_key_is_named(void **state)
{
    const struct files *files = *state;
    struct config config = {0};
    g_autofree char *why = NULL;
    put(files->etc, "lock = confrm;proxy\n");
    assert_int_equal(load(files, &config, &why), STATUS_BAD_INPUT);
    assert_non_null(strstr(why, files->etc));
    assert_non_null(strstr(why, "confrm"));
    config_clear(&config);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(defaults_hold_without_files, make_files, remove_files),
        cmocka_unit_test_setup_teardown(the_person_wins_over_etc, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_locked_key_keeps_etcs_value, make_files, remove_files),
        cmocka_unit_test_setup_teardown(the_persons_ca_file_is_for_practice_alone, make_files,
                                        remove_files),
        cmocka_unit_test_setup_teardown(bad_keys_are_named, make_files, remove_files),
        cmocka_unit_test_setup_teardown(a_lock_on_no_key_is_named, make_files, remove_files),
    };
    return cmocka_run_group_tests_name("config", tests, NULL, NULL);
}
