/* SPDX-License-Identifier: MIT
 * What csolink-net gives up: files, with Landlock (Linux 5.13 and later; linux/landlock.h). */
#include <errno.h>
#include <fcntl.h>
#include <linux/landlock.h>
#include <stddef.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "sandbox.h"

/* Configuration, CA files, libraries, and what /etc/resolv.conf links to. */
static const char *const readable[] = {
    "/etc",  "/etc/resolv.conf", "/usr", "/lib", "/lib64", "/dev/null", "/dev/urandom",
#ifdef __SANITIZE_ADDRESS__
    "/proc", /* the sanitizers' own look at the process */
#endif
};

/* All rights that this kernel's version knows: whatever is handled and not allowed is refused. */
static __u64 handled_rights(long version)
{
    int last = version == 1 ? 12 : version == 2 ? 13 : 14; /* ..._MAKE_SYM, _REFER, _TRUNCATE */
    return (2ULL << last) - 1;
}

/* A path that is not there needs no rule. */
static bool allow_reading(int rules, const char *path)
{
    struct stat found;
    struct landlock_path_beneath_attr rule = {.allowed_access = LANDLOCK_ACCESS_FS_READ_FILE};
    rule.parent_fd = open(path, O_PATH | O_CLOEXEC);
    if (rule.parent_fd < 0)
        return errno == ENOENT || errno == EACCES;
    if (fstat(rule.parent_fd, &found) == 0 && S_ISDIR(found.st_mode))
        rule.allowed_access |= LANDLOCK_ACCESS_FS_READ_DIR;
    long added = syscall(SYS_landlock_add_rule, rules, LANDLOCK_RULE_PATH_BENEATH, &rule, 0);
    close(rule.parent_fd);
    return added == 0;
}

static bool allow_all(int rules, const char *ca_file)
{
    for (size_t i = 0; i < sizeof readable / sizeof *readable; i++)
        if (!allow_reading(rules, readable[i]))
            return false;
    return !ca_file || allow_reading(rules, ca_file);
}

bool sandbox_close_files(const char *ca_file)
{
    struct landlock_ruleset_attr attributes = {0};
    long version = syscall(SYS_landlock_create_ruleset, NULL, 0, LANDLOCK_CREATE_RULESET_VERSION);
    if (version < 1)
        return true;
    attributes.handled_access_fs = handled_rights(version);
    int rules = (int)syscall(SYS_landlock_create_ruleset, &attributes, sizeof attributes, 0);
    bool closed = rules >= 0 && allow_all(rules, ca_file) &&
                  syscall(SYS_landlock_restrict_self, rules, 0) == 0;
    if (rules >= 0)
        close(rules);
    return closed;
}
