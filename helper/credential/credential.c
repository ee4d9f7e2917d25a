/* SPDX-License-Identifier: MIT
 * What a request must look like before anything is looked up for it.
 * An absent key once meant "any" and got a stranger's password (CVE-2020-11008). */
#include "credential/credential.h"

#include <string.h>

static const struct {
    const char *key;
    const char *missing;  /* NULL: it may be missing */
    const char *control;  /* NULL: control bytes are allowed */
    const char *not_utf8; /* attributes of items can hold nothing else */
} rules[] = {
    {"protocol", "there is no protocol", "protocol holds a control byte", "protocol is not UTF-8"},
    {"host", "there is no host", "host holds a control byte", "host is not UTF-8"},
    {"username", NULL, "username holds a control byte", "username is not UTF-8"},
    {"path", NULL, NULL, "path is not UTF-8"},
};

static bool has_control_byte(const char *text)
{
    for (; *text; text++) {
        if (g_ascii_iscntrl(*text))
            return true;
    }
    return false;
}

static enum status refuse(const char **why, const char *reason)
{
    *why = reason;
    return STATUS_BAD_INPUT;
}

enum status credential_check(const struct record *request, const char **why)
{
    for (size_t i = 0; i < G_N_ELEMENTS(rules); i++) {
        const char *value = record_get(request, rules[i].key);
        if (!value && rules[i].missing)
            return refuse(why, rules[i].missing);
        if (value && rules[i].control && has_control_byte(value))
            return refuse(why, rules[i].control);
        if (value && !g_utf8_validate(value, -1, NULL))
            return refuse(why, rules[i].not_utf8);
    }
    g_autofree char *host = NULL;
    unsigned port;
    const char *text = record_get(request, "host");
    /* git asks for the password of a client certificate with an empty host. */
    if (*text != '\0' && !credential_split_host(text, &host, &port))
        return refuse(why, "host is not a name or address with a port from 1 to 65,535");
    return STATUS_OK;
}

/* What follows the host: nothing, or a colon and a port. */
static bool parse_port(const char *text, unsigned *port)
{
    *port = 0;
    if (*text == '\0')
        return true;
    size_t digits = strspn(text + 1, "0123456789");
    if (*text != ':' || digits == 0 || digits > 5 || text[1 + digits] != '\0')
        return false;
    *port = (unsigned)g_ascii_strtoull(text + 1, NULL, 10);
    return *port >= 1 && *port <= 65535;
}

bool credential_split_host(const char *text, char **host, unsigned *port)
{
    size_t size = strcspn(text, ":");
    if (*text == '[') { /* an IPv6 address: its port is what follows "]:" */
        const char *end = strchr(text, ']');
        if (!end || end == text + 1)
            return false;
        size = (size_t)(end - text) + 1;
    }
    if (size == 0 || !parse_port(text + size, port))
        return false;
    *host = g_ascii_strdown(text, (gssize)size);
    return true;
}
