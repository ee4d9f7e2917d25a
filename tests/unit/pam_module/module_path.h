/* SPDX-License-Identifier: MIT
 * Where the built module is for a stack of a test's own: shown in the test's folder, for a PAM
 * configuration cannot say a path with a blank in it. Include it in one file of a program. */
#ifndef CSOLINK_MODULE_PATH_H
#define CSOLINK_MODULE_PATH_H

#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static char module[PATH_MAX];

/* $CSOLINK_BUILD, else the build that this program is part of: BUILD/unit/pam_module/PROGRAM. */
static bool show_module(const char *folder)
{
    char self[PATH_MAX] = "", path[PATH_MAX], built[PATH_MAX];
    const char *build = getenv("CSOLINK_BUILD");
    if (!build && readlink("/proc/self/exe", self, sizeof self - 1) > 0)
        build = dirname(dirname(dirname(self)));
    snprintf(path, sizeof path, "%s/pam_csolink.so", build ? build : "build");
    snprintf(module, sizeof module, "%s/pam_csolink.so", folder);
    return realpath(path, built) && symlink(built, module) == 0;
}

#endif
