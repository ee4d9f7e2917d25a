/* SPDX-License-Identifier: MIT
 * The credential protocol without a keyring: what is refused, what matches, what is answered.
 * Many cases are faults of git-credential-libsecret that this one must not have. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "credential/credential.h"
#include "credential/git_item.h"

static void parse(const char *text, struct record *request)
{
    assert_int_equal(record_parse(request, text, strlen(text), NULL), STATUS_OK);
}

static void hosts_are_split_and_odd_ones_refused(void **state)
{
    static const struct {
        const char *text;
        const char *host; /* NULL: refused */
        unsigned port;
    } cases[] = {
        {"example.com", "example.com", 0},
        {"Example.COM:8443", "example.com", 8443},
        {"example.com:08443", "example.com", 8443},
        {"example.com:65535", "example.com", 65535},
        {"127.0.0.1:1", "127.0.0.1", 1},
        {"[::1]", "[::1]", 0},
        {"[FE80::1]:8443", "[fe80::1]", 8443},
        {"", NULL, 0},
        {":8443", NULL, 0},
        {"example.com:", NULL, 0},
        {"example.com:0", NULL, 0},
        {"example.com:65536", NULL, 0},
        {"example.com:99999999", NULL, 0},
        {"example.com:-1", NULL, 0},
        {"example.com: 80", NULL, 0},
        {"example.com:80a", NULL, 0},
        {"::1", NULL, 0},
        {"[::1", NULL, 0},
        {"[]:80", NULL, 0},
        {"[::1]x", NULL, 0},
        {"[::1]:", NULL, 0},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        g_autofree char *host = NULL;
        unsigned port = 0;
        bool split = credential_split_host(cases[i].text, &host, &port);
        if (split != (cases[i].host != NULL))
            fail_msg("\"%s\" was %s", cases[i].text, split ? "taken" : "refused");
        if (split) {
            assert_string_equal(host, cases[i].host);
            assert_int_equal(port, cases[i].port);
        }
    }
}

static void unfit_requests_are_refused_with_a_reason(void **state)
{
    static const struct {
        const char *text;
        bool fit;
    } cases[] = {
        {"protocol=https\nhost=example.com\n", true},
        {"protocol=https\nhost=example.com\nusername=\n", true},
        {"protocol=cert\nhost=\npath=/home/u/client.pem\n", true},
        {"protocol=https\nhost=example.com\npath=a\tb\n", true},
        {"protocol=https\nhost=example.com\nusername=J\xc3\xb6rg\n", true},
        {"", false},
        {"host=example.com\n", false},
        {"protocol=https\n", false},
        {"protocol=https\nhost=exam\x1bple.com\n", false},
        {"protocol=ht\x7ftps\nhost=example.com\n", false},
        {"protocol=https\nhost=example.com\nusername=a\tb\n", false},
        {"protocol=https\nhost=example.com\nusername=\xff\xfe\n", false},
        {"protocol=https\nhost=example.com\npath=\xff\n", false},
        {"protocol=https\nhost=\xc3\x28\n", false},
        {"protocol=https\nhost=example.com:port\n", false},
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(cases); i++) {
        RECORD_AUTO struct record request = {0};
        const char *why = NULL;
        parse(cases[i].text, &request);
        enum status status = credential_check(&request, &why);
        if (status != (cases[i].fit ? STATUS_OK : STATUS_BAD_INPUT))
            fail_msg("case %zu ended as %s", i, status_name(status));
        assert_true(cases[i].fit == (why == NULL));
    }
}

static GHashTable *attributes_of(const char *text)
{
    RECORD_AUTO struct record request = {0};
    GHashTable *attributes = NULL;
    parse(text, &request);
    assert_int_equal(git_item_attributes(&request, &attributes), STATUS_OK);
    return attributes;
}

static void attributes_are_those_that_git_credential_libsecret_writes(void **state)
{
    (void)state;
    g_autoptr(GHashTable) all = attributes_of(
        "protocol=https\nhost=Example.com:8443\npath=a/b.git\nusername=jdoe\npassword=p\n");
    assert_int_equal(g_hash_table_size(all), 5);
    assert_string_equal(g_hash_table_lookup(all, "protocol"), "https");
    assert_string_equal(g_hash_table_lookup(all, "server"), "Example.com");
    assert_string_equal(g_hash_table_lookup(all, "port"), "8443");
    assert_string_equal(g_hash_table_lookup(all, "object"), "a/b.git");
    assert_string_equal(g_hash_table_lookup(all, "user"), "jdoe");
    g_autofree char *label = git_item_label(all);
    assert_string_equal(label, "Git: https://Example.com:8443/a/b.git");
}

