/* SPDX-License-Identifier: MIT
 * The records that go up, and what happens when nobody is there to read them. */
#include "conversation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { CSOLINK, WORKER, LINES = 1500 };

static int open_pair(int pair[2])
{
    return socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
}

static void a_long_page_arrives_line_by_line_in_several_records(void **state)
{
    char page[LINES * 32], expected[32];
    size_t size = 0;
    int pair[2], line = 0, records = 0;
    (void)state;
    assert_int_equal(open_pair(pair), 0);
    for (int i = 0; i < LINES; i++)
        size += (size_t)snprintf(page + size, sizeof page - size, "<p id=%d>\n\n", i);
    conversation_page(pair[WORKER], page);
    for (; line < LINES; records++) {
        RECORD_AUTO struct record record = {0};
        size_t position = 0;
        assert_int_equal(record_receive(&record, pair[CSOLINK], 1000), STATUS_OK);
        assert_string_equal(record_get(&record, "type"), "page");
        for (const char *text; (text = record_list(&record, "line[]", &position)); line++) {
            snprintf(expected, sizeof expected, "<p id=%d>", line);
            assert_string_equal(text, expected);
        }
    }
    assert_in_range(records, 2, 20);
    close(pair[CSOLINK]);
    close(pair[WORKER]);
}

static void an_answer_is_an_answer(void **state)
{
    RECORD_AUTO struct record question = {0}, answer = {0}, given = {0};
    int pair[2];
    (void)state;
    assert_int_equal(open_pair(pair), 0);
    assert_int_equal(record_add(&given, "verb", "logout"), STATUS_OK);
    assert_int_equal(record_send(&given, pair[CSOLINK], 1000), STATUS_OK);
    assert_int_equal(conversation_ask(pair[WORKER], "names", &question, &answer), STATUS_BAD_INPUT);
    close(pair[CSOLINK]);
    close(pair[WORKER]);
}

static void say_a_step(int fd)
{
    conversation_step(fd, 4, "text");
}

static void ask_for_names(int fd)
{
    RECORD_AUTO struct record question = {0}, answer = {0};
    (void)conversation_ask(fd, "names", &question, &answer);
}

/* Whether act, with csolink gone, ends the process instead of returning. */
static bool ends(void (*act)(int fd))
{
    int pair[2], how = 0;
    assert_int_equal(open_pair(pair), 0);
    close(pair[CSOLINK]);
    pid_t child = fork();
    if (child == 0) {
        act(pair[WORKER]);
        _exit(0);
    }
    close(pair[WORKER]);
    assert_true(child > 0 && waitpid(child, &how, 0) == child);
    return WIFEXITED(how) && WEXITSTATUS(how) != 0;
}

static void without_csolink_the_worker_ends(void **state)
{
    (void)state;
    assert_true(ends(say_a_step));
    assert_true(ends(ask_for_names));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_long_page_arrives_line_by_line_in_several_records),
        cmocka_unit_test(an_answer_is_an_answer),
        cmocka_unit_test(without_csolink_the_worker_ends),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
