/* SPDX-License-Identifier: MIT
 * The request as csolink-session takes it from its socket: what is accepted keeps to the contract
 * and is still there for the next program; and records are written as they were read.
 * Input: faults, the message. */
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "faults.h"
#include "session.h"
#include "traces.h"

static bool is_one_of(const char *value, const char *const *words)
{
    while (*words && value && strcmp(*words, value) != 0)
        words++;
    return !value || *words;
}

static void check_contract(const struct record *request)
{
    static const char *const links[] = {"login", "first-use", "off", NULL};
    static const char *const backgrounds[] = {"helper", "systemd", NULL};
    const char *operation = record_get(request, SESSION_KEY_OPERATION);
    const char *user = record_get(request, SESSION_KEY_USER);
    const char *secret = record_get(request, SESSION_KEY_SECRET);
    HOLDS(operation && user && *user != '\0');
    HOLDS(!secret == (strcmp(operation, SESSION_OPERATION_CAPTURE) != 0));
    HOLDS(!secret || (*secret != '\0' && strlen(secret) <= SESSION_SECRET_MAX));
    HOLDS(is_one_of(record_get(request, SESSION_KEY_LINK), links));
    HOLDS(is_one_of(record_get(request, SESSION_KEY_BACKGROUND), backgrounds));
}

static void check_same(const struct record *a, const struct record *b)
{
    HOLDS(a->count == b->count && a->text.size == b->text.size);
    HOLDS(a->text.size == 0 || memcmp(a->text.data, b->text.data, a->text.size) == 0);
}

static void check_written(const struct record *record)
{
    struct record again = {0};
    struct secret text = {0};
    HOLDS(record_format(record, &text) == STATUS_OK);
    HOLDS(record_parse(&again, text.data, text.size, NULL) == STATUS_OK);
    check_same(record, &again);
    record_clear(&again);
    secret_clear(&text);
}

static void check_lists(const struct record *record)
{
    const char *last = record->count > 0 ? secret_string(&record->text) : "";
    size_t position = 0, values = 0;
    for (size_t i = 0; i < record->count; i++)
        last = record->text.data + record->field[i].key;
    while (record_list(record, last, &position))
        HOLDS(++values <= record->count);
    record_get_number(record, last, 0);
}

/* A stream, such as git's, says the same as a message. */
static void check_stream(const struct record *record, enum status parsed, const char *text,
                         size_t size)
{
    struct record streamed = {0};
    int file = memfd_create("stream", MFD_CLOEXEC);
    HOLDS(file >= 0 && pwrite(file, text, size, 0) == (ssize_t)size);
    faults_allow(true);
    enum status status = record_read(&streamed, file, NULL);
    faults_allow(false);
    HOLDS(status == parsed || status == STATUS_INTERNAL);
    if (status == STATUS_OK)
        check_same(record, &streamed);
    else
        HOLDS(streamed.count == 0 && !streamed.text.data);
    record_clear(&streamed);
    close(file);
}

static void check_codec(const char *text, size_t size)
{
    struct record record = {0};
    enum status parsed = record_parse(&record, text, size, NULL);
    if (parsed == STATUS_OK) {
        check_written(&record);
        check_lists(&record);
    } else {
        HOLDS(record.count == 0 && !record.text.data);
    }
    check_stream(&record, parsed, text, size);
    record_clear(&record);
}

static void peek(int socket)
{
    struct record request = {0};
    const char *why = NULL;
    HOLDS(request_socket_valid(socket));
    faults_allow(true);
    enum status status = request_peek(&request, socket, &why);
    if (status == STATUS_OK)
        check_contract(&request);
    HOLDS((status == STATUS_OK) == (why == NULL));
    record_clear(&request);
    faults_allow(false);
}

static void check_peek(const char *text, size_t size)
{
    char byte;
    int pair[2];
    HOLDS(socketpair(AF_UNIX, SOCK_SEQPACKET | SOCK_CLOEXEC, 0, pair) == 0);
    if (size > 0)
        HOLDS(send(pair[0], text, size, 0) == (ssize_t)size);
    peek(pair[1]);
    if (size > 0)
        HOLDS(recv(pair[1], &byte, 1, MSG_DONTWAIT | MSG_TRUNC) == (ssize_t)size);
    close(pair[0]);
    close(pair[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static char text[RECORD_MESSAGE_MAX + 1];
    struct input input = {data, data + size};
    traces_begin();
    faults_begin(&input);
    faults_allow(false);
    size_t length = take_bytes(&input, TO_THE_END, text, sizeof text);
    check_peek(text, length);
    check_codec(text, length);
    traces_check();
    return 0;
}
