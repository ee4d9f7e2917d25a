/* SPDX-License-Identifier: MIT
 * The items of menu.pl, however the script writes them. */
#include "page/menu_script.h"

#include <stdio.h>

#include "pages.h"

static void note(const char *text, const char *address, void *data)
{
    char *found = data;
    size_t used = strlen(found);
    snprintf(found + used, 400 - used, "%s>%s|", text ? text : "", address ? address : "");
}

/* clang-format off */
static const struct {
    const char *script, *items;
} scripts[] = {
    {"a=[{text:'Query',url:'/q'}];", "Query>/q|"},
    {"{ \"url\": \"\\/q\", \"text\": \"<u>Q</u>uery\" }", "<u>Q</u>uery>/q|"},
    {"{ label : 'Query' , href : '/q' , }", "Query>/q|"},
    {"{ 'link': '/q', /* text: 'No' */ text: // 'No'\n 'Qu' + \"ery\" }", "Query>/q|"},
    {"{ text: 'U', submenu: { itemdata: [[ { text: 'L', url: '/l' }, { text: 'M' } ]] }, url: '/u' }",
     "L>/l|M>|U>/u|"},
    {"{ text: 'A', url: '/a', text: 'B' }", "B>|A>/a|"},
    {"{ text: 'A', url: base + '/a' }", "/a>|A>|"},
    {"{ text: 'A', url: '/a?' + id }", "A>|"},
    {"{ text: 'A' + b, url: '/a' }", "A>|>/a|"},
    {"{ text: name, url: '/a' }", ">/a|"},
    {"add('A', '/a')", "A>|/a>|"},
    {"x = c ? 'A' : 'B'", "A>|B>|"},
    {"{ 'A': '/a' }", "A>|/a>|"},
    {"text: 'A', url: '/a'", "A>|"},
    {"}}}{ text: 'A', url: '/a' } }", "A>/a|"},
    {"{ text: 'A', onclick: { fn: function () { f({ url: '/f' }); } }, url: '/a' }",
     ">/f|A>/a|"},
    {"{ text: 'A\\x0', url: '/a' }", ">/a|"},
    {"", ""},
};
/* clang-format on */

static void items_are_read_in_each_writing(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
        char found[400] = "";
        menu_script_read(scripts[i].script, strlen(scripts[i].script), note, found);
        /* Keys in quotes are strings as well, which says nothing. */
        for (const char *key = "url\0text\0link\0"; *key; key += strlen(key) + 1) {
            char item[20];
            snprintf(item, sizeof item, "%s>|", key);
            for (char *at; (at = strstr(found, item));)
                memmove(at, at + strlen(item), strlen(at + strlen(item)) + 1);
        }
        if (strcmp(found, scripts[i].items) != 0)
            fail_msg("%s: read as %s", scripts[i].script, found);
    }
}

static void count(const char *text, const char *address, void *data)
{
    size_t *items = data;
    *items += text && address;
}

static void a_script_of_nothing_but_depth_is_survived(void **state)
{
    static const char *const pieces[] = {"{a:", "{text:'A',url:'/a',b:", "'A':", "}", "'A'+"};
    (void)state;
    for (size_t i = 0; i < sizeof pieces / sizeof *pieces; i++) {
        struct secret text = {0};
        size_t items = 0;
        while (text.size < 2 * 1024 * 1024)
            assert_true(secret_append(&text, pieces[i], strlen(pieces[i])));
        menu_script_read(secret_string(&text), text.size, count, &items);
        assert_true(items <= 100);
        secret_clear(&text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items_are_read_in_each_writing),
        cmocka_unit_test(a_script_of_nothing_but_depth_is_survived),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
