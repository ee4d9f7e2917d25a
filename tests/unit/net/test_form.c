/* SPDX-License-Identifier: MIT
 * Which form is taken, and what it sends. */
#include <time.h>

#include "page/form.h"
#include "pages.h"

#define MAIN(html)                                                                                 \
    "<form action=/cgi-bin/iquery.pl method=post><input name=search><input type=submit></form>"    \
    "<div id=cmecfMainContent><input type=hidden id=cmecfMainContentScroll value=0>" html "</div>"
#define FIELDS "<input name=who><input type=password name=key>"

#define SUBMIT     "<button>Submit</button>"
#define POST(html) MAIN("<form method=post>" html "</form>")

enum {
    OK = STATUS_OK,
    NONE = STATUS_ABSENT,
    ODD = STATUS_PAGE_NOT_RECOGNISED,
    REFUSED = STATUS_REFUSED_BY_POLICY
};

/* clang-format off */
static const struct {
    const char *what, *html;
    int login, confirm;
} shapes[] = {
    {"a login form", POST(FIELDS "<input type=submit>"), OK, NONE},
    {"fields in a table",
     MAIN("<table><form method=POST><tr><td>" FIELDS "<td><input type=submit></table></form>"),
     OK, NONE},
    {"a form in a row, whose end is in another",
     MAIN("<table><tr><form method=post><td>" FIELDS "</tr><tr><td>" SUBMIT "</form></td></tr>"
     "</table>"),
     OK, NONE},
    {"a form that its block ends too early",
     MAIN("<div><form method=post><input type=hidden name=a></div>" FIELDS SUBMIT "</form>"),
     OK, NONE},
    {"fields after the end of an empty form are nobody's",
     MAIN("<table><tr><form method=post></form><td>" FIELDS SUBMIT "</table>"), NONE, NONE},
    {"fields that name their form",
     MAIN("<input name=who form=f><form id=f method=post><input type=password name=key></form>"
          "<button form=f>Submit</button>"), OK, NONE},
    {"a field that names another form",
     MAIN("<form method=post><input form=g>" FIELDS SUBMIT "</form>"), OK, NONE},
    {"reset and other buttons do not count",
     POST(FIELDS "<input type=submit value=Submit><input type=reset value=Submit>"
          "<button type=button>Submit</button>"), OK, NONE},
    {"Submit beside Cancel",
     POST(FIELDS "<input type=submit value=Cancel><button> Submit </button>"),
     OK, NONE},
    {"Clear as a submit button",
     POST(FIELDS "<input type=submit value=Submit><input type=submit value=Clear>"),
     OK, NONE},
    {"a button of another name beside Cancel",
     POST(FIELDS "<button>Link</button><button>Cancel</button>"),
     OK, NONE},
    {"Submit beside another",
     POST(FIELDS "<button>Help me</button><button>Submit</button>"), OK, NONE},
    {"two submit buttons, neither labelled",
     POST(FIELDS "<input type=submit value=Go><button>Do</button>"),
     ODD, NONE},
    {"Submit twice", POST(FIELDS SUBMIT SUBMIT), ODD, NONE},
    {"Cancel alone", POST(FIELDS "<button>Cancel</button>"), ODD, NONE},
    {"Clear alone", POST("<input type=submit value=Clear>"), NONE, ODD},
    {"an image", POST(FIELDS "<input type=image src=/go.png alt=Submit>"), OK, NONE},
    {"an image without a word", POST(FIELDS "<input type=image>"), OK, NONE},
    {"no button", POST(FIELDS), ODD, NONE},
    {"a disabled button", POST(FIELDS "<button disabled>Submit</button>"), ODD, NONE},
    {"two text fields", POST("<input>" FIELDS SUBMIT), NONE, NONE},
    {"a field for e-mail is a text field", POST("<input type=email>" FIELDS SUBMIT), NONE, NONE},
    {"a login that is an e-mail field",
     POST("<input type=email name=who><input type=password name=key>" SUBMIT), OK, NONE},
    {"a telephone field is a text field", POST("<input type=tel>" SUBMIT), NONE, NONE},
    {"a search field is a text field", POST("<input type=search>" SUBMIT), NONE, NONE},
    {"an unknown field is a text field", POST("<input type=nonsense>" FIELDS SUBMIT), NONE, NONE},
    {"a text area is a text field", POST(FIELDS "<textarea></textarea>" SUBMIT), NONE, NONE},
    {"a disabled text field does not count", POST("<input disabled>" FIELDS SUBMIT), OK, NONE},
    {"nor one of a disabled field set",
     POST("<fieldset disabled><input></fieldset>" FIELDS SUBMIT), OK, NONE},
    {"nor one that only shows", POST("<input readonly value=x>" FIELDS SUBMIT), OK, NONE},
    {"nor what stands in a template", POST("<template><input></template>" FIELDS SUBMIT), OK, NONE},
    {"password and repetition", POST(FIELDS "<input type=password>" SUBMIT), NONE, NONE},
    {"two such forms",
     MAIN("<form method=post>" FIELDS SUBMIT "</form><form method=post>" FIELDS SUBMIT "</form>"),
     ODD, NONE},
    {"the court's own sign-on above the main content",
     "<form method=post>" FIELDS SUBMIT "</form>" POST(FIELDS SUBMIT), OK, NONE},
    {"a query form beside it",
     MAIN("<form><input name=case_num><input type=submit value='Run Query'></form>"
                                    "<form method=post>" FIELDS SUBMIT "</form>"), OK, NONE},
    {"a password for the address line",
     MAIN("<form method=get>" FIELDS SUBMIT "</form>"), REFUSED, NONE},
    {"no method is GET", MAIN("<form>" FIELDS SUBMIT "</form>"), REFUSED, NONE},
    {"nor is an unknown one POST",
     MAIN("<form method=put>" FIELDS SUBMIT "</form>"), REFUSED, NONE},
    {"a form whose button changes the method",
     POST(FIELDS "<button formmethod=get>Submit</button>"), REFUSED, NONE},
    {"the other way around",
     MAIN("<form method=get>" FIELDS "<button formmethod=post>Submit</button></form>"),
     OK, NONE},
    {"a dialog's form", MAIN("<form method=dialog>" SUBMIT "</form>"), NONE, ODD},
    {"plain text",
     MAIN("<form method=post enctype=text/plain>" FIELDS SUBMIT "</form>"), ODD, NONE},
    {"plain text by the button",
     POST(FIELDS "<button formenctype=text/plain>Submit</button>"), ODD, NONE},
    {"an unknown encoding is urlencoded",
     MAIN("<form method=post enctype=x>" FIELDS SUBMIT "</form>"), OK, NONE},
    {"a confirmation", POST("<input type=hidden name=a><input type=submit>"), NONE, OK},
    {"a confirmation by GET",
     MAIN("<form><input type=hidden name=a><input type=submit></form>"), NONE, OK},
    {"a confirmation that shows names in fields",
     POST("<input disabled value='Jane Doe'><input readonly value='Jane Doe'>" SUBMIT), NONE, OK},
    {"a confirmation beside Cancel", POST("<button>Cancel</button>" SUBMIT), NONE, OK},
    {"a confirmation and a form to cancel",
     MAIN("<form method=post>" SUBMIT "</form>"
          "<form method=post><input type=submit value=Cancel></form>"),
     NONE, OK},
    {"two confirmations",
     MAIN("<form method=post>" SUBMIT "</form><form method=post>" SUBMIT "</form>"), NONE, ODD},
    {"I do not agree, alone", POST("<button>I do not agree</button>"), NONE, ODD},
    {"one that denies beside one that agrees",
     POST("<button>Yes, this is me</button><button>This is not me</button>"), NONE, OK},
    {"a button for another account", POST("<button>Link another account</button>"), NONE, ODD},
    {"a button that undoes", POST("<button>Unlink</button>"), NONE, ODD},
    {"Don\u2019t link", POST("<button>Don\u2019t link</button>"), NONE, ODD},
    {"the menu's search alone", MAIN("<p>Linked.</p>"), NONE, NONE},
    {"no main content: the page's form",
     "<form method=post>" FIELDS "<input type=image alt=Submit></form>", OK, NONE},
};
/* clang-format on */

