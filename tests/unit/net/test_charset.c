/* SPDX-License-Identifier: MIT
 * Pages that are not UTF-8: what they say, and what their forms send. */
#include "charset.h"
#include "form.h"
#include "names.h"
#include "pages.h"

static const struct {
    const char *content_type, *bytes;
    bool windows_1252;
} table[] = {
    {"text/html; charset=UTF-8", "Jos\xe9", false},
    {"text/html; charset=iso-8859-1", "Jos\xc3\xa9", true},
    {"text/html", "<meta charset='utf-8'>Jos\xe9", false},
    {NULL, "<meta content='text/html; charset=windows-1252'>", true},
    {NULL, "Jos\xc3\xa9", false},
    {NULL, "Jos\xe9", true},
    {NULL, "Jose", true},
};

static void the_encoding_is_what_a_browser_takes(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        SECRET_AUTO struct secret bytes = {0};
        assert_true(secret_set(&bytes, table[i].bytes, strlen(table[i].bytes)));
        if (charset_is_windows_1252(table[i].content_type, &bytes) != table[i].windows_1252)
            fail_msg("misjudged: %s", table[i].bytes);
    }
}

static void every_byte_comes_back(void **state)
{
    (void)state;
    SECRET_AUTO struct secret bytes = {0}, utf8 = {0}, back = {0};
    for (int byte = 1; byte <= 0xff; byte++)
        assert_true(secret_append(&bytes, (char[]){(char)byte}, 1));
    assert_true(charset_decode(&bytes, &utf8));
    assert_true(charset_encode(secret_string(&utf8), &back));
    assert_string_equal(secret_string(&back), secret_string(&bytes));
}

static void what_it_has_not_becomes_a_reference(void **state)
{
    (void)state;
    SECRET_AUTO struct secret bytes = {0};
    assert_true(charset_encode("\xe2\x82\xac \xc4\x81 \xf0\x9f\x98\x80", &bytes));
    assert_string_equal(secret_string(&bytes), "\x80 &#257; &#128512;");
}

static void a_latin_confirmation_shows_and_sends_its_names(void **state)
{
    static const char html[] =
        "<p>CM/ECF name: Jos\xe9</p><p>PACER name: Jos&eacute;</p><form method=post>"
        "<input type=hidden name=n value='Jos\xe9'><button>Submit</button></form>";
    (void)state;
    struct page page = {0};
    struct secret source = {0};
    struct form form;
    struct http_body body = {0};
    NAMES_AUTO struct names names = {0};
    assert_true(secret_set(&source, html, strlen(html)));
    assert_int_equal(page_parse(&page, COURT_URL, "text/html", &source), STATUS_OK);
    assert_true(names_find(&page, &names));
    assert_string_equal(names.court, "José");
    assert_string_equal(names.pacer, "José");
    assert_true(form_find(&page, FORM_CONFIRM, &form));
    assert_int_equal(form_body(&page, &form, NULL, NULL, &body), STATUS_OK);
    assert_string_equal(secret_string(&body.content), "n=Jos%E9");
    secret_clear(&body.content);
    page_clear(&page);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_encoding_is_what_a_browser_takes),
        cmocka_unit_test(every_byte_comes_back),
        cmocka_unit_test(what_it_has_not_becomes_a_reference),
        cmocka_unit_test(a_latin_confirmation_shows_and_sends_its_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
