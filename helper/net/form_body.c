/* SPDX-License-Identifier: MIT
 * What a form sends: its "entry list", as multipart/form-data or urlencoded
 * (HTML, "form submission"; RFC 7578). Built in our own locked memory, for it holds a password. */
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "form.h"
#include "text.h"

enum { BOUNDARY_BYTES = 16 };

struct writer {
    struct secret *out;
    const char *boundary; /* NULL: urlencoded */
    bool ok;
};

static void put(struct writer *writer, const char *bytes, size_t size)
{
    writer->ok = writer->ok && secret_append(writer->out, bytes, size);
}

static void put_string(struct writer *writer, const char *text)
{
    put(writer, text, strlen(text));
}

static void put_percent(struct writer *writer, char byte)
{
    static const char hex[] = "0123456789ABCDEF";
    unsigned char value = (unsigned char)byte;
    put(writer, (char[]){'%', hex[value >> 4], hex[value & 15]}, 3);
}

static void put_urlencoded(struct writer *writer, const char *text)
{
    static const char plain[] =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789*-._";
    for (; *text; text++) {
        if (strchr(plain, *text))
            put(writer, text, 1);
        else if (*text == ' ')
            put(writer, "+", 1);
        else
            put_percent(writer, *text);
    }
}

static void put_quoted(struct writer *writer, const char *name)
{
    for (; *name; name++) {
        if (strchr("\"\r\n", *name))
            put_percent(writer, *name);
        else
            put(writer, name, 1);
    }
}

static void put_field(struct writer *writer, const char *name, const char *value)
{
    if (!writer->boundary) {
        put_string(writer, writer->out->size > 0 ? "&" : "");
        put_urlencoded(writer, name);
        put_string(writer, "=");
        put_urlencoded(writer, value);
        return;
    }
    put_string(writer, "--");
    put_string(writer, writer->boundary);
    put_string(writer, "\r\nContent-Disposition: form-data; name=\"");
    put_quoted(writer, name);
    put_string(writer, "\"\r\n\r\n");
    put_string(writer, value);
    put_string(writer, "\r\n");
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void put_options(struct writer *writer, const char *name, const GumboNode *select)
{
    const GumboNode *first = NULL;
    bool chosen = false, multiple = node_attribute(select, "multiple") != NULL;
    for (const GumboNode *node = select; node; node = page_next(node, select)) {
        if (node_tag(node) != GUMBO_TAG_OPTION)
            continue;
        first = first ? first : node;
        if (node_attribute(node, "selected") && (multiple || !chosen)) {
            put_field(writer, name, or_empty(node_attribute(node, "value")));
            chosen = true;
        }
    }
    if (!chosen && first && !multiple)
        put_field(writer, name, or_empty(node_attribute(first, "value")));
}

/* A pressed image sends where it was pressed. */
static void put_image(struct writer *writer, const char *name)
{
    char field[256];
    const char *dot = *name ? "." : "";
    snprintf(field, sizeof field, "%s%sx", name, dot);
    put_field(writer, field, "0");
    snprintf(field, sizeof field, "%s%sy", name, dot);
    put_field(writer, field, "0");
}

static bool sends_nothing(const char *type)
{
    return strcmp(type, "reset") == 0 || strcmp(type, "button") == 0 ||
           strcmp(type, "submit") == 0 || strcmp(type, "image") == 0 || strcmp(type, "file") == 0;
}

/* A control as the page filled it in. */
static void put_control(struct writer *writer, const GumboNode *control, bool pressed)
{
    const char *name = or_empty(node_attribute(control, "name"));
    const char *value = node_attribute(control, "value");
    const char *type = control_type(control);
    bool ticks = strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0;
    if (pressed && strcmp(type, "image") == 0)
        put_image(writer, name);
    else if (*name == '\0' || node_attribute(control, "disabled"))
        return;
    else if (strcmp(type, "select") == 0)
        put_options(writer, name, control);
    else if (ticks && node_attribute(control, "checked"))
        put_field(writer, name, value ? value : "on");
    else if (!ticks && (pressed || !sends_nothing(type)))
        put_field(writer, name, or_empty(value));
}

static bool make_boundary(char *out, size_t size)
{
    unsigned char random[BOUNDARY_BYTES];
    if (getrandom(random, sizeof random, 0) != sizeof random)
        return false;
    int used = snprintf(out, size, "----csolink");
    for (size_t i = 0; i < sizeof random; i++)
        used += snprintf(out + used, size - (size_t)used, "%02x", random[i]);
    return true;
}

static bool is_multipart(const struct form *form)
{
    const char *type = node_attribute(form->submit, "formenctype");
    if (!type)
        type = node_attribute(form->form, "enctype");
    return type && strcasecmp(type, "multipart/form-data") == 0;
}

enum status form_body(const struct page *page, const struct form *form, const char *login,
                      const char *password, struct http_body *body)
{
    char boundary[64];
    struct writer writer = {.out = &body->content, .ok = true};
    const GumboNode *root = page_main(page), *control = NULL;
    snprintf(body->type, sizeof body->type, "application/x-www-form-urlencoded");
    if (is_multipart(form)) {
        if (!make_boundary(boundary, sizeof boundary))
            return STATUS_INTERNAL;
        writer.boundary = boundary;
        snprintf(body->type, sizeof body->type, "multipart/form-data; boundary=%s", boundary);
    }
    while ((control = form_next_control(root, form->form, control))) {
        const char *name = or_empty(node_attribute(control, "name"));
        if (control == form->login)
            put_field(&writer, name, login);
        else if (control == form->password)
            put_field(&writer, name, password);
        else
            put_control(&writer, control, control == form->submit);
    }
    if (writer.boundary) {
        put_string(&writer, "--");
        put_string(&writer, boundary);
        put_string(&writer, "--\r\n");
    }
    return writer.ok ? STATUS_OK : STATUS_INTERNAL;
}
