/* SPDX-License-Identifier: MIT
 * A name service for groups as others' modules can be: it keeps what it opened as root open, also
 * over execve(2), and may never answer. */
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <nss.h>
#include <unistd.h>

enum nss_status _nss_odd_initgroups_dyn(const char *user, gid_t group, long *start, long *size,
                                        gid_t **groups, long limit, int *error);

/* What initgroups(3) calls: glibc, grp/initgroups.c. */
enum nss_status _nss_odd_initgroups_dyn(const char *user, gid_t group, long *start, long *size,
                                        gid_t **groups, long limit, int *error)
{
    (void)user, (void)group, (void)start, (void)size, (void)groups, (void)limit;
    *error = open("/etc/shadow", O_RDONLY) < 0 ? errno : ENOENT;
    while (access("/run/nss_odd_hangs", F_OK) == 0)
        pause();
    return NSS_STATUS_NOTFOUND;
}
