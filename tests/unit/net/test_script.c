/* SPDX-License-Identifier: MIT
 * JavaScript's tokens and strings, and what a script without an end does to the reader. */
#include "page/script.h"

#include "pages.h"

static struct script script_of(const char *text)
{
    return (struct script){.at = text, .end = text + strlen(text)};
}

/* clang-format off */
static const struct {
    const char *script, *tokens; /* one blank after each; a string's quotes are kept */
} tokens[] = {
    {"location.href = '/x';", "location . href = '/x' ; "},
    {"a /* 'b' */ // \"c\"\nd", "a d "},
    {"<!-- hidden\nlocation\n//-->", "location "},
    {"<!--\nlocation\n --> tail 'x\n", "location "},
    {"a --> b", "a - - > b "},
    {"x = /['\"/]\\//g.test(y) / 2 / 'z'", "x = /['\"/]\\// g . test ( y ) / 2 / 'z' "},
    {"return /'/; 1", "return /'/ ; 1 "},
    {"a / b", "a / b "},
    {"'it\\'s' \"a\\\\\" `c\nd`", "'it\\'s' \"a\\\\\" `c\nd` "},
    {"'no end\nb", "'no end b "},
    {"\"no end", "\"no end "},
    {"/* no end", ""},
    {"\xc2\xa0$_1\xef\xbb\xbf", "$_1\xef\xbb\xbf "},
    {"", ""},
};
/* clang-format on */

static void scripts_fall_into_tokens(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
        char found[200] = "";
        struct script script = script_of(tokens[i].script);
        for (struct script_token token; (token = script_next(&script)).kind != SCRIPT_END;) {
            strncat(found, token.text, token.size);
            strcat(found, " ");
        }
        assert_string_equal(found, tokens[i].tokens);
    }
}

/* clang-format off */
static const struct {
    const char *script, *text; /* NULL: not to be understood */
} texts[] = {
    {"'/cgi-bin/x.pl'", "/cgi-bin/x.pl"},
    {"\"https:\\/\\/ecf\"", "https://ecf"},
    {"'\\x2fa\\u002Fb\\u{2f}c'", "/a/b/c"},
    {"'\\u00a0\\u2013\\ud83d\\ude00'", "\xc2\xa0\xe2\x80\x93\xf0\x9f\x98\x80"},
    {"'a\\\nb\\\r\nc\\td\\q'", "abc\tdq"},
    {"`plain`", "plain"},
    {"'a' + \"b\"\n+ 'c';", "abc"},
    {"''", ""},
    {"'\\x2'", NULL},
    {"'\\u12'", NULL},
    {"'\\u{}'", NULL},
    {"'\\u{110000}'", NULL},
    {"'\\ud83d'", NULL},
    {"'\\ud83dx'", NULL},
    {"'\\ude00'", NULL},
    {"'\\0'", NULL},
    {"'\\101'", NULL},
};
/* clang-format on */

static void strings_mean_what_a_browser_reads(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct script script = script_of(texts[i].script);
        struct script_token token = script_next(&script);
        assert_int_equal(token.kind, SCRIPT_STRING);
        char *text = script_take_text(&script, &token);
        if (!texts[i].text != !text || (text && strcmp(text, texts[i].text) != 0))
            fail_msg("%s: read as %s", texts[i].script, text ? text : "nothing");
        free(text);
    }
}

static void what_is_no_literal_stays_unread(void **state)
{
    struct script script = script_of("'a' + b `c${d}`");
    struct script_token token = script_next(&script);
    (void)state;
    char *text = script_take_text(&script, &token);
    assert_string_equal(text, "a");
    assert_true(script_token_is(&token, "+"));
    free(text);
    assert_true(script_token_is(&(struct script_token){SCRIPT_NAME, "b", 1, false}, "b"));
    script_next(&script);
    token = script_next(&script);
    assert_int_equal(token.kind, SCRIPT_MARK);
}

/* Each would take hours if its beginning were looked at again for each byte that follows. */
static void two_megabytes_of_malice_are_read_once(void **state)
{
    static const char *const pieces[] = {"=/[",  "'", "/*", "\"\\", "`${",
                                         "'a'+", "{", "(/", "<!--"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct secret text = {0};
        size_t tokens_seen = 0;
        while (text.size < 2 * 1024 * 1024)
            assert_true(secret_append(&text, pieces[i], strlen(pieces[i])));
        struct script script = {.at = secret_string(&text),
                                .end = secret_string(&text) + text.size};
        struct script_token token = script_next(&script);
        while (token.kind != SCRIPT_END) {
            if (token.kind == SCRIPT_STRING)
                free(script_take_text(&script, &token));
            else
                token = script_next(&script);
            tokens_seen++;
        }
        assert_true(tokens_seen <= text.size);
        secret_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scripts_fall_into_tokens),
        cmocka_unit_test(strings_mean_what_a_browser_reads),
        cmocka_unit_test(what_is_no_literal_stays_unread),
        cmocka_unit_test(two_megabytes_of_malice_are_read_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
