/* SPDX-License-Identifier: MIT
 * The court's words after a submission, whichever way it says them. */
#include "page/message.h"

#include <time.h>

#include "pages.h"

#define SCRIPT(text) "<div id=cmecfMainContent><script>" text "</script></div>"

/* clang-format off */
static const struct {
    const char *html, *message;
    bool refuses;
} table[] = {
    {"<div id=cmecfMainContent><h2>Linked</h2> The accounts <b>are</b> linked.</div>",
     "Linked The accounts are linked.", false},
    {SCRIPT("alert(\"The accounts are linked.\");"), "The accounts are linked.", false},
    {SCRIPT("window.alert ( 'It\\'s done.\\nClick \\u0051uery.\\x21' )"),
     "It's done. Click Query.!", false},
    {SCRIPT("alert('The accounts' + ' are ' +\n\"linked.\")"), "The accounts are linked.", false},
    {SCRIPT("alert('User ' + name + ' is unknown')"), "User is unknown", false},
    {SCRIPT("alert('<b>Linked</b> &amp; done')"), "Linked & done", false},
    {SCRIPT("alert('One.'); alert('Two.')"), "One. Two.", false},
    {SCRIPT("<!--\nalert('Hidden from old browsers.');\n//-->"),
     "Hidden from old browsers.", false},
    {SCRIPT("// alert('no')\n/* alert('no') */ var s = \"alert('no')\"; alert('Yes.')"),
     "Yes.", false},
    {SCRIPT("function check() { alert('Enter a login'); } alert('Yes.')"), "Yes.", false},
    {"<script>function check() { alert('Enter a login'); }</script><p>Hello", "Hello", false},
    {"<body onload=\"alert('Linked.')\"><p>Welcome", "Linked. Welcome", false},
    {"<body onclick=\"alert('no')\"><p>Welcome", "Welcome", false},
    {SCRIPT("$(function() { alert('Linked.'); })"), "Linked.", false},
    {SCRIPT("myalert('no'); alert; alert("), "", false},
    {SCRIPT("alert('Invalid login'); history.back();"), "Invalid login", true},
    {SCRIPT("alert('Invalid login'); window.history.go(-1);"), "Invalid login", true},
    {"<body onload=\"alert('Invalid login');history.go( -2 )\">", "Invalid login", true},
    {SCRIPT("alert('Linked'); history.go(1);"), "Linked", false},
    {SCRIPT("history.back();"), "", false},
    {"<script>alert('x');history.back()</script><form><input type=submit></form>", "x", false},
    {"<p>Login attempt failed. Your login or password is wrong.",
     "Login attempt failed. Your login or password is wrong.", true},
    {"<p>Login attempt failed.<form><input type=submit></form>", "Login attempt failed.", false},
};
/* clang-format on */

static void the_words_are_found(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        PAGE_AUTO struct page page = page_of(table[i].html);
        char *message = message_of(&page);
        assert_string_equal(message, table[i].message);
        if (message_refuses(&page) != table[i].refuses)
            fail_msg("misjudged: %s", table[i].html);
        free(message);
    }
}

static void a_refusal_stands_at_the_beginning(void **state)
{
    char html[1000] = "<p>";
    (void)state;
    memset(html + 3, 'x', 400);
    strcat(html, " login attempt failed");
    PAGE_AUTO struct page page = page_of(html);
    assert_false(message_refuses(&page));
}

static void a_page_made_to_be_slow_is_read_in_one_pass(void **state)
{
    static const char *const pieces[] = {"alert(", "alert('x')+", "'", "history.", "alert(\"x\"+"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct secret source = {0};
        PAGE_AUTO struct page page = {0};
        assert_true(secret_append(&source, "<script>", 8));
        while (source.size < 500000)
            assert_true(secret_append(&source, pieces[i], strlen(pieces[i])));
        assert_true(secret_append(&source, "</script>", 9));
        assert_int_equal(page_parse(&page, COURT_URL, "charset=utf-8", &source), STATUS_OK);
        clock_t start = clock();
        free(message_of(&page));
        (void)message_refuses(&page);
        assert_true(clock() - start < CLOCKS_PER_SEC);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_words_are_found),
        cmocka_unit_test(a_refusal_stands_at_the_beginning),
        cmocka_unit_test(a_page_made_to_be_slow_is_read_in_one_pass),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
