/* SPDX-License-Identifier: MIT
 * A process that cannot be dumped or traced. Apart from secret.c, so that the PAM module, a guest
 * in somebody else's process, is not linked to it. */
#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include "csolink/secret.h"

static bool open_standard_descriptors(void)
{
    int fd;
    do {
        fd = open("/dev/null", O_RDWR);
        if (fd < 0)
            return false;
    } while (fd <= STDERR_FILENO);
    close(fd);
    return true;
}

bool secret_harden_process(void)
{
    const struct rlimit none = {0, 0};
    if (!open_standard_descriptors())
        return false;
    if (setrlimit(RLIMIT_CORE, &none) != 0)
        return false;
#ifndef __SANITIZE_ADDRESS__
    if (prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0)
        return false;
#endif
    return prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0;
}
