/* SPDX-License-Identifier: MIT
 * What csolink-net gives up before it reads its first byte. */
#include "sandbox.h"

#include <signal.h>
#include <stddef.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "csolink/secret.h"

static const struct {
    __rlimit_resource_t resource;
    rlim_t most;
} limits[] = {
    {RLIMIT_NOFILE, 64}, /* a connection, the resolver's sockets, CA files */
    {RLIMIT_FSIZE,  0 }, /* writes no file */
    {RLIMIT_CPU,    60}, /* a page made to be slow to parse */
};

bool sandbox_enter(void)
{
    umask(077);
    signal(SIGPIPE, SIG_IGN);
    if (!secret_harden_process() || prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0 ||
        close_range(STDERR_FILENO + 1, ~0U, 0) != 0)
        return false;
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        const struct rlimit limit = {limits[i].most, limits[i].most};
        if (setrlimit(limits[i].resource, &limit) != 0)
            return false;
    }
    return true;
}
