/* SPDX-License-Identifier: MIT
 * What a form sends: its "entry list", as multipart/form-data or urlencoded
 * (HTML, "form submission"; RFC 7578). Built in our own locked memory, for it holds a password. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/random.h>

#include "page/controls.h"
#include "page/form.h"
#include "page/text.h"

enum { BOUNDARY_BYTES = 16 };

struct writer {
    const struct form *form;
    const char *login, *password;
    struct secret *out;
    const char *boundary; /* NULL: urlencoded */
    enum charset charset;
    enum status status; /* the first that is not STATUS_OK stays */
};

static void fail(struct writer *writer, enum status status)
{
    if (writer->status == STATUS_OK)
        writer->status = status;
}

static void put(struct writer *writer, const char *bytes, size_t size)
{
    if (!secret_append(writer->out, bytes, size))
        fail(writer, STATUS_INTERNAL);
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

static void put_encoded(struct writer *writer, const char *name, const char *value)
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

/* Line breaks leave as CR LF (HTML, "constructing the entry list"). */
static void put_lines(struct writer *writer, const char *text, struct secret *out)
{
    while (*text) {
        size_t size = strcspn(text, "\r\n");
        bool good = secret_append(out, text, size);
        text += size;
        if (*text)
            good = good && secret_append(out, "\r\n", 2);
        text += text[0] == '\r' && text[1] == '\n' ? 2 : *text != '\0';
        if (!good)
            fail(writer, STATUS_INTERNAL);
    }
}

/* A field, in the page's encoding. */
static void put_field(struct writer *writer, const char *name, const char *value)
{
    SECRET_AUTO struct secret text = {0}, encoded_name = {0}, encoded_value = {0};
    put_lines(writer, value, &text);
    if (writer->charset == CHARSET_OTHER &&
        !(charset_has(writer->charset, name) && charset_has(writer->charset, value)))
        fail(writer, STATUS_PAGE_NOT_RECOGNISED);
    if (!charset_encode(writer->charset, name, &encoded_name) ||
        !charset_encode(writer->charset, secret_string(&text), &encoded_value))
        fail(writer, STATUS_INTERNAL);
    put_encoded(writer, secret_string(&encoded_name), secret_string(&encoded_value));
}

/* What the person gave. Mangled it would be refused, and courts count refusals. */
static void put_given(struct writer *writer, const char *name, const char *value)
{
    if (charset_has(writer->charset, value))
        put_field(writer, name, value);
    else
        fail(writer, STATUS_BAD_INPUT);
}

static const char *or_empty(const char *text)
{
    return text ? text : "";
}

static void put_option(struct writer *writer, const char *name, const GumboNode *option)
{
    const char *value = node_attribute(option, "value");
    char *text = value ? NULL : text_of(option);
    put_field(writer, name, value ? value : or_empty(text));
    free(text);
}

static bool is_disabled_option(const GumboNode *option)
{
    const GumboNode *group = option->parent;
    return node_attribute(option, "disabled") ||
           (node_tag(group) == GUMBO_TAG_OPTGROUP && node_attribute(group, "disabled"));
}

/* A list shows its first option when none is selected, and the last of those that are. */
static void put_options(struct writer *writer, const char *name, const GumboNode *select)
{
    const GumboNode *first = NULL, *last = NULL;
    const char *size = node_attribute(select, "size");
    bool multiple = node_attribute(select, "multiple"), is_menu = !size || atoi(size) <= 1;
    for (const GumboNode *node = select; node; node = page_next(node, select)) {
        if (node_tag(node) != GUMBO_TAG_OPTION)
            continue;
        bool selected = node_attribute(node, "selected"), disabled = is_disabled_option(node);
        first = first || disabled ? first : node;
        last = selected ? node : last;
        if (multiple && selected && !disabled)
            put_option(writer, name, node);
    }
    last = last || !is_menu ? last : first;
    if (!multiple && last && !is_disabled_option(last))
        put_option(writer, name, last);
}

/* Blanks and line breaks of a text area count. */
static void put_area(struct writer *writer, const char *name, const GumboNode *area)
{
    const GumboVector *children = &area->v.element.children;
    const GumboNode *text = children->length > 0 ? children->data[0] : NULL;
    put_field(writer, name, text ? text->v.text.text : "");
}

/* A pressed image sends where it was pressed. */
static void put_image(struct writer *writer, const char *name)
{
    static const char *const axes[] = {"x", "y"};
    for (size_t i = 0; i < sizeof axes / sizeof *axes; i++) {
        char *field = NULL;
        if (asprintf(&field, "%s%s%s", name, *name ? "." : "", axes[i]) < 0) {
            fail(writer, STATUS_INTERNAL);
            return;
        }
        put_field(writer, field, "0");
        free(field);
    }
}

static bool sends_nothing(const char *type)
{
    return strcmp(type, "reset") == 0 || strcmp(type, "button") == 0 ||
           strcmp(type, "submit") == 0 || strcmp(type, "image") == 0 || strcmp(type, "file") == 0;
}

/* A control as the page filled it in. */
static void put_control(struct writer *writer, const struct control *control, bool pressed)
{
    const char *name = or_empty(node_attribute(control->node, "name"));
    const char *value = node_attribute(control->node, "value");
    const char *type = control->type;
    bool ticks = strcmp(type, "radio") == 0 || strcmp(type, "checkbox") == 0;
    if (control->disabled)
        return;
    if (pressed && strcmp(type, "image") == 0)
        put_image(writer, name);
    else if (*name == '\0')
        return;
    else if (strcmp(type, "select") == 0)
        put_options(writer, name, control->node);
    else if (strcmp(type, "textarea") == 0)
        put_area(writer, name, control->node);
    else if (ticks && node_attribute(control->node, "checked"))
        put_field(writer, name, value ? value : "on");
    else if (!ticks && (pressed || !sends_nothing(type)))
        put_field(writer, name, or_empty(value));
}

static void put_own(const struct control *control, void *data)
{
    struct writer *writer = data;
    const struct form *form = writer->form;
    const char *name = or_empty(node_attribute(control->node, "name"));
    if (control->form != form->form)
        return;
    if (control->node == form->login)
        put_given(writer, name, writer->login);
    else if (control->node == form->password)
        put_given(writer, name, writer->password);
    else
        put_control(writer, control, control->node == form->submit);
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
    return form_is_post(form) && type && strcasecmp(type, "multipart/form-data") == 0;
}

enum status form_body(const struct page *page, const struct form *form, const char *login,
                      const char *password, struct http_body *body)
{
    char boundary[64];
    struct writer writer = {.form = form,
                            .login = login,
                            .password = password,
                            .out = &body->content,
                            .charset = page->charset};
    snprintf(body->type, sizeof body->type, "application/x-www-form-urlencoded");
    if (is_multipart(form)) {
        if (!make_boundary(boundary, sizeof boundary))
            return STATUS_INTERNAL;
        writer.boundary = boundary;
        snprintf(body->type, sizeof body->type, "multipart/form-data; boundary=%s", boundary);
    }
    (void)controls_walk(page, put_own, &writer);
    if (writer.boundary) {
        put_string(&writer, "--");
        put_string(&writer, boundary);
        put_string(&writer, "--\r\n");
    }
    return writer.status;
}
