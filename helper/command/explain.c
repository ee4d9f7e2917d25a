/* SPDX-License-Identifier: MIT
 * csolink explain: what get would do for a request, and why. Collected as JSON, printed as that or
 * as lines. Reads no password, asks nobody, changes nothing, uses no network. */
#include <jansson.h>
#include <string.h>

#include "account/choose.h"
#include "command/request.h"
#include "command/select.h"
#include "court/filing.h"
#include "court/filing_advice.h"
#include "court/first_use.h"
#include "court/link_state.h"
#include "guard/guard.h"
#include "prompt/terminal.h"

#define PRINTS_CREDENTIAL "username and password"
#define PRINTS_QUIT       "quit=1"
#define PRINTS_NOTHING    "nothing"

static void add_text(json_t *all, const char *key, const char *text)
{
    json_object_set_new(all, key, text ? json_string(text) : json_null());
}

/* The last word: what get prints, with which status, and why. */
static void conclude(json_t *all, const char *prints, enum status status, const char *why)
{
    add_text(all, "prints", prints);
    add_text(all, "status", status_name(status));
    add_text(all, "why", why);
}

static void add_request(json_t *all, const struct request *request)
{
    const struct record *record = &request->record;
    add_text(all, "protocol", record_get(record, "protocol"));
    add_text(all, "host", record_get(record, "host"));
    add_text(all, "username", record_get(record, "username"));
    add_text(all, "leads_to",
             request->court     ? "court"
             : request->sign_on ? "PACER's sign-on service"
                                : "no court");
    add_text(all, "court", request->court ? request->court->id : NULL);
    add_text(all, "court_name", request->court ? request->court->name : NULL);
}

/* walk is NULL where nothing is known of the accounts. */
static void add_rows(json_t *all, const struct choice_walk *walk)
{
    json_t *rows = json_array();
    for (size_t i = 0; i < CHOICE_ROWS; i++) {
        json_t *row = json_object();
        enum choice_verdict verdict = walk ? walk->verdicts[i] : CHOICE_SKIPPED;
        add_text(row, "if", choice_rows[i].condition);
        add_text(row, "then", choice_rows[i].answer);
        json_object_set_new(row, "holds",
                            verdict == CHOICE_SKIPPED ? json_null()
                                                      : json_boolean(verdict == CHOICE_YES));
        json_object_set_new(row, "decides", json_boolean(walk && i == walk->decided));
        json_array_append_new(rows, row);
    }
    json_object_set_new(all, "table", rows);
}

/* False: the keyring does not tell its accounts, which is the conclusion. */
static bool list_accounts(struct invocation *invocation, json_t *all, GPtrArray **accounts)
{
    const char *detail = NULL;
    invocation_arm_keyring(invocation);
    enum status status = keyring_open(&invocation->keyring, KEYRING_TRANSFER_PLAIN, &detail);
    if (status == STATUS_OK)
        status = account_list(invocation->keyring, invocation->options.environment, accounts);
    add_text(all, "keyring", status_name(status));
    if (status == STATUS_OK)
        return true;
    add_rows(all, NULL);
    conclude(all, PRINTS_NOTHING, status,
             detail ? detail : "the accounts are not known until the keyring can be read");
    return false;
}

static bool choose(json_t *all, struct choice_walk *walk)
{
    choice_walk(walk);
    add_rows(all, walk);
    add_text(all, "account", walk->account ? walk->account->login : NULL);
    add_text(all, "purpose", walk->account ? walk->account->purpose : walk->purpose);
    if (walk->status == STATUS_OK)
        return true;
    g_autofree char *names = walk->status == STATUS_BAD_INPUT ? choice_names(walk) : NULL;
    g_autofree char *several = names ? g_strconcat("several could answer: ", names, NULL) : NULL;
    conclude(all, PRINTS_NOTHING, walk->status, several ? several : "no account answers");
    return false;
}

/* What the guard knows without a look at the password. */
static void conclude_credential(json_t *all, struct state *state, enum status status,
                                const char *why)
{
    bool refusals = guard_has_refusals(state, GUARD_PASSWORD);
    json_object_set_new(all, "refused_before", json_boolean(refusals));
    if (refusals && !why)
        why = "unless the stored password is the one that was refused: then quit=1 alone";
    conclude(all, PRINTS_CREDENTIAL, status, why);
}

/* As get says after a run. */
static size_t advise_refused(const struct first_use *use, char *next, size_t size)
{
    g_autofree char *stored = filing_stored_login(use->keyring, use->account, use->court->id);
    g_autofree char *advice = refused_filing_advice(stored);
    return status_fill(next, size, advice, use->account->login, use->court->id);
}

static void explain_court(json_t *all, struct first_use *use)
{
    enum status status = STATUS_OK;
    struct outcome last = link_outcome(use->state, use->court->id);
    bool runs = first_use_runs(use, &status);
    char next[STATUS_MESSAGE_MAX];
    const char *login = use->account->login, *court = use->court->id;
    size_t advised = use->filing_refused && status == STATUS_REJECTED
                         ? advise_refused(use, next, sizeof next)
                         : status_next(next, sizeof next, status, login, court);
    json_object_set_new(all, "linked", json_boolean(link_is_linked(use->state, use->court->id)));
    add_text(all, "last_run", last.known ? status_name(last.status) : NULL);
    json_object_set_new(all, "starts_a_run", json_boolean(runs));
    if (runs) {
        conclude_credential(all, use->state, STATUS_OK,
                            "after the run, unless that ends rejected or refused_by_policy");
    } else if (status == STATUS_REFUSED_BY_POLICY && !use->filing_refused) {
        status_fill(next, sizeof next, "so the last run ended: " LINK_REFUSED_ADVICE, login, court);
        conclude(all, PRINTS_QUIT, status, use->detail ? use->detail : next);
    } else {
        conclude_credential(all, use->state, status,
                            use->detail   ? use->detail
                            : advised > 0 ? next
                                          : NULL);
    }
    g_free(use->detail);
}

