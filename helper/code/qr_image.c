/* SPDX-License-Identifier: MIT
 * zbarimg reads through ImageMagick, which takes a name's prefix for a format, fetches addresses,
 * copies what comes through a pipe to /tmp, and unpacks any size: so it gets an open file of a
 * format that we name, limits, and no environment. */
#include "code/qr_image.h"

#include <errno.h>
#include <fcntl.h>
#include <glib.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define ZBARIMG "/usr/bin/zbarimg"

enum { FILE_MAX = 16 * 1024 * 1024, TEXT_MAX = 4096 };

static const struct {
    const char *magic;
    const char *argument;
} formats[] = {
    {"\x89PNG\r\n\x1a\n", "png:/proc/self/fd/0"},
    {"\xff\xd8\xff", "jpeg:/proc/self/fd/0"},
};

static const char *const limits[] = {
    "MAGICK_MEMORY_LIMIT=256MiB", "MAGICK_MAP_LIMIT=0",       "MAGICK_DISK_LIMIT=0",
    "MAGICK_WIDTH_LIMIT=16KP",    "MAGICK_HEIGHT_LIMIT=16KP", "MAGICK_AREA_LIMIT=64MP",
    "MAGICK_THREAD_LIMIT=1",      "MAGICK_TIME_LIMIT=60",     NULL};

/* The picture, open, and how zbarimg is to take it. -1: *why says why not. */
static int open_picture(const char *path, const char **argument, const char **why)
{
    char head[8] = "";
    struct stat info = {0};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    *why = "the picture cannot be read";
    if (fd < 0)
        return -1;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > FILE_MAX)
        *why = "the picture is larger than 16 MiB";
    else if (S_ISREG(info.st_mode) && pread(fd, head, sizeof head, 0) >= 0)
        *why = "the file is neither a PNG nor a JPEG picture";
    for (size_t i = 0; info.st_size <= FILE_MAX && i < G_N_ELEMENTS(formats); i++) {
        if (memcmp(head, formats[i].magic, strlen(formats[i].magic)) == 0) {
            *argument = formats[i].argument;
            return fd;
        }
    }
    close(fd);
    return -1;
}

static int spawn(int picture, const char *argument, int output, pid_t *process)
{
    const char *const arguments[] = {"zbarimg", "-q", "--raw", "--nodbus", argument, NULL};
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_adddup2(&actions, picture, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
    posix_spawn_file_actions_addchdir_np(&actions, "/");
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    int error = posix_spawn(process, ZBARIMG, &actions, &attributes, (char *const *)arguments,
                            (char *const *)limits);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* To the end of file, into memory that never moves. */
static enum status read_all(int fd, int seconds, struct secret *text)
{
    gint64 end = g_get_monotonic_time() + (gint64)seconds * G_USEC_PER_SEC;
    char *room = text->data;
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        gint64 left = (end - g_get_monotonic_time()) / 1000;
        if (left <= 0 || poll(&ready, 1, (int)left) == 0)
            return STATUS_TIMED_OUT;
        ssize_t got = read(fd, room + text->size, TEXT_MAX - text->size);
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return STATUS_INTERNAL;
        text->size += (size_t)got;
        room[text->size] = '\0';
        if (got == 0 || text->size == TEXT_MAX)
            return STATUS_OK;
    }
}

/* Of the codes that were found, a line each, the one that is for an authenticator. */
static bool keep_uri(struct secret *text)
{
    static const char scheme[] = "otpauth://";
    for (const char *line = secret_string(text); *line != '\0';) {
        size_t size = strcspn(line, "\n");
        SECRET_AUTO struct secret uri = {0};
        if (g_ascii_strncasecmp(line, scheme, strlen(scheme)) == 0)
            return secret_set(&uri, line, size) && secret_set(text, uri.data, uri.size);
        line += size + (line[size] == '\n');
    }
    return false;
}

static enum status decode(int picture, const char *argument, int seconds, struct secret *text,
                          const char **why)
{
    int ends[2];
    pid_t process = -1;
    *why = "there is no memory, or no pipe";
    if (!secret_reserve(text, TEXT_MAX) || pipe2(ends, O_CLOEXEC) != 0)
        return STATUS_INTERNAL;
    int error = spawn(picture, argument, ends[1], &process);
    close(ends[1]);
    enum status status = STATUS_BAD_INPUT;
    *why = "pictures are read by zbarimg, which is not installed (Debian's package zbar-tools); "
           "the secret can also be typed";
    if (error == 0) {
        status = read_all(ends[0], seconds, text);
        kill(process, SIGKILL);
        waitpid(process, NULL, 0);
        *why = status == STATUS_OK ? "the picture holds no QR code with an otpauth:// URI"
                                   : "the picture could not be read in time";
        if (status == STATUS_OK && !keep_uri(text))
            status = STATUS_BAD_INPUT;
    }
    close(ends[0]);
    return status;
}

enum status qr_image_read(const char *path, int seconds, struct secret *text, const char **why)
{
    const char *argument = NULL;
    int picture = open_picture(path, &argument, why);
    if (picture < 0)
        return STATUS_BAD_INPUT;
    secret_clear(text);
    enum status status = decode(picture, argument, seconds, text, why);
    close(picture);
    return status;
}
