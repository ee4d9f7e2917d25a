/* SPDX-License-Identifier: MIT
 * csolink courts: the court directory with the links of an account, from files alone: no keyring,
 * no network. */
#include <jansson.h>
#include <string.h>

#include "command/select.h"
#include "court/court_link.h"
#include "court/link_state.h"
#include "court/manual_court.h"
#include "prompt/terminal.h"

/* Part of a text, or where the pattern has * or ? all of it. */
static bool matches(const char *pattern, const char *text)
{
    g_autofree char *low = g_ascii_strdown(text, -1);
    bool is_glob = strpbrk(pattern, "*?") != NULL;
    return is_glob ? g_pattern_match_simple(pattern, low) : strstr(low, pattern) != NULL;
}

/* pattern is in lower case. */
static bool is_wanted(const char *pattern, const struct court *court)
{
    return matches(pattern, court->id) || matches(pattern, court->name) ||
           matches(pattern, court->host) || matches(pattern, court->code);
}

static bool has_courts(const char *environment, const char *account)
{
    STATE_AUTO struct state *state = NULL;
    if (state_peek(&state, environment, account) != STATUS_OK)
        return true; /* perhaps; who is chosen is read again, and this is told */
    g_autoptr(GPtrArray) courts = link_courts(state);
    return courts->len > 0;
}

/* The only account with a court on record; NULL where there is none, or several: then *several, for
 * g_free, has their names. */
static char *only_account(const char *environment, char **several, enum status *status)
{
    g_auto(GStrv) names = NULL;
    g_autoptr(GPtrArray) found = g_ptr_array_new();
    *status = state_accounts(environment, &names);
    for (char **name = names; *name; name++) {
        if (has_courts(environment, *name))
            g_ptr_array_add(found, *name);
    }
    if (found->len == 1)
        return g_strdup(found->pdata[0]);
    g_ptr_array_add(found, NULL);
    *several = found->len > 1 ? g_strjoinv(", ", (char **)found->pdata) : NULL;
    return NULL;
}

/* Whom the options or the settings name, else the only one with a court on record. */
static char *choose_account(const struct invocation *invocation, char **several,
                            enum status *status)
{
    const char *const chosen[] = {invocation->options.account, g_getenv("CSOLINK_ACCOUNT"),
                                  invocation->config.account};
    for (size_t i = 0; i < G_N_ELEMENTS(chosen); i++) {
        if (chosen[i] && *chosen[i] != '\0')
            return g_strdup(chosen[i]);
    }
    return only_account(invocation_environment(invocation), several, status);
}

/* What the state column says: the link, else what stands in its way. */
static const char *word_of(struct state *state, const struct court *court)
{
    enum link_standing standing = state ? link_standing(state, court->id) : LINK_UNKNOWN;
    if (standing == LINK_LINKED)
        return link_standing_names[standing];
    if (court_link_date(court))
        return "not yet";
    return manual_court_is(court) ? "by hand" : link_standing_names[standing];
}

static void add_text(json_t *row, const char *key, const char *text)
{
    json_object_set_new(row, key, text && *text != '\0' ? json_string(text) : json_null());
}

static json_t *row_of(struct state *state, const struct court *court)
{
    json_t *row = json_object();
    g_autofree char *contact = court_contact_page(court);
    enum link_standing standing = state ? link_standing(state, court->id) : LINK_UNKNOWN;
    add_text(row, "court", court->id);
    add_text(row, "name", court->name);
    add_text(row, "type", court->type);
    add_text(row, "host", court->host);
    add_text(row, "pacer_code", court->code);
    add_text(row, "nextgen_since", court->nextgen_since);
    add_text(row, "account", state ? state->account : NULL);
    add_text(row, "state", link_standing_names[standing]);
    json_object_set_new(row, "by_hand", json_boolean(manual_court_is(court)));
    add_text(row, "contact", contact);
    return row;
}

#define COLUMNS "%-7s %-10s %-10s %-10s %-25s %s\n"

static void print_table(struct state *state, const GPtrArray *courts)
{
    if (state)
        terminal_print("account %s:\n", state->account);
    terminal_print(COLUMNS, "COURT", "STATE", "TYPE", "NEXTGEN", "HOST", "NAME");
    for (guint i = 0; i < courts->len; i++) {
        const struct court *court = g_ptr_array_index(courts, i);
        const char *word = word_of(state, court);
        terminal_print(COLUMNS, court->id, *word ? word : "-", court->type,
                       *court->nextgen_since ? court->nextgen_since : "-", court->host,
                       court->name);
    }
    if (courts->len != 1)
        return;
    const struct court *court = g_ptr_array_index(courts, 0);
    g_autofree char *contact = court_contact_page(court);
    terminal_print("PACER's code: %s\ncontact page: %s\n", court->code, contact);
}

static void print_json(struct state *state, const GPtrArray *courts)
{
    json_t *rows = json_array();
    for (guint i = 0; i < courts->len; i++)
        json_array_append_new(rows, row_of(state, g_ptr_array_index(courts, i)));
    char *dumped = json_dumps(rows, JSON_INDENT(2));
    g_print("%s\n", dumped ? dumped : "[]");
    free(dumped);
    json_decref(rows);
}

static GPtrArray *find(const struct directory *directory, const char *pattern)
{
    g_autofree char *low = g_ascii_strdown(pattern, -1);
    GPtrArray *courts = g_ptr_array_new();
    const struct court *court;
    for (guint i = 0; (court = directory_at(directory, i)) != NULL; i++) {
        if (is_wanted(low, court))
            g_ptr_array_add(courts, (gpointer)court);
    }
    return courts;
}

static enum status open_state(const struct invocation *invocation, struct state **state)
{
    enum status status = STATUS_OK;
    g_autofree char *several = NULL, *account = choose_account(invocation, &several, &status);
    if (account)
        status = state_peek(state, invocation_environment(invocation), account);
    if (status != STATUS_OK)
        report(status, account, NULL, STATE_CANNOT_BE_READ);
    if (several) {
        g_autofree char *safe = terminal_escape(several);
        g_printerr("csolink: there are several accounts, so no link is shown; name one with "
                   "--account: %s\n",
                   safe);
    }
    return status;
}

int command_courts(struct invocation *invocation)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    STATE_AUTO struct state *state = NULL;
    const char *pattern = invocation->count > 0 ? invocation->arguments[0] : "";
    enum status status = select_directory(&directory);
    if (status != STATUS_OK)
        return status_exit_code(status);
    g_autoptr(GPtrArray) courts = find(directory, pattern);
    status = open_state(invocation, &state);
    if (invocation->options.json)
        print_json(state, courts);
    else if (courts->len > 0)
        print_table(state, courts);
    if (courts->len > 0)
        return status_exit_code(status);
    g_autofree char *safe = terminal_escape(pattern);
    g_printerr("csolink: no court's id, name, host or PACER code matches %s\n", safe);
    return status_exit_code(STATUS_ABSENT);
}