static void forms_are_taken_by_their_shape(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
        PAGE_AUTO struct page page = page_of(shapes[i].html);
        struct form form;
        int login = (int)form_find(&page, FORM_LOGIN, &form);
        int confirm = (int)form_find(&page, FORM_CONFIRM, &form);
        if (login != shapes[i].login || confirm != shapes[i].confirm)
            fail_msg("%s: %s, %s", shapes[i].what, status_name((enum status)login),
                     status_name((enum status)confirm));
    }
}

static void what_a_person_has_to_choose_is_seen(void **state)
{
    static const struct {
        const char *fields;
        bool choice;
    } forms[] = {
        {"<input type=hidden name=a><input type=reset>", false},
        {"<input type=radio disabled><input type=checkbox disabled>", false},
        {"<input type=checkbox name=agree>", true},
        {"<input type=radio name=link value=yes checked><input type=radio name=link>", true},
        {"<select name=account><option>jdoe<option>jroe</select>", true},
        {"</form><form method=post><input name=x><select name=account></select>", false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
        char html[400];
        struct form form;
        snprintf(html, sizeof html, POST(SUBMIT "%s"), forms[i].fields);
        PAGE_AUTO struct page page = page_of(html);
        assert_int_equal(form_find(&page, FORM_CONFIRM, &form), STATUS_OK);
        if (form_has_choice(&page, &form) != forms[i].choice)
            fail_msg("%s", forms[i].fields);
    }
}

static struct http_body body_of(struct page *page, enum form_shape shape, const char *login,
                                const char *password)
{
    struct form form;
    struct http_body body = {0};
    assert_int_equal(form_find(page, shape, &form), STATUS_OK);
    assert_int_equal(form_body(page, &form, login, password, &body), STATUS_OK);
    return body;
}

/* clang-format off */
static const struct {
    const char *html, *content;
} contents[] = {
    {"<input type=hidden name=a value='1&#10;2\n3&#13;&#10;4&#13;5'>",
     "a=1%0D%0A2%0D%0A3%0D%0A4%0D%0A5"},
    {"<input type=hidden name=a value=\"&lt;it's&gt; &quot;&amp;amp;&quot;\">",
     "a=%3Cit%27s%3E+%22%26amp%3B%22"},
    {"<input type=hidden name=a value=''><input type=hidden name=a>"
     "<input type=hidden name=a value=1>",
     "a=&a=&a=1"},
    {"<input type=hidden name='a=b&c' value=x>", "a%3Db%26c=x"},
    {"<select name=s><option>one  two<option value=2></select>", "s=one+two"},
    {"<select name=s><option disabled>one<option value=2></select>", "s=2"},
    {"<select name=s><option selected>one<option selected value=2></select>", "s=2"},
    {"<select name=s size=3><option>one</select>", ""},
    {"<select name=s><optgroup disabled><option selected>one</select>", ""},
    {"<select name=s multiple><option selected>1<option>2<option selected>3</select>", "s=1&s=3"},
    {"<textarea name=t readonly>\n one\n two</textarea>", "t=+one%0D%0A+two"},
    {"<textarea name=t readonly></textarea>", "t="},
    {"<input name=t readonly value='Jane Doe'><input name=u disabled value=x>", "t=Jane+Doe"},
    {"<fieldset disabled><input type=hidden name=a value=1></fieldset>", ""},
    {"<input type=checkbox name=c><input type=checkbox name=d value=1 checked>", "d=1"},
    {"<input type=file name=f><input type=button name=b value=1>", ""},
};
/* clang-format on */

static void each_control_sends_what_a_browser_sends(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        char html[1000];
        snprintf(html, sizeof html, "<form method=post>%s<button>Submit</button></form>",
                 contents[i].html);
        PAGE_AUTO struct page page = page_of(html);
        struct http_body body = body_of(&page, FORM_CONFIRM, NULL, NULL);
        assert_string_equal(secret_string(&body.content), contents[i].content);
        secret_clear(&body.content);
    }
}