static void absent_keys_make_no_attributes_and_empty_ones_do(void **state)
{
    (void)state;
    g_autoptr(GHashTable) bare = attributes_of("protocol=https\nhost=[::1]\n");
    assert_int_equal(g_hash_table_size(bare), 2);
    assert_string_equal(g_hash_table_lookup(bare, "server"), "[::1]");
    g_autoptr(GHashTable) empty = attributes_of("protocol=https\nhost=h\nusername=\n");
    assert_int_equal(g_hash_table_size(empty), 3);
    assert_string_equal(g_hash_table_lookup(empty, "user"), "");
    g_autofree char *label = git_item_label(empty);
    assert_string_equal(label, "Git: https://h/");
}

static void another_port_is_another_server(void **state)
{
    (void)state;
    g_autoptr(GHashTable) plain = attributes_of("protocol=https\nhost=h\nusername=u\n");
    g_autoptr(GHashTable) ported = attributes_of("protocol=https\nhost=h:8443\nusername=u\n");
    g_autoptr(GHashTable) other = attributes_of("protocol=https\nhost=h:8444\nusername=u\n");
    assert_true(git_item_matches(plain, plain));
    assert_true(git_item_matches(ported, ported));
    assert_false(git_item_matches(ported, plain));
    assert_false(git_item_matches(plain, ported));
    assert_false(git_item_matches(ported, other));
}

static void a_missing_user_or_path_is_a_wildcard_and_an_empty_one_is_not(void **state)
{
    (void)state;
    g_autoptr(GHashTable) item = attributes_of("protocol=https\nhost=h\npath=p\nusername=u\n");
    g_autoptr(GHashTable) any = attributes_of("protocol=https\nhost=h\n");
    g_autoptr(GHashTable) no_user = attributes_of("protocol=https\nhost=h\nusername=\n");
    g_autoptr(GHashTable) no_path = attributes_of("protocol=https\nhost=h\npath=\n");
    g_autoptr(GHashTable) other_path = attributes_of("protocol=https\nhost=h\npath=q\n");
    assert_true(git_item_matches(item, any));
    assert_false(git_item_matches(item, no_user));
    assert_false(git_item_matches(item, no_path));
    assert_false(git_item_matches(item, other_path));
    assert_false(git_item_matches(any, item));
}

static void free_element(gpointer item)
{
    item_free(item);
}

/* Items for the requests in texts, up to NULL, in that order. */
static GPtrArray *items_of(const char *const *texts)
{
    GPtrArray *items = g_ptr_array_new_with_free_func(free_element);
    for (; *texts; texts++) {
        struct item *item = g_new0(struct item, 1);
        item->path = g_strdup("/");
        item->attributes = attributes_of(*texts);
        g_ptr_array_add(items, item);
    }
    return items;
}

static void several_users_are_listed_not_guessed(void **state)
{
    static const char *const texts[] = {"protocol=https\nhost=h\nusername=one\n",
                                        "protocol=https\nhost=h\nusername=two\n", NULL};
    g_autoptr(GPtrArray) items = items_of(texts);
    g_autofree char *names = NULL;
    struct item *chosen;
    (void)state;
    assert_int_equal(git_item_choose(items, false, &chosen, &names), STATUS_BAD_INPUT);
    assert_string_equal(names, "one, two");
}

static void the_newest_item_of_one_user_answers(void **state)
{
    static const char *const texts[] = {"protocol=https\nhost=h\nusername=one\n",
                                        "protocol=https\nhost=h\nusername=one\n", NULL};
    g_autoptr(GPtrArray) items = items_of(texts);
    g_autofree char *names = NULL;
    struct item *chosen;
    (void)state;
    assert_int_equal(git_item_choose(items, false, &chosen, &names), STATUS_OK);
    assert_ptr_equal(chosen, items->pdata[0]);
    assert_null(names);
}

static void the_hosts_own_item_beats_a_newer_one_for_a_path(void **state)
{
    static const char *const texts[] = {"protocol=https\nhost=h\npath=p\nusername=one\n",
                                        "protocol=https\nhost=h\nusername=two\n", NULL};
    g_autoptr(GPtrArray) items = items_of(texts);
    g_autofree char *names = NULL;
    struct item *chosen;
    (void)state;
    assert_int_equal(git_item_choose(items, false, &chosen, &names), STATUS_OK);
    assert_ptr_equal(chosen, items->pdata[1]);
    assert_null(names);
}

static void a_secret_survives_its_text_form(void **state)
{
    static const char *const texts[] = {
        "password=hunter2\n",
        "password=\n",
        "password=a=b \xff#\n",
        "password=hunter2\npassword_expiry_utc=9999999999\n",
        "password=\noauth_refresh_token=xyzzy\n",
        "password=hunter2\npassword_expiry_utc=9999999999\noauth_refresh_token=a=b\n",
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        RECORD_AUTO struct record request = {0}, answer = {0};
        SECRET_AUTO struct secret text = {0}, formatted = {0};
        parse(texts[i], &request);
        assert_int_equal(git_item_format_secret(&request, &text), STATUS_OK);
        assert_int_equal(git_item_parse_secret(&text, &answer), STATUS_OK);
        assert_int_equal(record_format(&answer, &formatted), STATUS_OK);
        assert_int_equal(formatted.size, strlen(texts[i]) + 1);
        assert_memory_equal(formatted.data, texts[i], strlen(texts[i]));
    }
}

