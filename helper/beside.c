/* SPDX-License-Identifier: MIT
 * A build folder works as it is, and an installed csolink never looks into one. */
#include "beside.h"

#include <glib.h>
#include <unistd.h>

char *beside_executable(const char *name, const char *folder)
{
    g_autofree char *executable = g_file_read_link("/proc/self/exe", NULL);
    if (executable) {
        g_autofree char *own = g_path_get_dirname(executable);
        g_autofree char *path = g_build_filename(own, name, NULL);
        if (access(path, R_OK) == 0)
            return g_steal_pointer(&path);
    }
    return g_build_filename(folder, name, NULL);
}
