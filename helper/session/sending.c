/* SPDX-License-Identifier: MIT
 * One write of the state before a password leaves and one after, whatever is kept in them. */
#include "session/sending.h"

#include "account/limit.h"

static void say_limit(struct sign_on *run, gint64 next)
{
    g_autoptr(GDateTime) time = g_date_time_new_from_unix_local(next);
    g_autofree char *clock = time ? g_date_time_format(time, "%H:%M:%S") : g_strdup("?");
    int most = run->config->sign_ons_per_hour;
    g_autofree char *text = g_strdup_printf(
        "%d sign-on%s in the last hour %s on record and sign_ons_per_hour allows no more; the next "
        "one is possible at %s",
        most, most == 1 ? "" : "s", most == 1 ? "is" : "are", clock);
    sign_on_say(run, text);
}

static enum status take(struct sign_on *run, const char *fingerprint)
{
    struct state *state = run->state;
    gint64 next = 0;
    enum status status = guard_verdict(state, GUARD_PASSWORD, fingerprint);
    if (status != STATUS_OK)
        return status;
    status = limit_take(state->keys, run->config->sign_ons_per_hour,
                        g_get_real_time() / G_USEC_PER_SEC, &next);
    run->limited = status != STATUS_OK;
    if (run->limited)
        say_limit(run, next);
    else
        guard_mark_sent(state, GUARD_PASSWORD, fingerprint);
    return status;
}

enum status sending_begin(struct sign_on *run, const struct password *password,
                          struct history_event *event)
{
    run->limited = false;
    history_begin(run->state, event);
    enum status status = state_begin(run->state);
    if (status != STATUS_OK)
        return status;
    enum status verdict = take(run, password->fingerprint);
    status = state_commit(run->state);
    if (status == STATUS_REFUSED_BY_POLICY)
        sign_on_say(run, STATE_CANNOT_BE_WRITTEN);
    event->sent = status == STATUS_OK && verdict == STATUS_OK;
    return status == STATUS_OK ? verdict : status;
}

enum status sending_settle(struct sign_on *run, const struct password *password,
                           enum guard_answer answer, const struct record *result,
                           struct history_event *event)
{
    if (!event->sent) /* sending_begin() forbade it */
        return STATUS_OK;
    event->sent = record_get_number(result, "sent", 1) != 0;
    if (event->sent && answer == GUARD_NO_ANSWER)
        return STATUS_OK;
    enum status status = state_begin(run->state);
    if (status != STATUS_OK)
        return status;
    guard_mark_answer(run->state, GUARD_PASSWORD, password->fingerprint, answer);
    if (!event->sent)
        limit_give_back(run->state->keys);
    return state_commit(run->state);
}
