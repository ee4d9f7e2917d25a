/* SPDX-License-Identifier: MIT
 * The record codec: what git writes is read, what could become two lines is refused. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "csolink/record.h"

#define PARSE(record, text) record_parse(record, text, sizeof(text) - 1, NULL)

static void first_equals_sign_splits(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    assert_int_equal(PARSE(&record, "a=b=c\nempty=\n\nafter=x\n"), STATUS_OK);
    assert_string_equal(record_get(&record, "a"), "b=c");
    assert_string_equal(record_get(&record, "empty"), "");
    assert_null(record_get(&record, "after"));
    assert_null(record_get(&record, "absent"));
}

static void last_value_of_a_key_wins(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    assert_int_equal(PARSE(&record, "a=1\na=2"), STATUS_OK);
    assert_string_equal(record_get(&record, "a"), "2");
}

static void lines_of_a_key_are_counted(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    assert_int_equal(PARSE(&record, "a=1\nab=\na=1"), STATUS_OK);
    assert_int_equal(record_count(&record, "a"), 2);
    assert_int_equal(record_count(&record, "ab"), 1);
    assert_int_equal(record_count(&record, "b"), 0);
}

static void empty_list_value_clears_the_list(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    size_t position = 0;
    assert_int_equal(PARSE(&record, "x[]=old\nx[]=\nx[]=1\ny=0\nx[]=2\n"), STATUS_OK);
    assert_string_equal(record_list(&record, "x[]", &position), "1");
    assert_string_equal(record_list(&record, "x[]", &position), "2");
    assert_null(record_list(&record, "x[]", &position));
}

static void carriage_return_is_line_end_or_refused(void **state)
{
    (void)state;
    RECORD_AUTO struct record good = {0}, bad = {0};
    assert_int_equal(PARSE(&good, "host=example\r\nuser=a\r\n\r\n"), STATUS_OK);
    assert_string_equal(record_get(&good, "host"), "example");
    assert_int_equal(PARSE(&bad, "host=exam\rple\n"), STATUS_BAD_INPUT);
    assert_int_equal(bad.count, 0);
}

static void malformed_records_are_refused_with_a_reason(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t size;
    } rows[] = {
        {"a\0b=c\n", 7},
        {"a=b\0c\n", 7},
        {"no equals\n", 10},
        {"=value\n", 7},
    };
    for (size_t i = 0; i < sizeof rows / sizeof rows[0]; i++) {
        RECORD_AUTO struct record record = {0};
        const char *why = NULL;
        assert_int_equal(record_parse(&record, rows[i].text, rows[i].size, &why), STATUS_BAD_INPUT);
        assert_non_null(why);
        assert_int_equal(record.count, 0);
    }
}

static enum status parse_line_of(size_t size)
{
    RECORD_AUTO struct record record = {0};
    char *line = malloc(size);
    memset(line, 'x', size);
    line[1] = '=';
    line[size - 1] = '\n';
    enum status status = record_parse(&record, line, size, NULL);
    free(line);
    return status;
}

static void line_limit_is_gits(void **state)
{
    (void)state;
    assert_int_equal(parse_line_of(RECORD_LINE_MAX), STATUS_OK);
    assert_int_equal(parse_line_of(RECORD_LINE_MAX + 1), STATUS_BAD_INPUT);
}

static void too_many_lines_are_refused_whole(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    for (int i = 0; i < RECORD_FIELDS_MAX; i++)
        assert_int_equal(record_add(&record, "k", "v"), STATUS_OK);
    assert_int_equal(record_add(&record, "k", "v"), STATUS_BAD_INPUT);
    assert_int_equal(record.count, RECORD_FIELDS_MAX);
}

static void writer_refuses_what_would_become_two_lines(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    assert_int_equal(record_add(&record, "user", "a\nhost=evil"), STATUS_BAD_INPUT);
    assert_int_equal(record_add(&record, "user", "a\rb"), STATUS_BAD_INPUT);
    assert_int_equal(record_add(&record, "us=er", "a"), STATUS_BAD_INPUT);
    assert_int_equal(record_add(&record, "us\ner", "a"), STATUS_BAD_INPUT);
    assert_int_equal(record_add(&record, "", "a"), STATUS_BAD_INPUT);
    assert_int_equal(record.count, 0);
}

static void formatted_record_parses_back(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0}, back = {0};
    SECRET_AUTO struct secret text = {0};
    record_add(&record, "password", "p=\xc3\xa4 ");
    record_add_number(&record, "n", -7);
    assert_int_equal(record_format(&record, &text), STATUS_OK);
    assert_string_equal(secret_string(&text), "password=p=\xc3\xa4 \nn=-7\n\n");
    assert_int_equal(record_parse(&back, text.data, text.size, NULL), STATUS_OK);
    assert_string_equal(record_get(&back, "password"), "p=\xc3\xa4 ");
    assert_int_equal(record_get_number(&back, "n", 0), -7);
}

static void numbers_are_whole_or_the_fallback(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    record_add(&record, "text", "7up");
    record_add(&record, "huge", "99999999999999999999");
    record_add(&record, "empty", "");
    assert_int_equal(record_get_number(&record, "text", 3), 3);
    assert_int_equal(record_get_number(&record, "huge", 3), 3);
    assert_int_equal(record_get_number(&record, "empty", 3), 3);
    assert_int_equal(record_get_number(&record, "absent", 3), 3);
}

static void stream_stops_at_the_empty_line(void **state)
{
    (void)state;
    RECORD_AUTO struct record record = {0};
    static const char text[] = "a=1\n\nb=2\n";
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    assert_int_equal(write(ends[1], text, sizeof text - 1), sizeof text - 1);
    /* The writing end stays open: only the empty line can end the read. */
    assert_int_equal(record_read(&record, ends[0], NULL), STATUS_OK);
    assert_string_equal(record_get(&record, "a"), "1");
    assert_null(record_get(&record, "b"));
    close(ends[0]);
    close(ends[1]);
}

