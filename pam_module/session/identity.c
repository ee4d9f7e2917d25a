/* SPDX-License-Identifier: MIT
 * From root to the user, for good, in a process that has done nothing else yet.
 * Done in a fresh process because undoing it in the host is how groups of root reached users. */
#include <grp.h>
#include <linux/capability.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "session.h"

/* NSS looks the user's up; its modules (nss_systemd, sss) take longer than all the rest. */
static bool drop_groups(const struct passwd *user, enum groups groups)
{
    return groups == GROUPS_NONE ? setgroups(0, NULL) == 0
                                 : initgroups(user->pw_name, user->pw_gid) == 0;
}

static bool set_ids(uid_t uid, gid_t gid)
{
    return setresgid(gid, gid, gid) == 0 && setresuid(uid, uid, uid) == 0;
}

/* Inheritable capabilities survive setresuid(2), and all do in a host that has set
 * SECBIT_NO_SETUID_FIXUP. */
static bool drop_capabilities(void)
{
    struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
    const struct __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {{0}};
    return syscall(SYS_capset, &header, none) == 0;
}

static bool is_only(uid_t uid, gid_t gid)
{
    uid_t real_uid, effective_uid, saved_uid;
    gid_t real_gid, effective_gid, saved_gid;
    return getresuid(&real_uid, &effective_uid, &saved_uid) == 0 &&
           getresgid(&real_gid, &effective_gid, &saved_gid) == 0 && real_uid == uid &&
           effective_uid == uid && saved_uid == uid && real_gid == gid && effective_gid == gid &&
           saved_gid == gid;
}

static bool can_return(void)
{
    return setuid(0) == 0 || seteuid(0) == 0;
}

static enum status refuse(const char **why, enum status status, const char *reason)
{
    *why = reason;
    return status;
}

enum status become_user(const struct passwd *user, enum groups groups, const char **why)
{
    bool root = geteuid() == 0;
    /* A host that is setgid, a screen locker say, must not pass its group on to the user. */
    gid_t gid = root ? user->pw_gid : getgid();
    if (user->pw_uid == 0)
        return refuse(why, STATUS_REFUSED_BY_POLICY, "root has no session here");
    if (!root && (geteuid() != user->pw_uid || getuid() != user->pw_uid))
        return refuse(why, STATUS_REFUSED_BY_POLICY, "only root can act for another user");
    if (root && !drop_groups(user, groups))
        return refuse(why, STATUS_INTERNAL, "the user's groups could not be set");
    if (!set_ids(user->pw_uid, gid) || !drop_capabilities())
        return refuse(why, STATUS_INTERNAL, "the user's IDs could not be set");
    if (!is_only(user->pw_uid, gid) || can_return())
        return refuse(why, STATUS_INTERNAL, "there is a way back from the user's IDs");
    /* The kernel decides anew, by fs.suid_dumpable, when the IDs change. */
    if (!secret_harden_process() || chdir("/") != 0)
        return refuse(why, STATUS_INTERNAL, "the process could not be shielded from the user");
    umask(077);
    return STATUS_OK;
}
