/* SPDX-License-Identifier: MIT
 * Makes the machine look as a scenario says. All of it is mounted over the throw-away machine's own
 * folders, and gone with the mount namespace that ../run made. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "paths.h"
#include "scenario.h"

#define HELPER   CSOLINK_LIBEXECDIR "/csolink-session"
#define STAND_IN CSOLINK_LIBEXECDIR "/stand-in"

static void cover(const char *path)
{
    if (mount("tmpfs", path, "tmpfs", MS_NODEV, "mode=755") != 0)
        differ(0, "%s cannot be covered: %m", path);
}

/* --- files --- */

static FILE *create(const char *path)
{
    FILE *file = fopen(path, "wxe");
    if (!file)
        differ(0, "%s cannot be written: %m", path);
    return file;
}

static void finish(FILE *file, const char *path, mode_t mode)
{
    if (fchmod(fileno(file), mode) != 0 || fclose(file) != 0)
        differ(0, "%s cannot be written: %m", path);
}

static void write_text(const struct file *file)
{
    FILE *stream = create(file->path);
    for (size_t i = 0; i < file->content.count; i++)
        fprintf(stream, "%s\n", file->content.text[i]);
    while ((unsigned long)ftell(stream) < file->size)
        putc('#', stream);
    finish(stream, file->path, file->mode);
}

static void make(const struct file *file)
{
    const struct passwd *owner = file->owner ? getpwnam(file->owner) : NULL;
    int made = 0;
    switch (file->kind) {
    case FILE_TEXT:
        write_text(file);
        break;
    case FILE_FOLDER:
        made = mkdir(file->path, file->mode);
        break;
    case FILE_FIFO:
        made = mkfifo(file->path, file->mode);
        break;
    case FILE_LINK:
        made = symlink(file->target, file->path);
        break;
    }
    if (made != 0 || (file->owner && !owner))
        differ(file->line, "it cannot be made: %m");
    if (owner && (chown(file->path, owner->pw_uid, owner->pw_gid) != 0 ||
                  chmod(file->path, file->mode) != 0))
        differ(file->line, "it cannot be given away: %m");
}

/* --- the stack --- */

/* Only PAM_IGNORE leads behind the module. */
static void observe(FILE *stack, const char *options)
{
    for (const char *const *group = groups; *group; group++) {
        fprintf(stack, "%s [success=done ignore=ignore default=die] pam_csolink.so %s\n", *group,
                options);
        fprintf(stack, "%s required pam_debug.so %s\n", *group, observed_behind);
    }
}

/* libpam reads the stack anew when a host sets another service. */
static void write_other_names(const struct scenario *scenario)
{
    char path[256];
    for (size_t i = 0; i < scenario->steps; i++) {
        const struct step *step = &scenario->step[i];
        if (!step->item || strcmp(step->item, "service") != 0)
            continue;
        snprintf(path, sizeof path, "%s/%s", SERVICES, step->value);
        if (symlink(scenario->service, path) != 0 && errno != EEXIST)
            differ(step->line, "this service cannot be named: %m");
    }
}

static void write_service(const struct scenario *scenario)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", SERVICES, scenario->service);
    FILE *stack = create(path);
    for (size_t i = 0; i < scenario->stack.count; i++)
        fprintf(stack, "%s\n", scenario->stack.text[i]);
    if (scenario->observed)
        observe(stack, scenario->observed);
    finish(stack, path, 0644);
    write_other_names(scenario);
}

/* libpam complains of a missing "other" at each start. */
static void write_other(void)
{
    FILE *other = create(SERVICES "/other");
    for (const char *const *group = groups; *group; group++)
        fprintf(other, "%s required pam_deny.so\n", *group);
    finish(other, SERVICES "/other", 0644);
}

/* --- csolink-session --- */

static void copy(const char *from, const char *to)
{
    char buffer[65536];
    int in = open(from, O_RDONLY | O_CLOEXEC), out = open(to, O_WRONLY | O_CREAT | O_CLOEXEC, 0755);
    ssize_t got = -1;
    while (in >= 0 && out >= 0 && (got = read(in, buffer, sizeof buffer)) > 0) {
        if (write(out, buffer, (size_t)got) != got)
            break;
    }
    if (got != 0 || fchmod(out, 0755) != 0)
        differ(0, "%s cannot be copied: %m", from);
    close(in);
    close(out);
}

/* The kernel hands what follows the interpreter's name to it as one argument. */
static void place_helper(const char *words, const char *stand_in)
{
    mode_t mode = strcmp(words, "not executable") == 0 ? 0644 : 0755;
    if (strcmp(words, "real") == 0)
        return;
    copy(stand_in, STAGE "/stand-in");
    cover(CSOLINK_LIBEXECDIR);
    if (strcmp(words, "missing") == 0)
        return;
    copy(STAGE "/stand-in", STAND_IN);
    FILE *script = create(HELPER);
    if (strcmp(words, "no program") != 0)
        fprintf(script, "#!%s ", STAND_IN);
    fprintf(script, "%s\n", words);
    finish(script, HELPER, mode);
}

void stage_set(const struct scenario *scenario, const char *stand_in)
{
    umask(022);
    if (mkdir(STAGE, 0755) != 0)
        differ(0, "%s cannot be made: %m", STAGE);
    cover(STAGE);
    if (mkdir(SERVICES, 0755) != 0)
        differ(0, "%s cannot be made: %m", SERVICES);
    cover(CSOLINK_SYSCONFDIR);
    place_helper(scenario->helper, stand_in);
    for (size_t i = 0; i < scenario->hidden; i++)
        cover(scenario->hide[i]);
    for (size_t i = 0; i < scenario->files; i++)
        make(&scenario->file[i]);
    write_service(scenario);
    write_other();
}

/* As a screen locker runs: no id of root's is left. */
void stage_become_host(const struct scenario *scenario)
{
    const struct passwd *user = scenario->runs_as ? getpwnam(scenario->runs_as) : NULL;
    if (!scenario->runs_as)
        return;
    if (!user || initgroups(user->pw_name, user->pw_gid) != 0 ||
        setresgid(user->pw_gid, user->pw_gid, user->pw_gid) != 0 ||
        setresuid(user->pw_uid, user->pw_uid, user->pw_uid) != 0)
        differ(0, "the host cannot run as %s", scenario->runs_as);
}
