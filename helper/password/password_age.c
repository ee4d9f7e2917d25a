/* SPDX-License-Identifier: MIT
 * The date of a password in the account's state: set_at with the fingerprint set_of for the current
 * one, next_at and next_of for one that waits. Days are local ones, as people count them. */
#include "password/password_age.h"

#include <string.h>
#include <time.h>

#include "guard/guard.h"

enum { FIRST_YEAR = 2012 }; /* no PACER account can have an older password of its own choice */

static const char *const keys[] = {"set_at", "set_of", "next_at", "next_of"};
enum { FIRST_OF_NEXT = 2 };

GDate password_age_today(void)
{
    GDate today;
    g_date_clear(&today, 1);
    g_date_set_time_t(&today, time(NULL));
    return today;
}

static bool parse(const char *text, GDate *date)
{
    static const char form[] = "dddd-dd-dd";
    g_date_clear(date, 1);
    if (strlen(text) != strlen(form))
        return false;
    for (size_t i = 0; form[i] != '\0'; i++) {
        if (form[i] == 'd' ? !g_ascii_isdigit(text[i]) : text[i] != form[i])
            return false;
    }
    guint64 year = g_ascii_strtoull(text, NULL, 10), month = g_ascii_strtoull(text + 5, NULL, 10),
            day = g_ascii_strtoull(text + 8, NULL, 10);
    if (!g_date_valid_dmy((GDateDay)day, (GDateMonth)month, (GDateYear)year))
        return false;
    g_date_set_dmy(date, (GDateDay)day, (GDateMonth)month, (GDateYear)year);
    return true;
}

const char *password_age_date_fault(const char *text, const GDate *today)
{
    GDate date;
    if (!parse(text, &date))
        return "the day on which a password was set is written YYYY-MM-DD";
    if (g_date_compare(&date, today) > 0)
        return "the day on which the password was set is still to come";
    if (g_date_get_year(&date) < FIRST_YEAR)
        return "no PACER password was set before 2012";
    return NULL;
}

static enum password_age_verdict judge(int days_left)
{
    if (days_left <= 0)
        return PASSWORD_AGE_OVER;
    return days_left <= PASSWORD_WARNING_DAYS ? PASSWORD_AGE_SOON : PASSWORD_AGE_FINE;
}

struct password_age password_age_on(const char *set_on, const GDate *today)
{
    struct password_age age = {.verdict = PASSWORD_AGE_UNKNOWN};
    GDate date;
    if (!set_on || !parse(set_on, &date))
        return age;
    g_strlcpy(age.set_on, set_on, sizeof age.set_on);
    age.days_left = PASSWORD_DAYS - g_date_days_between(&date, today);
    age.verdict = judge(age.days_left);
    return age;
}

struct password_age password_age(struct state *state)
{
    GDate today = password_age_today();
    g_autofree char *set_on = g_key_file_get_string(state->keys, GUARD_PASSWORD, "set_at", NULL);
    return password_age_on(set_on, &today);
}

char *password_age_warning(const struct password_age *age, const char *login)
{
    g_autofree char *when = age->days_left > 0 ? g_strdup_printf("in %d day%s", age->days_left,
                                                                 age->days_left == 1 ? "" : "s")
                                               : g_strdup("now");
    if (age->verdict == PASSWORD_AGE_UNKNOWN || age->verdict == PASSWORD_AGE_FINE)
        return NULL;
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink account password --generate {account}\" proposes one",
                login, NULL);
    return g_strdup_printf(
        "the password of PACER account %s was set on %s, and PACER wants a new one after %d days, "
        "which is %s: %s",
        login, age->set_on, PASSWORD_DAYS, when, how);
}

static bool is_of(struct state *state, const char *key, const char *fingerprint)
{
    g_autofree char *of = g_key_file_get_string(state->keys, GUARD_PASSWORD, key, NULL);
    return of && strcmp(of, fingerprint) == 0;
}

void password_age_set(struct state *state, const char *fingerprint, const char *set_on)
{
    char today[PASSWORD_DATE_SIZE];
    GDate date = password_age_today();
    if (!set_on && is_of(state, "set_of", fingerprint))
        return;
    g_date_strftime(today, sizeof today, "%Y-%m-%d", &date);
    g_key_file_set_string(state->keys, GUARD_PASSWORD, "set_at", set_on ? set_on : today);
    g_key_file_set_string(state->keys, GUARD_PASSWORD, "set_of", fingerprint);
}

static void remove_keys(struct state *state, size_t first)
{
    for (size_t i = first; i < G_N_ELEMENTS(keys); i++)
        g_key_file_remove_key(state->keys, GUARD_PASSWORD, keys[i], NULL);
}

void password_age_await(struct state *state, const char *fingerprint, const char *set_on)
{
    g_key_file_set_string(state->keys, GUARD_PASSWORD, "next_at", set_on);
    g_key_file_set_string(state->keys, GUARD_PASSWORD, "next_of", fingerprint);
}

void password_age_accept(struct state *state, const char *fingerprint)
{
    bool is_next = is_of(state, "next_of", fingerprint);
    g_autofree char *told =
        is_next ? g_key_file_get_string(state->keys, GUARD_PASSWORD, "next_at", NULL) : NULL;
    password_age_set(state, fingerprint, told);
    if (is_next)
        remove_keys(state, FIRST_OF_NEXT);
}

void password_age_forget(struct state *state)
{
    remove_keys(state, 0);
}
