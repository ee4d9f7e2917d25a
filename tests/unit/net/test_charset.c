/* SPDX-License-Identifier: MIT
 * Pages that are not UTF-8: what they say, and what their forms send. */
#include "page/charset.h"
#include "page/form.h"
#include "page/names.h"
#include "pages.h"

static const struct {
    const char *content_type, *bytes;
    enum charset charset;
} table[] = {
    {"text/html; charset=UTF-8", "Jos\xe9", CHARSET_UTF_8},
    {"text/html; charset=iso-8859-1", "Jos\xc3\xa9", CHARSET_WINDOWS_1252},
    {"text/html; charset=\"US-ASCII\"; x=y", "Jose", CHARSET_WINDOWS_1252},
    {"text/html; charset = utf8", "Jos\xe9", CHARSET_UTF_8},
    {"text/html; charset=iso-8859-15", "Jose", CHARSET_OTHER},
    {"text/html; charset=windows-1251", "Jose", CHARSET_OTHER},
    {"text/html; charset=utf-80", "Jose", CHARSET_OTHER},
    {"text/html; charset=utf-16be", "Jose", CHARSET_UTF_16_BE},
    {"text/html; charset=utf-16", "Jose", CHARSET_UTF_16_LE},
    {"text/html; charset=", "<meta charset=utf-8>", CHARSET_UTF_8},
    {"text/html; charset=iso-8859-1", "\xef\xbb\xbf.", CHARSET_UTF_8},
    {"text/html; charset=iso-8859-1", "\xff\xfeJ", CHARSET_UTF_16_LE},
    {NULL, "\xfe\xff.", CHARSET_UTF_16_BE},
    {"text/html", "<meta charset='utf-8'>Jos\xe9", CHARSET_UTF_8},
    {"text/html", "<meta charset=utf-16>Jos\xe9", CHARSET_UTF_8},
    {NULL, "<META content='text/html; charset=windows-1252'>", CHARSET_WINDOWS_1252},
    {NULL, "<meta charset=koi8-r>", CHARSET_OTHER},
    {NULL, "<script charset=utf-8></script>Jos\xe9", CHARSET_WINDOWS_1252},
    {NULL, "<!-- > <meta charset=utf-8> -->Jos\xe9", CHARSET_WINDOWS_1252},
    {NULL, "Jos\xc3\xa9", CHARSET_UTF_8},
    {NULL, "Jos\xe9", CHARSET_WINDOWS_1252},
    {NULL, "Jose", CHARSET_WINDOWS_1252},
};

static void the_encoding_is_what_a_browser_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        SECRET_AUTO struct secret bytes = {0};
        assert_true(secret_set(&bytes, table[i].bytes, strlen(table[i].bytes)));
        if (charset_of(table[i].content_type, &bytes) != table[i].charset)
            fail_msg("misjudged: %s, %s", table[i].content_type, table[i].bytes);
    }
}

static void every_byte_comes_back(void **state)
{
    static const enum charset charsets[] = {CHARSET_WINDOWS_1252, CHARSET_OTHER};
    (void)state;
    for (size_t i = 0; i < sizeof charsets / sizeof *charsets; i++) {
        SECRET_AUTO struct secret bytes = {0}, utf8 = {0}, back = {0};
        for (int byte = 1; byte <= 0xff; byte++)
            assert_true(secret_append(&bytes, (char[]){(char)byte}, 1));
        assert_true(charset_decode(charsets[i], &bytes, &utf8));
        assert_true(charset_has(charsets[i], secret_string(&utf8)));
        assert_true(charset_encode(charsets[i], secret_string(&utf8), &back));
        assert_string_equal(secret_string(&back), secret_string(&bytes));
    }
}

static void what_it_has_not_becomes_a_reference(void **state)
{
    static const char text[] = "\xe2\x82\xac \xc4\x81 \xf0\x9f\x98\x80";
    (void)state;
    SECRET_AUTO struct secret bytes = {0};
    assert_false(charset_has(CHARSET_WINDOWS_1252, text));
    assert_true(charset_has(CHARSET_UTF_8, text));
    assert_true(charset_encode(CHARSET_WINDOWS_1252, text, &bytes));
    assert_string_equal(secret_string(&bytes), "\x80 &#257; &#128512;");
}

static const struct {
    const char *bytes;
    size_t size;
    const char *utf8;
} wide[] = {
    {"\xff\xfeJ\0\xe9\0", 6, "Jé"},
    {"\xfe\xff\0J\0\xe9", 6, "Jé"},
    {"\xff\xfe\x3d\xd8\0\xde", 6, "\xf0\x9f\x98\x80"},
    {"\xff\xfe\x3d\xd8J\0", 6, "\xef\xbf\xbdJ"}, /* half a pair */
    {"\xff\xfeJ\0\xe9", 5, "J\xef\xbf\xbd"},     /* half a unit */
    {"\xef\xbb\xbfJ", 4, "J"},
};

