/* SPDX-License-Identifier: MIT
 * What is known of an account at its courts, and what she does about it. */
#include "command/court_rows.h"

#include <string.h>

#include "court/court_link.h"
#include "court/filing_advice.h"
#include "court/link_state.h"
#include "court/manual_court.h"
#include "court/page_copy.h"
#include "guard/guard.h"
#include "password/password.h"
#include "prompt/terminal.h"

enum { WIDTH = 80, INDENT = 10 };

static void add_text(json_t *object, const char *key, const char *text)
{
    json_object_set_new(object, key, text ? json_string(text) : json_null());
}

static void add_time(json_t *object, const char *key, gint64 seconds)
{
    g_autoptr(GDateTime) time = seconds > 0 ? g_date_time_new_from_unix_local(seconds) : NULL;
    g_autofree char *text = time ? g_date_time_format_iso8601(time) : NULL;
    add_text(object, key, text);
}

/* What to do after this outcome; for g_free. */
static char *next_after(const struct outcome *last, struct state *state, const char *court)
{
    const char *account = state->account;
    static const char link_now[] = "run \"csolink link{as} {court}\" in a terminal";
    const char *advice = NULL;
    char text[STATUS_MESSAGE_MAX];
    if (last->about_filing && last->status != STATUS_REJECTED)
        return spent_filing_sentence(account, court, NULL);
    switch (last->status) {
    case STATUS_REJECTED:
        advice = last->about_filing ? "store the right filing password with \"csolink filing add "
                                      "--account={account} {court} FILING_LOGIN\""
                                    : "store the right password with \"csolink account password "
                                      "{account}\"";
        break;
    case STATUS_OFFLINE:
    case STATUS_TIMED_OUT:
    case STATUS_COURT_ERROR:
        advice = "a later use tries again, or \"csolink link{as} {court}\" now";
        break;
    case STATUS_NEEDS_CODE: /* signing on would not link it */
        advice = link_now;
        break;
    case STATUS_REFUSED_BY_POLICY:
        advice = guard_has_unanswered(state, GUARD_PASSWORD) ? PASSWORD_SPENT : LINK_REFUSED_ADVICE;
        break;
    default:
        break;
    }
    if (!advice && status_next(text, sizeof text, last->status, account, court) == 0)
        advice = link_now;
    if (advice)
        status_fill(text, sizeof text, advice, account, court);
    return g_strdup(text);
}

/* The page that was not recognised is what support asks for. */
static char *with_page_copy(char *next, const struct state *state, const char *court)
{
    g_autofree char *copy = page_copy_of(state, court);
    if (!copy)
        return next;
    char *whole = g_strdup_printf("%s; a copy of the page is in %s", next, copy);
    g_free(next);
    return whole;
}

/* "" if nothing. */
static char *next_of(struct state *state, const char *id, const struct court *court)
{
    struct outcome last = link_outcome(state, id);
    g_autofree char *why = NULL;
    enum status obstacle = court ? court_link_obstacle(court, &why) : STATUS_OK;
    if (link_is_linked(state, id))
        return g_strdup("");
    if (obstacle == STATUS_NOT_NEXTGEN)
        return g_strconcat("wait: ", why, NULL);
    bool by_hand = !last.known && court && manual_court_is(court);
    if (obstacle == STATUS_MANUAL_COURT || by_hand)
        last = (struct outcome){.known = true, .status = STATUS_MANUAL_COURT};
    if (!last.known)
        return g_strdup("the next use tries to link it");
    char *next = next_after(&last, state, id);
    return last.status == STATUS_PAGE_NOT_RECOGNISED ? with_page_copy(next, state, id) : next;
}

static json_t *row_of(struct state *state, const char *id, const struct directory *directory)
{
    json_t *row = json_object();
    struct outcome last = link_outcome(state, id);
    const struct court *court = directory ? directory_by_id(directory, id) : NULL;
    g_autofree char *next = next_of(state, id, court);
    add_text(row, "account", state->account);
    add_text(row, "court", id);
    add_text(row, "state", link_standing_names[link_standing(state, id)]);
    add_time(row, "since", link_standing_since(state, id));
    json_object_set_new(row, "linked", json_boolean(link_is_linked(state, id)));
    add_text(row, "last_status", last.known ? status_name(last.status) : NULL);
    add_time(row, "last_at", last.known ? last.at : 0);
    add_text(row, "next", next);
    return row;
}

json_t *court_rows(struct state *state, const struct directory *directory)
{
    json_t *rows = json_array();
    g_autoptr(GPtrArray) ids = link_courts(state);
    for (guint i = 0; i < ids->len; i++)
        json_array_append_new(rows, row_of(state, g_ptr_array_index(ids, i), directory));
    return rows;
}

/* --- for people --- */

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text && *text != '\0' ? text : "-";
}

/* The day and minute of an ISO date, on this machine's clock. */
static char *minute_of(const json_t *row, const char *key, int size)
{
    char *text = g_strndup(text_of(row, key), (gsize)size);
    return g_strdelimit(text, "T", ' ');
}

static void print_line(const char *court, const char *state, const char *since, const char *last,
                       const char *at)
{
    g_autofree char *line =
        g_strdup_printf("  %-7s %-10s  %-10s  %-21s %s", court, state, since, last, at);
    g_autofree char *safe = terminal_escape(g_strchomp(line));
    g_print("%s\n", safe);
}

/* The size of what stands in one line: a word, or a command in double quotes, to be pasted. */
static size_t unit_size(const char *text)
{
    size_t size = 0;
    for (bool quoted = false; text[size] && (quoted || text[size] != ' '); size++)
        quoted ^= text[size] == '"';
    return size;
}

/* Words at INDENT, in as many lines as they take. */
static void print_wrapped(const char *text)
{
    g_autofree char *safe = g_strdelimit(terminal_escape(text), "\n", ' ');
    g_autoptr(GString) line = g_string_new(NULL);
    for (const char *at = safe + strspn(safe, " "); *at;) {
        size_t size = unit_size(at);
        if (line->len > 0 && INDENT + line->len + 1 + size > WIDTH) {
            g_print("%*s%s\n", INDENT, "", line->str);
            g_string_truncate(line, 0);
        }
        if (line->len > 0)
            g_string_append_c(line, ' ');
        g_string_append_len(line, at, (gssize)size);
        at += size;
        at += strspn(at, " ");
    }
    g_print("%*s%s\n", INDENT, "", line->str);
}

void court_rows_print(const json_t *rows)
{
    size_t index;
    json_t *row;
    if (json_array_size(rows) > 0)
        print_line("COURT", "STATE", "SINCE", "LAST RESULT", "AT");
    json_array_foreach(rows, index, row)
    {
        g_autofree char *since = minute_of(row, "since", 10), *at = minute_of(row, "last_at", 16);
        print_line(text_of(row, "court"), text_of(row, "state"), since, text_of(row, "last_status"),
                   at);
        const char *next = json_string_value(json_object_get(row, "next"));
        if (next && *next != '\0')
            print_wrapped(next);
    }
}
