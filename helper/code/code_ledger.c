/* SPDX-License-Identifier: MIT
 * State group "code": used is a list of START+PERIOD, before the second under which nothing is
 * given any more. */
#include "code/code_ledger.h"

#include <stdlib.h>

#include "code/code.h"

enum { KEPT = 32 };

static const char group[] = "code";

/* Far behind any clock: what a damaged file says must not overflow. */
static const gint64 last_second = (gint64)1 << 40;

struct step {
    gint64 start, end;
};

static gint compare_ends(gconstpointer a, gconstpointer b)
{
    const struct step *one = a, *other = b;
    return (one->end > other->end) - (one->end < other->end);
}

/* Earliest end first. */
static GArray *read_used(GKeyFile *keys)
{
    GArray *used = g_array_new(FALSE, FALSE, sizeof(struct step));
    g_auto(GStrv) list = g_key_file_get_string_list(keys, group, "used", NULL, NULL);
    for (char **entry = list; entry && *entry; entry++) {
        char *rest = NULL;
        struct step step = {.start = strtoll(*entry, &rest, 10)};
        gint64 period = strtoll(rest, NULL, 10);
        if (step.start < 0 || step.start > last_second || period < 1 || period > CODE_PERIOD_MAX)
            continue;
        step.end = step.start + period;
        g_array_append_val(used, step);
    }
    g_array_sort(used, compare_ends);
    return used;
}

static void write_used(GKeyFile *keys, const GArray *used)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    guint forgotten = used->len > KEPT ? used->len - KEPT : 0;
    for (guint i = forgotten; i < used->len; i++) {
        const struct step *step = &g_array_index(used, struct step, i);
        g_autofree char *entry = g_strdup_printf("%" G_GINT64_FORMAT "+%" G_GINT64_FORMAT,
                                                 step->start, step->end - step->start);
        g_strv_builder_add(builder, entry);
    }
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, group, "used", (const char *const *)list, g_strv_length(list));
    if (forgotten > 0)
        g_key_file_set_int64(keys, group, "before",
                             g_array_index(used, struct step, forgotten - 1).end);
}

/* The first step that begins at or after a second. */
static gint64 step_from(gint64 second, int period)
{
    return (second + period - 1) / period * period;
}

/* By earliest end: what lies behind one of them cannot meet those before it. */
static gint64 first_free(const GArray *used, gint64 before, gint64 now, int period)
{
    gint64 start = now / period * period;
    if (start < before)
        start = step_from(before, period);
    for (guint i = 0; i < used->len; i++) {
        const struct step *step = &g_array_index(used, struct step, i);
        if (start < step->end && step->start < start + period)
            start = step_from(step->end, period);
    }
    return start;
}

enum status code_claim(struct state *state, gint64 now, int period, int most_wait, gint64 *start)
{
    enum status status = state_begin(state);
    if (status != STATUS_OK)
        return status;
    g_autoptr(GArray) used = read_used(state->keys);
    gint64 before = g_key_file_get_int64(state->keys, group, "before", NULL);
    *start = first_free(used, CLAMP(before, 0, last_second), now, period);
    bool too_far = *start - now > most_wait;
    if (!too_far) {
        struct step step = {*start, *start + period};
        g_array_append_val(used, step);
        g_array_sort(used, compare_ends);
        write_used(state->keys, used);
    }
    status = state_commit(state);
    return status == STATUS_OK && too_far ? STATUS_BUSY : status;
}
