/* SPDX-License-Identifier: MIT
 * /run/user/UID: made by logind, and the proof that the user has a session with a bus.
 * Looked at as the user, so that root never touches what a user could have put there. */
#include <sys/stat.h>

#include "session.h"

enum status runtime_dir_check(const char *path, uid_t uid, const char **why)
{
    struct stat found;
    enum status status = STATUS_NO_KEYRING;
    if (lstat(path, &found) != 0 || !S_ISDIR(found.st_mode))
        *why = "no runtime directory";
    else if (found.st_uid != uid || (found.st_mode & 07777) != 0700)
        *why = "the runtime directory is not the user's alone";
    else
        status = STATUS_OK;
    return status;
}
