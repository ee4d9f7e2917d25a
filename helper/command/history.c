/* SPDX-License-Identifier: MIT
 * csolink history: what was done in the accounts' names, from the state folder alone. */
#include <jansson.h>
#include <string.h>

#include "command/command.h"
#include "deadline.h"
#include "history/history.h"
#include "prompt/terminal.h"

enum { READ_SECONDS = 10 };

static const char *text_of(const json_t *entry, const char *key)
{
    const char *text = json_string_value(json_object_get(entry, key));
    return text ? text : "";
}

static char *local_time(const json_t *entry)
{
    g_autoptr(GDateTime) time =
        g_date_time_new_from_unix_local(json_integer_value(json_object_get(entry, "at")));
    return time ? g_date_time_format_iso8601(time) : g_strdup("");
}

/* As JSON shows it; the file's own fields that nobody else needs are left out. */
static json_t *row_of(const char *account, const json_t *entry)
{
    g_autofree char *at = local_time(entry);
    const char *status = json_string_value(json_object_get(entry, "status"));
    return json_pack("{s:s, s:s, s:s, s:O?, s:O?, s:s?, s:O?}", "account", account, "at", at,
                     "operation", text_of(entry, "operation"), "court",
                     json_object_get(entry, "court"), "by", json_object_get(entry, "by"), "status",
                     status, "sent", json_object_get(entry, "sent"));
}

/* The program that asked, and behind it those that it ran for. */
static char *programs(const json_t *row)
{
    GString *text = g_string_new(NULL);
    size_t index;
    json_t *name;
    json_array_foreach(json_object_get(row, "by"), index, name)
    {
        if (json_is_string(name))
            g_string_append_printf(text, "%s%s", text->len > 0 ? " < " : "",
                                   json_string_value(name));
    }
    return g_string_free(text, FALSE);
}

static char *ending(const json_t *row)
{
    const char *status = text_of(row, "status");
    if (*status == '\0')
        return g_strdup("its end is not known");
    return g_strconcat(status, json_is_false(json_object_get(row, "sent")) ? ", nothing sent" : "",
                       NULL);
}

static void print_row(const json_t *row)
{
    const char *court = text_of(row, "court");
    g_autofree char *what =
        g_strconcat(text_of(row, "operation"), *court ? " at " : "", court, NULL);
    g_autofree char *how = ending(row), *who = programs(row);
    g_autofree char *line = g_strdup_printf("%s  %-12s  %-14s  %s  (%s)", text_of(row, "at"),
                                            text_of(row, "account"), what, how, *who ? who : "?");
    g_strdelimit(line, "\n", '?');
    g_autofree char *safe = terminal_escape(line);
    g_print("%s\n", safe);
}

/* A row and when it was, in seconds. */
struct told {
    gint64 at;
    json_t *row;
};

static enum status add_account(GArray *all, const char *environment, const char *account)
{
    STATE_AUTO struct state *state = NULL;
    enum status status = state_peek(&state, environment, account);
    json_t *entries = status == STATUS_OK ? history_read(state) : NULL, *entry;
    size_t index;
    if (!entries)
        return STATUS_INTERNAL;
    json_array_foreach(entries, index, entry)
    {
        struct told told = {json_integer_value(json_object_get(entry, "at")),
                            row_of(account, entry)};
        g_array_append_val(all, told);
    }
    json_decref(entries);
    return STATUS_OK;
}

static int by_time(const void *a, const void *b)
{
    const struct told *one = a, *other = b;
    return (one->at > other->at) - (one->at < other->at);
}

/* The rows of all accounts in the order of time; of one second and account as they were written. */
static json_t *in_order(GArray *all)
{
    json_t *rows = json_array();
    g_array_sort(all, by_time);
    for (guint i = 0; i < all->len; i++)
        json_array_append_new(rows, g_array_index(all, struct told, i).row);
    return rows;
}

static void print_rows(const json_t *rows, bool as_json)
{
    size_t index;
    json_t *row;
    if (as_json) {
        char *dumped = json_dumps(rows, JSON_INDENT(2) | JSON_ENSURE_ASCII);
        g_print("%s\n", dumped ? dumped : "[]");
        free(dumped);
        return;
    }
    json_array_foreach(rows, index, row)
    {
        print_row(row);
    }
}

int command_history(struct invocation *invocation)
{
    const char *environment = invocation_environment(invocation),
               *asked = invocation->options.account;
    deadline_arm(READ_SECONDS, STATUS_TIMED_OUT, asked, NULL, NULL);
    g_auto(GStrv) accounts = NULL;
    if (state_accounts(environment, &accounts) != STATUS_OK)
        return report(STATUS_INTERNAL, asked, NULL, STATE_CANNOT_BE_READ);
    if (asked && !g_strv_contains((const char *const *)accounts, asked))
        return report(STATUS_ABSENT, asked, NULL, "nothing was done in its name");
    g_autoptr(GArray) all = g_array_new(FALSE, FALSE, sizeof(struct told));
    int code = 0;
    for (char **account = accounts; *account; account++) {
        if ((!asked || strcmp(*account, asked) == 0) &&
            add_account(all, environment, *account) != STATUS_OK)
            code = report(STATUS_INTERNAL, *account, NULL, STATE_CANNOT_BE_READ);
    }
    json_t *rows = in_order(all);
    print_rows(rows, invocation->options.json);
    json_decref(rows);
    return code;
}
