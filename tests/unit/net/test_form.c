/* SPDX-License-Identifier: MIT
 * Which form is taken, and what it sends. */
#include "form.h"
#include "pages.h"

#define MAIN(html)                                                                                 \
    "<form action=/cgi-bin/iquery.pl method=post><input name=search><input type=submit></form>"    \
    "<div id=cmecfMainContent><input type=hidden id=cmecfMainContentScroll value=0>" html "</div>"
#define FIELDS "<input name=who><input type=password name=key>"

/* clang-format off */
static const struct {
    const char *what, *html;
    bool login, confirm;
} shapes[] = {
    {"a login form", MAIN("<form method=post>" FIELDS "<input type=submit></form>"), true, false},
    {"fields in a table",
     MAIN("<table><form method=POST><tr><td>" FIELDS "<td><input type=submit></table></form>"),
     true, false},
    {"reset and other buttons do not count",
     MAIN("<form method=post>" FIELDS "<input type=submit value=Submit><input type=reset "
          "value=Submit><button type=button>Submit</button></form>"),
     true, false},
    {"one of two submit buttons is labelled so",
     MAIN("<form method=post>" FIELDS "<input type=submit value=Cancel>"
          "<button> Submit </button></form>"),
     true, false},
    {"two submit buttons, neither labelled",
     MAIN("<form method=post>" FIELDS "<input type=submit value=Go><button>Stop</button></form>"),
     false, false},
    {"no button", MAIN("<form method=post>" FIELDS "</form>"), false, false},
    {"two text fields", MAIN("<form method=post><input>" FIELDS "<button>Submit</button></form>"),
     false, false},
    {"a text area is a text field",
     MAIN("<form method=post>" FIELDS "<textarea></textarea><button>Submit</button></form>"), false,
     false},
    {"two passwords",
     MAIN("<form method=post>" FIELDS "<input type=password><button>Submit</button></form>"), false,
     false},
    {"two such forms",
     MAIN("<form method=post>" FIELDS "<button>Submit</button></form>"
          "<form method=post>" FIELDS "<button>Submit</button></form>"),
     false, false},
    {"a password for the address line",
     MAIN("<form method=get>" FIELDS "<button>Submit</button></form>"), false, false},
    {"a form whose button changes the method",
     MAIN("<form method=post>" FIELDS "<button formmethod=get>Submit</button></form>"), false,
     false},
    {"a confirmation",
     MAIN("<form method=post><input type=hidden name=a><input type=submit></form>"), false, true},
    {"a confirmation beside Cancel",
     MAIN("<form method=post><button>Cancel</button><button>Submit</button></form>"), false, true},
    {"the menu's search alone", MAIN("<p>Linked.</p>"), false, false},
    {"no main content: the page's form",
     "<form method=post>" FIELDS "<input type=image alt=Submit></form>", true, false},
};
/* clang-format on */

static void forms_are_taken_by_their_shape(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        PAGE_AUTO struct page page = page_of(shapes[i].html);
        struct form form;
        if (form_find(&page, FORM_LOGIN, &form) != shapes[i].login ||
            form_find(&page, FORM_CONFIRM, &form) != shapes[i].confirm)
            fail_msg("misjudged: %s", shapes[i].what);
    }
}

static struct http_body body_of(struct page *page, enum form_shape shape, const char *login,
                                const char *password)
{
    struct form form;
    struct http_body body = {0};
    assert_true(form_find(page, shape, &form));
    assert_int_equal(form_body(page, &form, login, password, &body), STATUS_OK);
    return body;
}

static void a_form_is_sent_as_a_browser_would(void **state)
{
    (void)state;
    PAGE_AUTO struct page page = page_of(
        MAIN("<form method=post><input type=hidden name=first value='&quot;a&amp;b&quot; &eacute;'>"
             "<input name=who value=old maxlength=9><input type=password name=key value=old>"
             "<input type=checkbox name=no value=1><input type=checkbox name=yes checked>"
             "<input type=radio name=r value=1><input type=radio name=r value=2 checked>"
             "<select name=s><option value=1>one<option value=2 selected>two</select>"
             "<input type=hidden name=off value=1 disabled><input type=hidden value=nameless>"
             "<input type=reset name=reset value=Clear><input type=submit name=other value=Other>"
             "<input type=submit name=go value=Submit><input type=hidden name=last></form>"));
    struct http_body body = body_of(&page, FORM_LOGIN, "jdoe", "a+b &c");
    assert_string_equal(body.type, "application/x-www-form-urlencoded");
    assert_string_equal(secret_string(&body.content),
                        "first=%22a%26b%22+%C3%A9&who=jdoe&key=a%2Bb+%26c&yes=on&r=2&s=2&go=Submit"
                        "&last=");
    secret_clear(&body.content);
}

static void multipart_has_one_part_a_field(void **state)
{
    (void)state;
    PAGE_AUTO struct page page =
        page_of(MAIN("<form method=post enctype='multipart/form-data'><input name=who>"
                     "<input type=password name='k\"ey'><button name=go value=1>Submit</button>"));
    struct http_body body = body_of(&page, FORM_LOGIN, "jdoe", "p\xc3\xa4ss");
    char expected[1000];
    const char *boundary = strstr(body.type, "boundary=");
    assert_non_null(boundary);
    boundary += strlen("boundary=");
    snprintf(expected, sizeof expected,
             "--%s\r\nContent-Disposition: form-data; name=\"who\"\r\n\r\njdoe\r\n"
             "--%s\r\nContent-Disposition: form-data; name=\"k%%22ey\"\r\n\r\np\xc3\xa4ss\r\n"
             "--%s\r\nContent-Disposition: form-data; name=\"go\"\r\n\r\n1\r\n--%s--\r\n",
             boundary, boundary, boundary, boundary);
    assert_string_equal(secret_string(&body.content), expected);
    secret_clear(&body.content);
}

static void a_pressed_image_sends_where(void **state)
{
    (void)state;
    PAGE_AUTO struct page page =
        page_of(MAIN("<form method=post><input type=image name=go alt=Submit></form>"));
    struct http_body body = body_of(&page, FORM_CONFIRM, NULL, NULL);
    assert_string_equal(secret_string(&body.content), "go.x=0&go.y=0");
    secret_clear(&body.content);
}

static const struct {
    const char *html, *address;
} actions[] = {
    {MAIN("<form method=post><button>Submit</button></form>"), COURT_URL},
    {MAIN("<form method=post action=''><button>Submit</button></form>"), COURT_URL},
    {MAIN("<form method=post action='x.pl?12-L_1_0-1'><button>Submit</button></form>"),
     "https://ecf.alnd.uscourts.gov/cgi-bin/x.pl?12-L_1_0-1"},
    {MAIN("<form method=post action=/a><button formaction=/b>Submit</button></form>"),
     "https://ecf.alnd.uscourts.gov/b"},
    {"<base href='https://evil.example/'>" MAIN(
         "<form method=post action=a><button>Submit</button></form>"),
     "https://evil.example/a"},
};

static void the_action_is_what_a_browser_makes_of_it(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        PAGE_AUTO struct page page = page_of(actions[i].html);
        struct form form;
        assert_true(form_find(&page, FORM_CONFIRM, &form));
        char *address = form_address(&page, &form);
        assert_string_equal(address, actions[i].address);
        free(address);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_taken_by_their_shape),
        cmocka_unit_test(a_form_is_sent_as_a_browser_would),
        cmocka_unit_test(multipart_has_one_part_a_field),
        cmocka_unit_test(a_pressed_image_sends_where),
        cmocka_unit_test(the_action_is_what_a_browser_makes_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
