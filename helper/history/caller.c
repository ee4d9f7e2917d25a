/* SPDX-License-Identifier: MIT
 * /proc/PID/comm, exe and status of the parents. */
#include "history/caller.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* They run for somebody else. */
static const char *const go_betweens[] = {"bash", "csh", "dash",    "env",  "fish", "git", "ksh",
                                          "sh",   "zsh", "csolink", "sudo", "tcsh", NULL};

static bool is_go_between(const char *name)
{
    return g_strv_contains(go_betweens, name) || g_str_has_prefix(name, "git-");
}

static char *read_process(pid_t process, const char *file)
{
    g_autofree char *path = g_strdup_printf("/proc/%d/%s", (int)process, file);
    char *text = NULL;
    return g_file_get_contents(path, &text, NULL, NULL) ? text : NULL;
}

/* NULL: another user's process. */
static char *executable_name(pid_t process)
{
    g_autofree char *link = g_strdup_printf("/proc/%d/exe", (int)process);
    g_autofree char *path = g_file_read_link(link, NULL);
    if (!path)
        return NULL;
    char *removed = strstr(path, " (deleted)");
    if (removed)
        *removed = '\0';
    return g_path_get_basename(path);
}

static void make_printable(char *name)
{
    for (; *name != '\0'; name++) {
        if ((unsigned char)*name < 0x20 || (unsigned char)*name >= 0x7f)
            *name = '?';
    }
}

/* The kernel keeps 15 bytes of a process's name; its executable's may be the whole of it. */
static char *full_name(pid_t process, const char *name)
{
    g_autofree char *executable = executable_name(process);
    char *full = !executable || strcmp(executable, name) == 0 ? g_strdup(name)
                 : g_str_has_prefix(executable, name)
                     ? g_strdup(executable)
                     : g_strdup_printf("%s (%s)", name, executable);
    make_printable(full);
    return full;
}

static pid_t parent_of(pid_t process)
{
    g_autofree char *status = read_process(process, "status");
    const char *line = status ? strstr(status, "\nPPid:") : NULL;
    int parent = 0;
    return line && sscanf(line, "\nPPid: %d", &parent) == 1 ? parent : 0;
}

char **caller_names(void)
{
    g_autoptr(GStrvBuilder) names = g_strv_builder_new();
    pid_t process = getppid();
    for (int level = 0; level < CALLER_LEVELS && process > 0; level++) {
        g_autofree char *name = read_process(process, "comm");
        if (!name)
            break;
        g_autofree char *full = full_name(process, g_strchomp(name));
        g_strv_builder_add(names, full);
        if (!is_go_between(name))
            break;
        process = parent_of(process);
    }
    return g_strv_builder_end(names);
}
