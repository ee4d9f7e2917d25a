/* SPDX-License-Identifier: MIT
 * usage: bad_helper BEHAVIOUR
 * Stands where csolink-session does, with the module's socket as descriptor 0, and misbehaves in
 * one way of the table. Whatever it leaves ends by itself after a while. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

/* Longer than any deadline of the module, for those that never would end. */
enum { FOR_EVER_SECONDS = 60, MESSAGE_SIZE = 1 << 20 };

static const char ok[] = "status=ok\n\n";

static void say(const void *message, size_t size)
{
    send(STDIN_FILENO, message, size, MSG_NOSIGNAL);
}

static void answer(void)
{
    say(ok, sizeof ok - 1);
}

static void stay(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, &all, NULL);
    for (unsigned left = FOR_EVER_SECONDS; left > 0;)
        left = sleep(left);
    _exit(0);
}

/* Goes on in a child of a session of its own, that holds the socket; its parent ends. */
static void go_to_background(void)
{
    if (fork() > 0)
        _exit(0);
    setsid();
}

static void hang(void)
{
    stay();
}

static void stop(void)
{
    raise(SIGSTOP);
}

static void crash(void)
{
    signal(SIGSEGV, SIG_DFL);
    raise(SIGSEGV);
}

static void end_silently(void)
{
}

static void answer_and_crash(void)
{
    answer();
    crash();
}

static void answer_and_linger(void)
{
    answer();
    stay();
}

static void answer_and_stop(void)
{
    answer();
    stop();
}

static void answer_and_leave_a_grandchild(void)
{
    if (fork() == 0)
        stay();
    answer();
}

static void daemonise_and_answer(void)
{
    go_to_background();
    answer();
    stay();
}

static void daemonise_and_hang(void)
{
    go_to_background();
    stay();
}

/* A socket takes a message of the size of its buffer at most; root may make that any size. */
static void flood(void)
{
    static char message[MESSAGE_SIZE];
    int room = 4 * MESSAGE_SIZE;
    setsockopt(STDIN_FILENO, SOL_SOCKET, SO_SNDBUFFORCE, &room, sizeof room);
    while (send(STDIN_FILENO, message, sizeof message, MSG_NOSIGNAL) > 0)
        continue;
}

static void answer_in_a_flood(void)
{
    while (send(STDIN_FILENO, ok, sizeof ok - 1, MSG_NOSIGNAL) > 0)
        continue;
}

static void close_and_end(void)
{
    close(STDIN_FILENO);
}

static void close_and_linger(void)
{
    close(STDIN_FILENO);
    stay();
}

static void shut_down_and_linger(void)
{
    shutdown(STDIN_FILENO, SHUT_RDWR);
    stay();
}

static void read_and_answer(void)
{
    char request[4096];
    if (recv(STDIN_FILENO, request, sizeof request, 0) > 0)
        answer();
}

static void say_nothing_aloud(void)
{
    say("", 0);
}

static void say_garbage(void)
{
    static const char garbage[] = "\x7f"
                                  "ELF\0\n\n\r\xff%n%s";
    say(garbage, sizeof garbage - 1);
}

static void say_too_much(void)
{
    char message[513];
    memset(message, 'x', sizeof message);
    memcpy(message, "status=ok\ndetail=", 17);
    memcpy(message + sizeof message - 2, "\n\n", 2);
    say(message, sizeof message);
}

static void say_what_no_log_should_show(void)
{
    static const char message[] = "status=internal\ndetail=\x1b[2J%n%n%s\x7f evil\n\n";
    say(message, sizeof message - 1);
}

/* Descriptors that nobody takes out of the message must not stay in the host. */
static void answer_with_descriptors(void)
{
    union {
        char room[CMSG_SPACE(3 * sizeof(int))];
        struct cmsghdr header;
    } control = {0};
    struct iovec text = {.iov_base = (char *)ok, .iov_len = sizeof ok - 1};
    struct msghdr message = {.msg_iov = &text,
                             .msg_iovlen = 1,
                             .msg_control = control.room,
                             .msg_controllen = sizeof control.room};
    struct cmsghdr *rights = CMSG_FIRSTHDR(&message);
    const int fds[3] = {open("/etc/shadow", O_RDONLY | O_CLOEXEC), 0, 1};
    rights->cmsg_level = SOL_SOCKET;
    rights->cmsg_type = SCM_RIGHTS;
    rights->cmsg_len = CMSG_LEN(sizeof fds);
    memcpy(CMSG_DATA(rights), fds, sizeof fds);
    sendmsg(STDIN_FILENO, &message, MSG_NOSIGNAL);
}

static const struct {
    const char *name;
    void (*behave)(void);
} behaviours[] = {
    {"answers", answer},
    {"answers-and-crashes", answer_and_crash},
    {"answers-and-leaves-a-grandchild", answer_and_leave_a_grandchild},
    {"answers-and-lingers", answer_and_linger},
    {"answers-and-stops", answer_and_stop},
    {"answers-in-a-flood", answer_in_a_flood},
    {"answers-too-much", say_too_much},
    {"answers-with-descriptors", answer_with_descriptors},
    {"closes-and-ends", close_and_end},
    {"closes-and-lingers", close_and_linger},
    {"crashes", crash},
    {"daemonises-and-answers", daemonise_and_answer},
    {"daemonises-and-hangs", daemonise_and_hang},
    {"ends-silently", end_silently},
    {"floods", flood},
    {"hangs", hang},
    {"reads-and-answers", read_and_answer},
    {"says-garbage", say_garbage},
    {"says-nothing-aloud", say_nothing_aloud},
    {"says-what-no-log-should-show", say_what_no_log_should_show},
    {"shuts-down-and-lingers", shut_down_and_linger},
    {"stops", stop},
};

int main(int argc, char **argv)
{
    for (size_t i = 0; argc > 1 && i < sizeof behaviours / sizeof behaviours[0]; i++) {
        if (strcmp(behaviours[i].name, argv[1]) == 0) {
            behaviours[i].behave();
            _exit(0);
        }
    }
    return 64;
}