static void a_byte_order_mark_is_obeyed_and_left_out(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof wide / sizeof *wide; i++) {
        SECRET_AUTO struct secret bytes = {0}, utf8 = {0};
        assert_true(secret_set(&bytes, wide[i].bytes, wide[i].size));
        assert_true(charset_decode(charset_of(NULL, &bytes), &bytes, &utf8));
        assert_string_equal(secret_string(&utf8), wide[i].utf8);
    }
}

static struct page page_with(const char *content_type, const char *html)
{
    struct page page = {0};
    struct secret source = {0};
    assert_true(secret_set(&source, html, strlen(html)));
    assert_int_equal(page_parse(&page, COURT_URL, content_type, &source), STATUS_OK);
    return page;
}

#define LOGIN_FORM                                                                                 \
    "<form method=post><input name=who><input type=password name=key>"                             \
    "<input type=hidden name='n\xb3' value='\xa1\xff'><button>Submit</button></form>"

static void hidden_fields_of_any_encoding_come_back_byte_for_byte(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_with("text/html; charset=iso-8859-2", LOGIN_FORM);
    struct form form;
    struct http_body body = {0};
    assert_int_equal(form_find(&page, FORM_LOGIN, &form), STATUS_OK);
    assert_int_equal(form_body(&page, &form, "jdoe", "secret", &body), STATUS_OK);
    assert_string_equal(secret_string(&body.content), "who=jdoe&key=secret&n%B3=%A1%FF");
    secret_clear(&body.content);
}

static const struct {
    const char *content_type, *login, *password;
    enum status status;
} given[] = {
    {"text/html; charset=iso-8859-2", "jdoe", "pa\xc3\x9fword", STATUS_BAD_INPUT},
    {"text/html; charset=iso-8859-2", "jos\xc3\xa9", "password", STATUS_BAD_INPUT},
    {"text/html; charset=iso-8859-1", "jos\xc3\xa9", "pa\xc3\x9fword", STATUS_OK},
    {"text/html; charset=iso-8859-1", "jdoe", "\xc5\x82", STATUS_BAD_INPUT},
    {"text/html; charset=utf-8", "jdoe", "\xc5\x82", STATUS_OK},
};

static void a_password_is_sent_as_it_is_or_not_at_all(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof given / sizeof *given; i++) {
        PAGE_AUTO struct page page = page_with(given[i].content_type, LOGIN_FORM);
        struct form form;
        struct http_body body = {0};
        assert_int_equal(form_find(&page, FORM_LOGIN, &form), STATUS_OK);
        if (form_body(&page, &form, given[i].login, given[i].password, &body) != given[i].status)
            fail_msg("row %zu", i);
        secret_clear(&body.content);
    }
}

static void a_character_without_a_known_byte_is_not_guessed(void **state)
{
    (void)state;
    PAGE_AUTO struct page page =
        page_with("text/html; charset=koi8-r", "<form method=post><input type=hidden name=a "
                                               "value='&eacute;'><button>Submit</button></form>");
    struct form form;
    struct http_body body = {0};
    assert_int_equal(form_find(&page, FORM_CONFIRM, &form), STATUS_OK);
    assert_int_equal(form_body(&page, &form, NULL, NULL, &body), STATUS_PAGE_NOT_RECOGNISED);
    secret_clear(&body.content);
}

static void a_latin_confirmation_shows_and_sends_its_names(void **state)
{
    static const char html[] =
        "<p>CM/ECF name: Jos\xe9 Doe</p><p>PACER name: Jos&eacute; Doe</p><form method=post>"
        "<input type=hidden name=n value='Jos\xe9'><button>Submit</button></form>";
    (void)state;
    PAGE_AUTO struct page page = page_with("text/html", html);
    struct form form;
    struct http_body body = {0};
    NAMES_AUTO struct names names = {0};
    assert_true(names_find(&page, &names));
    assert_string_equal(names.court, "José Doe");
    assert_string_equal(names.pacer, "José Doe");
    assert_int_equal(form_find(&page, FORM_CONFIRM, &form), STATUS_OK);
    assert_int_equal(form_body(&page, &form, NULL, NULL, &body), STATUS_OK);
    assert_string_equal(secret_string(&body.content), "n=Jos%E9");
    secret_clear(&body.content);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_is_what_a_browser_takes),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(what_it_has_not_becomes_a_reference),
        cmocka_unit_test(a_byte_order_mark_is_obeyed_and_left_out),
        cmocka_unit_test(hidden_fields_of_any_encoding_come_back_byte_for_byte),
        cmocka_unit_test(a_password_is_sent_as_it_is_or_not_at_all),
        cmocka_unit_test(a_character_without_a_known_byte_is_not_guessed),
        cmocka_unit_test(a_latin_confirmation_shows_and_sends_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
