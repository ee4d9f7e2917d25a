/* SPDX-License-Identifier: MIT
 * Catches what the module logs: this program's pam_vsyslog() comes before libpam's, for the code
 * linked into it and for the module that libpam loads. Include it in one file of a program. */
#ifndef CSOLINK_LOG_CAPTURE_H
#define CSOLINK_LOG_CAPTURE_H

#include <security/pam_ext.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <syslog.h>

static char logged[8192]; /* "PRIORITY text\n" for each line */

void pam_vsyslog(const pam_handle_t *pamh, int priority, const char *format, va_list arguments)
{
    char text[1024];
    size_t used = strlen(logged);
    (void)pamh;
    vsnprintf(text, sizeof text, format, arguments);
    snprintf(logged + used, sizeof logged - used, "%d %s\n", priority, text);
}

static void forget_log(void)
{
    logged[0] = '\0';
}

/* Whether exactly one line was logged, with this priority and these words in it. */
static int logged_only(int priority, const char *words)
{
    const char *feed = strchr(logged, '\n');
    return feed && feed[1] == '\0' && logged[0] == '0' + priority && strstr(logged, words) != NULL;
}

#endif
