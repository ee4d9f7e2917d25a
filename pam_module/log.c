/* SPDX-License-Identifier: MIT
 * The module's only way to say something: the system log.
 * Quiet on a normal login; a module that writes an error each time is reported as a fault. */
#include <security/pam_ext.h>
#include <stdarg.h>
#include <syslog.h>

#include "internal.h"

void call_log(const struct call *call, int priority, const char *format, ...)
{
    va_list arguments;
    if (priority != LOG_DEBUG || call->options.debug) {
        va_start(arguments, format);
        pam_vsyslog(call->pamh, priority, format, arguments);
        va_end(arguments);
    }
}
