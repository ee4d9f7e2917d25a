/* SPDX-License-Identifier: MIT
 * One write of the state before a password leaves and one after, whatever is kept in them. */
#include "session/sending.h"

#include "guard/limit.h"

static void say_limit(struct sign_on *run)
{
    g_autofree char *sentence = limit_sentence(run->config->sign_ons_per_hour, run->limited_until);
    sign_on_say(run, sentence);
}

static enum status take(struct sign_on *run, const char *fingerprint)
{
    struct state *state = run->state;
    int most = run->config->sign_ons_per_hour;
    enum status status = guard_verdict(state, GUARD_PASSWORD, fingerprint);
    if (status != STATUS_OK)
        return status;
    status = limit_take(state->keys, most, g_get_real_time() / G_USEC_PER_SEC, &run->limited_until);
    if (status == STATUS_OK)
        guard_mark_sent(state, GUARD_PASSWORD, fingerprint);
    else
        say_limit(run);
    return status;
}

static enum status look_at_limit(struct sign_on *run)
{
    return limit_verdict(run->state->keys, run->config->sign_ons_per_hour,
                         g_get_real_time() / G_USEC_PER_SEC, &run->limited_until);
}

enum status sending_possible(struct sign_on *run)
{
    if (look_at_limit(run) == STATUS_OK)
        return STATUS_OK;
    /* A refusal is written: where the clock was set back, the hour begins with the first one. */
    enum status status = state_begin(run->state);
    if (status != STATUS_OK)
        return status;
    enum status verdict = look_at_limit(run);
    status = state_commit(run->state);
    if (status == STATUS_REFUSED_BY_POLICY)
        sign_on_say(run, STATE_CANNOT_BE_WRITTEN);
    else if (verdict != STATUS_OK)
        say_limit(run);
    return status == STATUS_OK ? verdict : status;
}

enum status sending_begin(struct sign_on *run, const struct password *password,
                          struct history_event *event)
{
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