static void a_password_alone_is_the_whole_secret(void **state)
{
    RECORD_AUTO struct record request = {0};
    SECRET_AUTO struct secret text = {0};
    (void)state;
    parse("username=u\npassword=hunter2\nwwwauth[]=Basic\n", &request);
    assert_int_equal(git_item_format_secret(&request, &text), STATUS_OK);
    assert_string_equal(secret_string(&text), "hunter2");
}

static enum status answer_to(const char *text, size_t size, struct record *answer)
{
    SECRET_AUTO struct secret secret = {0};
    assert_true(secret_set(&secret, text, size));
    return git_item_parse_secret(&secret, answer);
}

static void foreign_lines_of_a_secret_are_left_out(void **state)
{
    static const char text[] = "hunter2\nhost=evil.example\nquit=1\npassword_expiry_utc=7\n";
    RECORD_AUTO struct record answer = {0};
    (void)state;
    assert_int_equal(answer_to(text, strlen(text), &answer), STATUS_OK);
    assert_int_equal(answer.count, 2);
    assert_string_equal(record_get(&answer, "password"), "hunter2");
    assert_string_equal(record_get(&answer, "password_expiry_utc"), "7");
}

static void a_secret_that_no_line_can_hold_is_refused(void **state)
{
    RECORD_AUTO struct record nul = {0}, cr = {0};
    (void)state;
    assert_int_equal(answer_to("hun\0ter2", 8, &nul), STATUS_BAD_INPUT);
    assert_int_equal(answer_to("hun\rter2", 8, &cr), STATUS_BAD_INPUT);
}

static void only_the_password_line_is_compared(void **state)
{
    static const char text[] = "hunter2\npassword_expiry_utc=7";
    SECRET_AUTO struct secret secret = {0}, empty = {0};
    (void)state;
    assert_true(secret_set(&secret, text, strlen(text)));
    assert_true(git_item_has_password(&secret, "hunter2"));
    assert_false(git_item_has_password(&secret, "hunter"));
    assert_false(git_item_has_password(&secret, "hunter22"));
    assert_false(git_item_has_password(&secret, ""));
    assert_true(git_item_has_password(&empty, ""));
    assert_false(git_item_has_password(&empty, "x"));
}

static void stores_that_must_not_be_kept_never_reach_the_keyring(void **state)
{
    static const char *const texts[] = {
        "",
        "protocol=https\nhost=h\nusername=u\n",
        "protocol=https\nhost=h\npassword=p\n",
        "host=h\nusername=u\npassword=p\n",
        "protocol=https\nhost=h\nusername=u\npassword=p\nephemeral=1\n",
        "protocol=https\nhost=h\nusername=u\npassword=p\nephemeral=TRUE\n",
        "protocol=https\nhost=h\nusername=u\npassword=p\nephemeral=maybe\n",
    };
    (void)state;
    for (size_t i = 0; i < G_N_ELEMENTS(texts); i++) {
        RECORD_AUTO struct record request = {0};
        parse(texts[i], &request);
        /* A keyring that were touched would crash the test. */
        assert_int_equal(credential_store(NULL, &request), STATUS_OK);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(hosts_are_split_and_odd_ones_refused),
        cmocka_unit_test(unfit_requests_are_refused_with_a_reason),
        cmocka_unit_test(attributes_are_those_that_git_credential_libsecret_writes),
        cmocka_unit_test(absent_keys_make_no_attributes_and_empty_ones_do),
        cmocka_unit_test(another_port_is_another_server),
        cmocka_unit_test(a_missing_user_or_path_is_a_wildcard_and_an_empty_one_is_not),
        cmocka_unit_test(several_users_are_listed_not_guessed),
        cmocka_unit_test(the_newest_item_of_one_user_answers),
        cmocka_unit_test(the_hosts_own_item_beats_a_newer_one_for_a_path),
        cmocka_unit_test(a_secret_survives_its_text_form),
        cmocka_unit_test(a_password_alone_is_the_whole_secret),
        cmocka_unit_test(foreign_lines_of_a_secret_are_left_out),
        cmocka_unit_test(a_secret_that_no_line_can_hold_is_refused),
        cmocka_unit_test(only_the_password_line_is_compared),
        cmocka_unit_test(stores_that_must_not_be_kept_never_reach_the_keyring),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
