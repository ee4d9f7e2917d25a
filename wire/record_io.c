/* SPDX-License-Identifier: MIT
 * Records over descriptors: a byte stream such as git's pipe, and messages of a SOCK_SEQPACKET
 * socketpair between our own programs. */
#include "csolink/record.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static bool ends_record(const struct secret *text, size_t from)
{
    size_t start = from > 3 ? from - 3 : 0;
    const char *tail = text->data + start;
    size_t size = text->size - start;
    return (text->size >= 1 && text->data[0] == '\n') ||
           (text->size >= 2 && memcmp(text->data, "\r\n", 2) == 0) ||
           memmem(tail, size, "\n\n", 2) != NULL || memmem(tail, size, "\n\r\n", 3) != NULL;
}

enum status record_read(struct record *record, int fd, const char **why)
{
    SECRET_AUTO struct secret text = {0};
    size_t before = 0;
    do {
        before = text.size;
        if (before > RECORD_SIZE_MAX)
            break;
        if (!secret_reserve(&text, before + 4096))
            return STATUS_INTERNAL;
        ssize_t got = read(fd, text.data + before, 4096);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return STATUS_INTERNAL;
        if (got == 0)
            break;
        text.size += (size_t)got;
    } while (!ends_record(&text, before));
    return record_parse(record, secret_string(&text), text.size, why);
}

enum status record_write(const struct record *record, int fd)
{
    SECRET_AUTO struct secret text = {0};
    if (record_format(record, &text) != STATUS_OK)
        return STATUS_INTERNAL;
    for (size_t done = 0; done < text.size;) {
        ssize_t wrote = write(fd, text.data + done, text.size - done);
        if (wrote < 0 && errno != EINTR)
            return STATUS_INTERNAL;
        if (wrote > 0)
            done += (size_t)wrote;
    }
    return STATUS_OK;
}

static long long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

/* Waits until fd is ready or the time is over; a signal does not prolong it. */
static enum status wait_for(int fd, short events, int timeout_ms)
{
    long long end = now_ms() + timeout_ms;
    struct pollfd ready = {.fd = fd, .events = events};
    for (;;) {
        long long left = timeout_ms < 0 ? -1 : end - now_ms();
        if (timeout_ms >= 0 && left < 0)
            left = 0;
        int count = poll(&ready, 1, (int)left);
        if (count > 0)
            return STATUS_OK;
        /* A storm of signals must not keep us here past the end. */
        if (count == 0 || (errno == EINTR && left == 0))
            return STATUS_TIMED_OUT;
        if (errno != EINTR)
            return STATUS_INTERNAL;
    }
}

enum status record_send(const struct record *record, int fd, int timeout_ms)
{
    SECRET_AUTO struct secret text = {0};
    enum status status = record_format(record, &text);
    if (status == STATUS_OK && text.size > RECORD_MESSAGE_MAX)
        status = STATUS_BAD_INPUT;
    while (status == STATUS_OK) {
        ssize_t sent = send(fd, text.data, text.size, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent >= 0)
            return STATUS_OK;
        if (errno == EAGAIN)
            status = wait_for(fd, POLLOUT, timeout_ms);
        else if (errno != EINTR)
            status = STATUS_INTERNAL;
    }
    return status;
}

/* When the peer has left with something unread, the kernel reports that once, before what the peer
 * sent; it may leave at any moment, so any call may meet the report. */
static ssize_t receive_past_reset(int fd, char *data, size_t size, int flags)
{
    ssize_t got = recv(fd, data, size, flags | MSG_DONTWAIT | MSG_TRUNC);
    if (got < 0 && errno == ECONNRESET)
        got = recv(fd, data, size, flags | MSG_DONTWAIT | MSG_TRUNC);
    return got;
}

/* Asked for first, so that no more memory is locked and wiped than the message needs: a login waits
 * for that. */
static enum status next_size(int fd, int timeout_ms, size_t *size)
{
    ssize_t got;
    while ((got = receive_past_reset(fd, NULL, 0, MSG_PEEK)) < 0) {
        enum status status = errno == EAGAIN  ? wait_for(fd, POLLIN, timeout_ms)
                             : errno == EINTR ? STATUS_OK
                                              : STATUS_INTERNAL;
        if (status != STATUS_OK)
            return status;
    }
    *size = (size_t)got;
    return got > 0 ? STATUS_OK : STATUS_ABSENT;
}

static enum status receive(struct record *record, int fd, int timeout_ms, int flags)
{
    SECRET_AUTO struct secret text = {0};
    size_t size = 0;
    enum status status = next_size(fd, timeout_ms, &size);
    if (status != STATUS_OK)
        return status;
    bool fits = size <= RECORD_MESSAGE_MAX;
    if (fits && !secret_reserve(&text, size))
        return STATUS_INTERNAL;
    /* One that does not fit is consumed all the same. */
    ssize_t got = receive_past_reset(fd, text.data, fits ? size : 0, flags);
    if (got < 0 || (size_t)got != size)
        return STATUS_INTERNAL;
    if (!fits)
        return STATUS_BAD_INPUT;
    text.size = size;
    return record_parse(record, text.data, text.size, NULL);
}

enum status record_receive(struct record *record, int fd, int timeout_ms)
{
    return receive(record, fd, timeout_ms, 0);
}

enum status record_peek(struct record *record, int fd, int timeout_ms)
{
    return receive(record, fd, timeout_ms, MSG_PEEK);
}
