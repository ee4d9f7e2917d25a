/* SPDX-License-Identifier: MIT
 * An event has a line when it begins, if it does, and one when it ends; equal ids make one entry.
 * All is written under the state's lock. */
#include "history/history.h"

#include <string.h>
#include <unistd.h>

#include "history/caller.h"

static const char ending[] = ".history";

/* They go together, or each line more would write the whole file. */
enum { OLDEST_LINES = 100 };

static json_t *names_above(const char *asked_by)
{
    json_t *by = json_array();
    g_auto(GStrv) names = asked_by ? g_strsplit(asked_by, "\n", -1) : caller_names();
    for (char **name = names; *name; name++)
        json_array_append_new(by, json_string(*name));
    return by;
}

static char *line_of(const struct history_event *event, const char *status)
{
    json_t *entry =
        json_pack("{s:s, s:I, s:s, s:s*, s:o, s:s*, s:o*}", "id", event->id, "at",
                  (json_int_t)(g_get_real_time() / G_USEC_PER_SEC), "operation", event->operation,
                  "court", event->court, "by", names_above(event->asked_by), "status", status,
                  "sent", status ? json_boolean(event->sent) : NULL);
    char *dumped = entry ? json_dumps(entry, JSON_COMPACT | JSON_ENSURE_ASCII) : NULL;
    char *line = dumped ? g_strconcat(dumped, "\n", NULL) : NULL;
    free(dumped);
    json_decref(entry);
    return line;
}

/* Where the line begins that has so many after it. */
static const char *last_lines(const char *text, gsize size, int count)
{
    const char *at = text + size;
    while (at > text && count >= 0) {
        at--;
        if (*at == '\n' && count-- == 0)
            return at + 1;
    }
    return at;
}

static int count_lines(const char *text)
{
    int count = 0;
    for (; (text = strchr(text, '\n')); text++)
        count++;
    return count;
}

static void append(struct state *state, const char *line)
{
    gsize size = 0;
    g_autofree char *text = NULL;
    (void)state_read_beside(state, ending, &text, &size);
    bool torn = text && size > 0 && text[size - 1] != '\n'; /* by a power cut */
    g_autofree char *whole = g_strconcat(torn ? "\n" : "", line, NULL);
    if (!text || count_lines(text) < HISTORY_LINES) {
        state_append_beside(state, ending, whole, strlen(whole));
        return;
    }
    g_autofree char *shorter =
        g_strconcat(last_lines(text, size, HISTORY_LINES - OLDEST_LINES), whole, NULL);
    state_replace_beside(state, ending, shorter, strlen(shorter));
}

static void write_line(struct state *state, const struct history_event *event, const char *status)
{
    g_autofree char *line = line_of(event, status);
    if (!line || state_begin(state) != STATUS_OK)
        return;
    append(state, line);
    state_abandon(state);
}

static void make_id(struct history_event *event)
{
    g_snprintf(event->id, sizeof event->id, "%d-%" G_GINT64_FORMAT, (int)getpid(),
               g_get_real_time());
}

void history_begin(struct state *state, struct history_event *event)
{
    make_id(event);
    write_line(state, event, NULL);
}

void history_end(struct state *state, struct history_event *event, enum status status)
{
    if (event->id[0] == '\0')
        make_id(event);
    write_line(state, event, status_name(status));
    event->id[0] = '\0';
    event->sent = false;
}

void history_add(struct state *state, const char *operation, enum status status)
{
    struct history_event event = {.operation = operation, .sent = true};
    history_end(state, &event, status);
}

/* --- reading --- */

static bool is_entry(const json_t *line)
{
    return json_is_string(json_object_get(line, "id")) &&
           json_is_integer(json_object_get(line, "at")) &&
           json_is_string(json_object_get(line, "operation"));
}

/* An end joins its beginning, which knows best who asked and when. */
static void take_line(json_t *entries, json_t *by_id, json_t *line)
{
    const char *id = json_string_value(json_object_get(line, "id"));
    json_t *begun = json_object_get(by_id, id);
    if (begun) {
        json_object_update_missing(begun, line);
    } else {
        json_object_set(by_id, id, line);
        json_array_append(entries, line);
    }
}

json_t *history_read(struct state *state)
{
    gsize size = 0;
    g_autofree char *text = NULL;
    if (state_read_beside(state, ending, &text, &size) != STATUS_OK)
        return NULL;
    g_auto(GStrv) lines = g_strsplit(text ? text : "", "\n", -1);
    json_t *entries = json_array(), *by_id = json_object();
    for (char **row = lines; *row; row++) {
        json_t *line = json_loads(*row, 0, NULL);
        if (is_entry(line))
            take_line(entries, by_id, line);
        json_decref(line);
    }
    json_decref(by_id);
    return entries;
}