static void explain_account(struct invocation *invocation, const struct request *request,
                            json_t *all, const struct account *account)
{
    STATE_AUTO struct state *state = NULL;
    enum status status = STATUS_REFUSED_BY_POLICY;
    if (state_is_writable(account->environment))
        status = state_peek(&state, account->environment, account->login);
    if (status != STATUS_OK) {
        conclude(all, status == STATUS_REFUSED_BY_POLICY ? PRINTS_QUIT : PRINTS_NOTHING, status,
                 state_fault(status));
        return;
    }
    struct first_use use = {.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = account,
                            .court = request->court,
                            .state = state,
                            .by = FIRST_USE_GET};
    if (request->court && strcmp(account->purpose, "file") == 0)
        explain_court(all, &use);
    else
        conclude_credential(all, state, STATUS_OK, NULL);
}

/* In the order of get's own steps. */
static void explain_ours(struct invocation *invocation, const struct request *request, json_t *all)
{
    g_autoptr(GPtrArray) accounts = NULL;
    const struct environment *environment = request_environment(invocation, request);
    struct account_choice choice = request_choice(invocation, request);
    add_text(all, "environment", environment->name);
    invocation_name_environment(invocation, environment->name);
    if (!request_is_safe(request)) {
        conclude(all, PRINTS_QUIT, STATUS_REFUSED_BY_POLICY,
                 "courts and PACER get credentials over https without a port only");
        return;
    }
    if (request->court && !environment->has_courts) {
        conclude(all, PRINTS_NOTHING, STATUS_ABSENT, "the environment has no courts");
        return;
    }
    if (!list_accounts(invocation, all, &accounts))
        return;
    struct choice_walk walk = {.accounts = accounts, .choice = &choice};
    if (choose(all, &walk))
        explain_account(invocation, request, all, walk.account);
}

static const char *text_of(const json_t *row, const char *key)
{
    const char *text = json_string_value(json_object_get(row, key));
    return text ? text : "-";
}

/* Host and user name may be a stranger's. */
static void print_line(const char *name, const char *text)
{
    g_autofree char *safe = terminal_escape(text);
    g_print("%-26s%s\n", name, safe);
}

static const char *yes_or_no(const json_t *value)
{
    return json_is_true(value) ? "yes" : json_is_false(value) ? "no" : "-";
}

static void print_rows(const json_t *rows)
{
    size_t index;
    json_t *row;
    json_array_foreach(rows, index, row)
    {
        g_print("  %2zu %-3s %s: %s%s\n", index + 1, yes_or_no(json_object_get(row, "holds")),
                text_of(row, "if"), text_of(row, "then"),
                json_is_true(json_object_get(row, "decides")) ? "  <- decides" : "");
    }
}

/* In the order of the steps; those that do not come up are left out. */
static const struct {
    const char *key, *name;
} lines[] = {
    {"protocol", "protocol"},
    {"host", "host"},
    {"username", "user name"},
    {"leads_to", "leads to"},
    {"court", "court"},
    {"court_name", "its name"},
    {"environment", "environment"},
    {"keyring", "keyring"},
    {"table", "which account answers"},
    {"account", "account"},
    {"purpose", "its purpose"},
    {"linked", "linked"},
    {"last_run", "last run ended"},
    {"starts_a_run", "a run would start"},
    {"refused_before", "PACER refused a password"},
};

static void print_lines(const json_t *all)
{
    for (size_t i = 0; i < G_N_ELEMENTS(lines); i++) {
        const json_t *value = json_object_get(all, lines[i].key);
        if (json_is_array(value)) {
            g_print("%s\n", lines[i].name);
            print_rows(value);
        } else if (json_is_boolean(value)) {
            print_line(lines[i].name, yes_or_no(value));
        } else if (json_is_string(value)) {
            print_line(lines[i].name, json_string_value(value));
        }
    }
}

static void print_text(const json_t *all)
{
    const json_t *why = json_object_get(all, "why");
    print_lines(all);
    g_print("%-26s%s (%s)%s%s\n", "get prints", text_of(all, "prints"), text_of(all, "status"),
            json_is_string(why) ? ": " : "", json_is_string(why) ? text_of(all, "why") : "");
}

static void print_json(const json_t *all)
{
    char *dumped = json_dumps(all, JSON_INDENT(2));
    g_print("%s\n", dumped ? dumped : "{}");
    free(dumped);
}

int command_explain(struct invocation *invocation)
{
    REQUEST_AUTO struct request request = {0};
    const char *word = invocation->arguments[0];
    enum status status =
        word ? request_take_word(invocation, word, &request) : request_read(invocation, &request);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (request.directory)
        select_tell_faults(request.directory);
    json_t *all = json_object();
    add_request(all, &request);
    if (request_is_ours(&request))
        explain_ours(invocation, &request, all);
    else
        conclude(all, "what an item in git-credential-libsecret's form holds, or nothing",
                 STATUS_OK, NULL);
    if (invocation->options.json)
        print_json(all);
    else
        print_text(all);
    json_decref(all);
    return status_exit_code(STATUS_OK);
}
