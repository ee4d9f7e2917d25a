/* SPDX-License-Identifier: MIT
 * Reading the administrator's court tables, each step through the descriptor before it, so that no
 * name is looked up twice. */
#include "court/court_files.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MAX_BYTES = 1024 * 1024 };

static const char ending[] = ".tsv", subfolder[] = "courts.d";

static void file_free(void *data)
{
    struct court_file *file = data;
    g_free(file->path);
    g_free(file->text);
    g_free(file);
}

static struct court_file *file_new(const char *folder, const char *name)
{
    struct court_file *file = g_new0(struct court_file, 1);
    file->path = name ? g_build_filename(folder, subfolder, name, NULL)
                      : g_build_filename(folder, subfolder, NULL);
    return file;
}

/* Opens what root alone can have made; -1 and *fault, which stays NULL where nothing is there. */
static int open_safely(int at, const char *name, int flags, mode_t type, const char **fault)
{
    struct stat info;
    int fd = openat(at, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | flags);
    if (fd < 0) {
        *fault = errno == ENOENT                      ? NULL
                 : errno == ELOOP || errno == ENOTDIR ? "it, or its folder, is a symbolic link or "
                                                        "of a wrong kind"
                                                      : "it cannot be read";
        return -1;
    }
    if (fstat(fd, &info) != 0)
        *fault = "it cannot be read";
    else if ((info.st_mode & S_IFMT) != type)
        *fault = "it is of a wrong kind";
    else if (info.st_uid != 0)
        *fault = "it, or its folder, does not belong to root";
    else if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        *fault = "it, or its folder, can be written by others than root";
    else
        return fd;
    close(fd);
    return -1;
}

static void read_text(struct court_file *file, int fd)
{
    g_autoptr(GString) text = g_string_new(NULL);
    char block[8192];
    ssize_t got;
    while ((got = read(fd, block, sizeof block)) > 0 || (got < 0 && errno == EINTR)) {
        if (got > 0)
            g_string_append_len(text, block, got);
        if (text->len > FILE_MAX_BYTES) {
            file->fault = "it is larger than 1 MiB";
            return;
        }
    }
    if (got < 0) {
        file->fault = "it cannot be read";
        return;
    }
    file->size = text->len;
    file->text = g_string_free(g_steal_pointer(&text), FALSE);
}

static void read_one(GPtrArray *files, int courts, const char *folder, const char *name)
{
    struct court_file *file = file_new(folder, name);
    /* Non-blocking: a pipe would keep us waiting. */
    int fd = open_safely(courts, name, O_NONBLOCK, S_IFREG, &file->fault);
    if (fd >= 0) {
        read_text(file, fd);
        close(fd);
    }
    if (file->text || file->fault)
        g_ptr_array_add(files, file);
    else
        file_free(file); /* gone meanwhile */
}

static int by_bytes(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

static GPtrArray *names_in(int courts)
{
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    int own = openat(courts, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *folder = own >= 0 ? fdopendir(own) : NULL;
    for (struct dirent *entry; folder && (entry = readdir(folder));) {
        if (entry->d_name[0] != '.' && g_str_has_suffix(entry->d_name, ending))
            g_ptr_array_add(names, g_strdup(entry->d_name));
    }
    if (folder)
        closedir(folder);
    else if (own >= 0)
        close(own);
    g_ptr_array_sort(names, by_bytes);
    return names;
}

/* courts.d below folder, or -1 as open_safely(). */
static int open_courts(const char *folder, const char **fault)
{
    int parent = open_safely(AT_FDCWD, folder, O_DIRECTORY, S_IFDIR, fault);
    if (parent < 0)
        return -1;
    int courts = open_safely(parent, subfolder, O_DIRECTORY, S_IFDIR, fault);
    close(parent);
    return courts;
}

GPtrArray *court_files_read(const char *folder)
{
    GPtrArray *files = g_ptr_array_new_with_free_func(file_free);
    const char *fault = NULL;
    int courts = open_courts(folder, &fault);
    if (courts < 0) {
        if (fault) {
            struct court_file *file = file_new(folder, NULL);
            file->fault = fault;
            g_ptr_array_add(files, file);
        }
        return files;
    }
    g_autoptr(GPtrArray) names = names_in(courts);
    for (guint i = 0; i < names->len; i++)
        read_one(files, courts, folder, names->pdata[i]);
    close(courts);
    return files;
}
