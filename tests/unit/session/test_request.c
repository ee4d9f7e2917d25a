/* SPDX-License-Identifier: MIT
 * The request: from whom it is taken, what is refused in it, and that csolink still finds it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "session.h"

static enum status check(const char *text)
{
    struct record request = {0};
    const char *why = NULL;
    assert_int_equal(record_parse(&request, text, strlen(text), NULL), STATUS_OK);
    enum status status = request_check(&request, &why);
    assert_true((status == STATUS_OK) == (why == NULL));
    record_clear(&request);
    return status;
}

static void each_operation_of_the_contract_is_accepted(void **state)
{
    (void)state;
    assert_int_equal(check("operation=session\nuser=alice\nlink=login\n"), STATUS_OK);
    assert_int_equal(check("operation=refresh\nuser=alice\n"), STATUS_OK);
    assert_int_equal(check("operation=capture\nuser=alice\nsecret=x\n"), STATUS_OK);
}

static void each_value_of_the_modules_options_is_accepted(void **state)
{
    static const char *const lines[] = {"link=login",        "link=first-use",     "link=off",
                                        "background=helper", "background=systemd", "extra=text"};
    (void)state;
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++) {
        char text[128];
        snprintf(text, sizeof text, "operation=session\nuser=alice\n%s\n", lines[i]);
        assert_int_equal(check(text), STATUS_OK);
    }
}

static void what_breaks_the_contract_is_refused(void **state)
{
    static const char *const texts[] = {
        "",
        "user=alice\n",
        "operation=session\n",
        "operation=session\nuser=\n",
        "operation=\nuser=alice\n",
        "operation=link\nuser=alice\n",
        "operation=sessions\nuser=alice\n",
        "operation=session\nuser=alice\nsecret=x\n",
        "operation=capture\nuser=alice\n",
        "operation=capture\nuser=alice\nsecret=\n",
        "operation=session\nuser=alice\nlink=\n",
        "operation=session\nuser=alice\nlink=helper\n",
        "operation=session\nuser=alice\nbackground=\n",
        "operation=session\nuser=alice\nbackground=login\n",
    };
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_int_equal(check(texts[i]), STATUS_BAD_INPUT);
}

static enum status check_sized(const char *before, int size)
{
    char text[2 * SESSION_REQUEST_MAX];
    snprintf(text, sizeof text, "%s%0*d\n", before, size, 0);
    return check(text);
}

static void text_that_is_too_long_is_refused(void **state)
{
    static const char secret[] = "operation=capture\nuser=alice\nsecret=";
    static const char user[] = "operation=session\nuser=";
    static const char extra[] = "operation=session\nuser=alice\nextra=";
    const int room = SESSION_REQUEST_MAX - (int)strlen(extra) - 2;
    (void)state;
    assert_int_equal(check_sized(secret, SESSION_SECRET_MAX), STATUS_OK);
    assert_int_equal(check_sized(secret, SESSION_SECRET_MAX + 1), STATUS_BAD_INPUT);
    assert_int_equal(check_sized(user, 256), STATUS_OK);
    assert_int_equal(check_sized(user, 257), STATUS_BAD_INPUT);
    assert_int_equal(check_sized(extra, room), STATUS_OK);
    assert_int_equal(check_sized(extra, room + 1), STATUS_BAD_INPUT);
}

static void the_request_stays_in_the_socket_for_csolink(void **state)
{
    static const char text[] = "operation=session\nuser=alice\n\n";
    char seen[sizeof text + 8];
    const char *why = NULL;
    struct record request = {0};
    int pair[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    assert_int_equal(send(pair[0], text, sizeof text - 1, 0), sizeof text - 1);
    assert_int_equal(request_peek(&request, pair[1], &why), STATUS_OK);
    assert_string_equal(record_get(&request, "user"), "alice");
    assert_int_equal(recv(pair[1], seen, sizeof seen, 0), sizeof text - 1);
    assert_memory_equal(seen, text, sizeof text - 1);
    record_clear(&request);
    close(pair[0]);
    close(pair[1]);
}

static void no_request_and_a_malformed_one_are_refused(void **state)
{
    const char *why = NULL;
    struct record request = {0};
    int pair[2];
    (void)state;
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    assert_int_equal(send(pair[0], "user", 4, 0), 4);
    assert_int_equal(request_peek(&request, pair[1], &why), STATUS_BAD_INPUT);
    assert_non_null(why);
    close(pair[1]);
    assert_int_equal(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair), 0);
    close(pair[0]);
    assert_int_equal(request_peek(&request, pair[1], &why), STATUS_ABSENT);
    close(pair[1]);
}

static bool pair_is_valid(int domain, int type)
{
    int pair[2];
    assert_int_equal(socketpair(domain, type | SOCK_CLOEXEC, 0, pair), 0);
    bool valid = request_socket_valid(pair[1]);
    close(pair[0]);
    close(pair[1]);
    return valid;
}

static void only_a_sequential_packet_socket_is_listened_to(void **state)
{
    int ends[2];
    (void)state;
    assert_true(pair_is_valid(AF_UNIX, SOCK_SEQPACKET));
    assert_false(pair_is_valid(AF_UNIX, SOCK_STREAM));
    assert_false(pair_is_valid(AF_UNIX, SOCK_DGRAM));
    assert_int_equal(pipe(ends), 0);
    assert_false(request_socket_valid(ends[0]));
    close(ends[0]);
    close(ends[1]);
    assert_false(request_socket_valid(-1));
}

static void root_does_not_listen_to_another_users_socket(void **state)
{
    (void)state;
    if (geteuid() != 0) {
        print_message("needs root, to make a socket as another user\n");
        skip();
    }
    int pair[2];
    assert_int_equal(seteuid(65534), 0);
    int made = socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair);
    assert_int_equal(seteuid(0), 0);
    assert_int_equal(made, 0);
    assert_false(request_socket_valid(pair[1]));
    close(pair[0]);
    close(pair[1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_operation_of_the_contract_is_accepted),
        cmocka_unit_test(each_value_of_the_modules_options_is_accepted),
        cmocka_unit_test(what_breaks_the_contract_is_refused),
        cmocka_unit_test(text_that_is_too_long_is_refused),
        cmocka_unit_test(the_request_stays_in_the_socket_for_csolink),
        cmocka_unit_test(no_request_and_a_malformed_one_are_refused),
        cmocka_unit_test(only_a_sequential_packet_socket_is_listened_to),
        cmocka_unit_test(root_does_not_listen_to_another_users_socket),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
