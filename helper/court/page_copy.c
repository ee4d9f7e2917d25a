/* SPDX-License-Identifier: MIT
 * Page copies beside the state files: "ENVIRONMENT/COURT.page.html". */
#include "court/page_copy.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

void page_copy_save(const struct state *state, const char *court, const char *text, char **detail)
{
    g_autofree char *name = g_strconcat(court, ".page.html", NULL);
    int fd =
        openat(state->folder, name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return;
    bool good = write(fd, text, strlen(text)) == (ssize_t)strlen(text);
    close(fd);
    if (!good)
        return;
    char *said =
        g_strdup_printf("%s%sa copy is in ~/.local/state/csolink/%s/%s", *detail ? *detail : "",
                        *detail ? "; " : "", state->environment, name);
    g_free(*detail);
    *detail = said;
}