/* A page of one repeated piece, as large as a page may be. */
static struct page large_page(const char *begin, const char *piece)
{
    enum { PIECES = 10000 };
    struct page page = {0};
    struct secret source = {0};
    assert_true(secret_append(&source, begin, strlen(begin)));
    for (int i = 0; i < PIECES; i++)
        assert_true(secret_append(&source, piece, strlen(piece)));
    assert_int_equal(page_parse(&page, COURT_URL, "charset=utf-8", &source), STATUS_OK);
    return page;
}

static void a_page_made_to_be_slow_is_read_in_one_pass(void **state)
{
    static const struct {
        const char *begin, *piece;
        enum status status;
    } pages[] = {
        {"", "<form></form>", STATUS_PAGE_NOT_RECOGNISED},
        {"<form method=post>", "<input type=hidden>", STATUS_ABSENT},
        {"<form method=post>", "<button>Submit</button>", STATUS_PAGE_NOT_RECOGNISED},
        {"<form id=a method=post>" SUBMIT, "<input form=a type=radio>", STATUS_OK},
        {"<form method=post>" SUBMIT, "<input form=b>", STATUS_OK},
        {"<table><form method=post>" SUBMIT, "<input type=hidden>", STATUS_OK},
    };
    (void)state;
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++) {
        PAGE_AUTO struct page page = large_page(pages[i].begin, pages[i].piece);
        struct form form;
        clock_t start = clock();
        if (form_find(&page, FORM_CONFIRM, &form) != pages[i].status)
            fail_msg("row %zu", i);
        /* One pass takes a few milliseconds; one for each form or button, seconds. */
        assert_true(clock() - start < CLOCKS_PER_SEC);
    }
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
        assert_int_equal(form_find(&page, FORM_CONFIRM, &form), STATUS_OK);
        char *address = form_address(&page, &form);
        assert_string_equal(address, actions[i].address);
        free(address);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(forms_are_taken_by_their_shape),
        cmocka_unit_test(what_a_person_has_to_choose_is_seen),
        cmocka_unit_test(each_control_sends_what_a_browser_sends),
        cmocka_unit_test(a_page_made_to_be_slow_is_read_in_one_pass),
        cmocka_unit_test(a_form_is_sent_as_a_browser_would),
        cmocka_unit_test(multipart_has_one_part_a_field),
        cmocka_unit_test(a_pressed_image_sends_where),
        cmocka_unit_test(the_action_is_what_a_browser_makes_of_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