static void messages_keep_their_borders(void **state)
{
    (void)state;
    int sockets[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
    RECORD_AUTO struct record one = {0}, two = {0}, peeked = {0}, first = {0}, second = {0},
                              none = {0};
    record_add(&one, "n", "1");
    record_add(&two, "n", "2");
    assert_int_equal(record_send(&one, sockets[0], 1000), STATUS_OK);
    assert_int_equal(record_send(&two, sockets[0], 1000), STATUS_OK);
    assert_int_equal(record_peek(&peeked, sockets[1], 1000), STATUS_OK);
    assert_int_equal(record_receive(&first, sockets[1], 1000), STATUS_OK);
    assert_int_equal(record_receive(&second, sockets[1], 1000), STATUS_OK);
    assert_string_equal(record_get(&peeked, "n"), "1");
    assert_string_equal(record_get(&first, "n"), "1");
    assert_string_equal(record_get(&second, "n"), "2");
    assert_int_equal(record_receive(&none, sockets[1], 0), STATUS_TIMED_OUT);
    close(sockets[0]);
    assert_int_equal(record_receive(&none, sockets[1], 1000), STATUS_ABSENT);
    close(sockets[1]);
}

static void oversized_message_is_refused_and_consumed(void **state)
{
    (void)state;
    int sockets[2], room = 4 * RECORD_MESSAGE_MAX;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
    assert_int_equal(setsockopt(sockets[0], SOL_SOCKET, SO_SNDBUF, &room, sizeof room), 0);
    char *flood = calloc(1, RECORD_MESSAGE_MAX + 1);
    RECORD_AUTO struct record bad = {0}, good = {0}, after = {0};
    record_add(&good, "n", "1");
    assert_int_equal(send(sockets[0], flood, RECORD_MESSAGE_MAX + 1, 0), RECORD_MESSAGE_MAX + 1);
    assert_int_equal(record_send(&good, sockets[0], 1000), STATUS_OK);
    assert_int_equal(record_receive(&bad, sockets[1], 1000), STATUS_BAD_INPUT);
    assert_int_equal(record_receive(&after, sockets[1], 1000), STATUS_OK);
    assert_string_equal(record_get(&after, "n"), "1");
    free(flood);
    close(sockets[0]);
    close(sockets[1]);
}

/* A peer's end of a socket; it is closed as soon as a message of the peer's has been looked at. */
static int leaving = -1;

/* In libc's place, for the moment between two of record_receive()'s calls. */
ssize_t recv(int fd, void *bytes, size_t size, int flags)
{
    ssize_t got = recvfrom(fd, bytes, size, flags, NULL, NULL);
    if (leaving >= 0 && (flags & MSG_PEEK) != 0)
        close(leaving);
    leaving = -1;
    return got;
}

static void assert_last_words_arrive(bool while_received)
{
    int sockets[2];
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, sockets), 0);
    RECORD_AUTO struct record unread = {0}, result = {0}, got = {0}, none = {0};
    record_add(&unread, "n", "1");
    record_add(&result, "type", "result");
    assert_int_equal(record_send(&unread, sockets[1], 1000), STATUS_OK);
    assert_int_equal(record_send(&result, sockets[0], 1000), STATUS_OK);
    if (while_received)
        leaving = sockets[0];
    else
        close(sockets[0]);
    assert_int_equal(record_receive(&got, sockets[1], 1000), STATUS_OK);
    assert_string_equal(record_get(&got, "type"), "result");
    assert_int_equal(record_receive(&none, sockets[1], 1000), STATUS_ABSENT);
    close(sockets[1]);
}

static void last_words_of_a_peer_that_did_not_listen_arrive(void **state)
{
    (void)state;
    assert_last_words_arrive(false);
}

static void last_words_of_a_peer_that_leaves_meanwhile_arrive(void **state)
{
    (void)state;
    assert_last_words_arrive(true);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_equals_sign_splits),
        cmocka_unit_test(last_value_of_a_key_wins),
        cmocka_unit_test(lines_of_a_key_are_counted),
        cmocka_unit_test(empty_list_value_clears_the_list),
        cmocka_unit_test(carriage_return_is_line_end_or_refused),
        cmocka_unit_test(malformed_records_are_refused_with_a_reason),
        cmocka_unit_test(line_limit_is_gits),
        cmocka_unit_test(too_many_lines_are_refused_whole),
        cmocka_unit_test(writer_refuses_what_would_become_two_lines),
        cmocka_unit_test(formatted_record_parses_back),
        cmocka_unit_test(numbers_are_whole_or_the_fallback),
        cmocka_unit_test(stream_stops_at_the_empty_line),
        cmocka_unit_test(messages_keep_their_borders),
        cmocka_unit_test(last_words_of_a_peer_that_did_not_listen_arrive),
        cmocka_unit_test(last_words_of_a_peer_that_leaves_meanwhile_arrive),
        cmocka_unit_test(oversized_message_is_refused_and_consumed),
    };
    return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
