/* SPDX-License-Identifier: MIT
 * The times lie in the order in which they were taken, the oldest first. */
#include "guard/limit.h"

static void write_times(GKeyFile *keys, const GArray *times)
{
    g_autoptr(GStrvBuilder) builder = g_strv_builder_new();
    for (guint i = 0; i < times->len; i++) {
        g_autofree char *text =
            g_strdup_printf("%" G_GINT64_FORMAT, g_array_index(times, gint64, i));
        g_strv_builder_add(builder, text);
    }
    g_auto(GStrv) list = g_strv_builder_end(builder);
    g_key_file_set_string_list(keys, "limit", "at", (const char *const *)list, times->len);
}

static GArray *read_times(GKeyFile *keys)
{
    g_auto(GStrv) list = g_key_file_get_string_list(keys, "limit", "at", NULL, NULL);
    GArray *times = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (char **entry = list; entry && *entry; entry++) {
        gint64 time = g_ascii_strtoll(*entry, NULL, 10);
        g_array_append_val(times, time);
    }
    return times;
}

/* Those of the last hour, none later than now; for g_array_unref. */
static GArray *recent(const GArray *times, gint64 now)
{
    GArray *kept = g_array_new(FALSE, FALSE, sizeof(gint64));
    for (guint i = 0; i < times->len; i++) {
        gint64 time = MIN(g_array_index(times, gint64, i), now);
        if (time > now - LIMIT_SECONDS)
            g_array_append_val(kept, time);
    }
    return kept;
}

static enum status verdict(const GArray *times, int most, gint64 *next)
{
    if (times->len < (guint)most)
        return STATUS_OK;
    *next = g_array_index(times, gint64, times->len - (guint)most) + LIMIT_SECONDS;
    return STATUS_REFUSED_BY_POLICY;
}

enum status limit_verdict(GKeyFile *keys, int most, gint64 now, gint64 *next)
{
    g_autoptr(GArray) all = read_times(keys);
    g_autoptr(GArray) times = recent(all, now);
    write_times(keys, times);
    return verdict(times, most, next);
}

enum status limit_take(GKeyFile *keys, int most, gint64 now, gint64 *next)
{
    g_autoptr(GArray) all = read_times(keys);
    g_autoptr(GArray) times = recent(all, now);
    enum status status = verdict(times, most, next);
    if (status == STATUS_OK)
        g_array_append_val(times, now);
    write_times(keys, times);
    return status;
}

char *limit_sentence(int most, gint64 next)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(next);
    g_autofree char *clock = time ? g_date_time_format(time, "%H:%M:%S") : g_strdup("?");
    return g_strdup_printf(
        "%d sign-on%s in the last hour %s on record and sign_ons_per_hour allows "
        "no more; the next one is possible at %s",
        most, most == 1 ? "" : "s", most == 1 ? "is" : "are", clock);
}

void limit_give_back(GKeyFile *keys)
{
    g_autoptr(GArray) times = read_times(keys);
    if (times->len > 0)
        g_array_set_size(times, times->len - 1);
    write_times(keys, times);
}
