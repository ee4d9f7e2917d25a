/* SPDX-License-Identifier: MIT
 * csolink link: courts one after another, at a person's word: linked, or with --check asked. */
#include <string.h>

#include "account/environment.h"
#include "command/select.h"
#include "court/filing.h"
#include "court/first_use.h"
#include "court/link_state.h"
#include "court/manual_court.h"
#include "prompt/terminal.h"

/* One call's way through its courts (struct court*, each once). */
struct tour {
    struct invocation *invocation;
    struct directory *directory;
    struct selection selection;
    GPtrArray *courts;
    bool checks;
    guint linked, unlinked, left_out, failed;
    int exit_code;    /* the highest so far */
    enum status last; /* of the court before */
};

static void tour_clear(struct tour *tour)
{
    if (tour->directory)
        directory_free(tour->directory);
    g_clear_pointer(&tour->courts, g_ptr_array_unref);
    selection_clear(&tour->selection);
}
#define TOUR_AUTO __attribute__((cleanup(tour_clear)))

/* --- which courts --- */

static void add_court(struct tour *tour, const struct court *court)
{
    if (!g_ptr_array_find(tour->courts, court, NULL))
        g_ptr_array_add(tour->courts, (gpointer)court);
}

static enum status add_named(struct tour *tour)
{
    const struct invocation *invocation = tour->invocation;
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < invocation->count; i++) {
        const struct court *court = NULL;
        status = select_court(tour->directory, invocation->arguments[i], &court);
        if (status == STATUS_OK)
            add_court(tour, court);
    }
    return status;
}

static void add_ids(struct tour *tour, const GPtrArray *ids)
{
    for (guint i = 0; i < ids->len; i++) {
        const char *id = g_ptr_array_index(ids, i);
        const struct court *court = directory_by_id(tour->directory, id);
        g_autofree char *safe = court ? NULL : terminal_escape(id);
        if (court)
            add_court(tour, court);
        else
            g_printerr("csolink: %s is left out: the court directory has no such court\n", safe);
    }
}

/* Those with a filing login; to be asked about, also those that were used. */
static enum status add_all(struct tour *tour)
{
    const struct selection *selection = &tour->selection;
    g_autoptr(GPtrArray) filing = NULL, used = link_courts(selection->state);
    invocation_arm_keyring(tour->invocation);
    enum status status = filing_courts(tour->invocation->keyring, selection->account, &filing);
    if (status != STATUS_OK)
        return report(status, selection->account->login, NULL, NULL), status;
    add_ids(tour, filing);
    if (tour->checks)
        add_ids(tour, used);
    return STATUS_OK;
}

static enum status gather(struct tour *tour)
{
    struct invocation *invocation = tour->invocation;
    enum status status = select_directory(&tour->directory);
    if (status == STATUS_OK)
        status = add_named(tour);
    if (status == STATUS_OK &&
        !environment_by_name(invocation_environment(invocation))->has_courts) {
        status = STATUS_REFUSED_BY_POLICY;
        report(status, NULL, invocation->arguments[0],
               "the courts of the directory do not belong to this environment");
    }
    if (status == STATUS_OK)
        status = select_filer(invocation, &tour->selection);
    if (status == STATUS_OK && invocation->options.all)
        status = add_all(tour);
    return status;
}

/* --- one court --- */

/* Elsewhere the advice is to run this command. */
static void tell_steps(const struct first_use *use)
{
    g_autofree char *steps = manual_court_instructions(use->court);
    g_autofree char *safe = terminal_escape(steps);
    report_with_advice(STATUS_MANUAL_COURT, use->account->login, use->court->id, use->detail,
                       "take the steps that this command prints");
    g_print("%s", safe);
}

static void tell(struct tour *tour, const struct first_use *use, enum status status)
{
    const char *login = use->account->login, *court = use->court->id;
    if (status == STATUS_OK)
        g_print("%s: linked, account %s\n", court, login);
    else if (use->unlinked)
        g_print("%s: not linked, account %s\n", court, login);
    else if (status == STATUS_REJECTED && use->filing_refused)
        select_tell_refused_filing(tour->invocation, use->account, court, use->detail);
    else if (status == STATUS_MANUAL_COURT && !tour->checks)
        tell_steps(use);
    else
        report(status, login, court, use->detail);
}

static void count(struct tour *tour, const struct first_use *use, enum status status)
{
    tour->linked += status == STATUS_OK;
    tour->unlinked += use->unlinked;
    tour->failed += status != STATUS_OK && !use->unlinked;
    tour->exit_code = MAX(tour->exit_code, status_exit_code(status));
}

/* No other court could answer better: the sign-on failed, or the account itself is at fault. */
static bool ends_tour(const struct tour *tour, const struct first_use *use, enum status status)
{
    switch (status) {
    case STATUS_OK:
        return false;
    case STATUS_REJECTED:
        return !use->filing_refused;
    case STATUS_NEEDS_CODE:
    case STATUS_NEEDS_ACKNOWLEDGEMENT:
    case STATUS_LOCKED:
    case STATUS_NO_KEYRING:
    case STATUS_BUSY:
        return true;
    case STATUS_OFFLINE: /* one court may be down, two are the network */
        return use->no_token || tour->last == STATUS_OFFLINE;
    default:
        return use->no_token;
    }
}

/* False: the tour ends here. */
static bool visit(struct tour *tour, guint index)
{
    const struct invocation *invocation = tour->invocation;
    const struct court *court = g_ptr_array_index(tour->courts, index);
    struct progress progress = {.court = court->id,
                                .nth = (int)index + 1,
                                .courts = tour->courts->len > 1 ? (int)tour->courts->len : 0};
    struct first_use use = {.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = tour->selection.account,
                            .court = court,
                            .state = tour->selection.state,
                            .progress = &progress,
                            .by = tour->checks ? FIRST_USE_CHECK : FIRST_USE_LINK};
    progress_begin(&progress, invocation->options.progress);
    enum status status = first_use(&use);
    progress_clear();
    tell(tour, &use, status);
    count(tour, &use, status);
    g_free(use.detail);
    bool goes_on = !ends_tour(tour, &use, status);
    tour->last = status;
    return goes_on;
}

/* --- all of them --- */

/* She compared the names and said no: only the court's own link command asks her again. */
static bool is_left_out(struct tour *tour, guint index)
{
    const struct court *court = g_ptr_array_index(tour->courts, index);
    struct outcome last = link_outcome(tour->selection.state, court->id);
    if (tour->checks || !tour->invocation->options.all || !last.said_no)
        return false;
    char how[STATUS_MESSAGE_MAX];
    status_fill(how, sizeof how, "\"csolink link{as} {court}\" in a terminal asks again",
                tour->selection.account->login, court->id);
    tour->left_out++;
    g_print("%s: left out, the names differ; %s\n", court->id, how);
    return true;
}

static void summarise(const struct tour *tour, guint untried)
{
    const struct {
        guint count;
        const char *what;
    } parts[] = {{tour->linked, "linked"},
                 {tour->unlinked, "not linked"},
                 {tour->left_out, "left out"},
                 {tour->failed, "failed"},
                 {untried, "not tried"}};
    g_autoptr(GString) text = g_string_new(NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(parts); i++) {
        if (parts[i].count > 0)
            g_string_append_printf(text, "%s%u %s", text->len > 0 ? ", " : "", parts[i].count,
                                   parts[i].what);
    }
    g_print("%u courts: %s\n", tour->courts->len, text->str);
}

static void visit_all(struct tour *tour)
{
    guint next = 0, count_of_all = tour->courts->len;
    bool goes_on = true;
    while (goes_on && next < count_of_all) {
        goes_on = is_left_out(tour, next) || visit(tour, next);
        next++;
    }
    guint untried = count_of_all - next;
    if (untried > 0)
        g_printerr("csolink: the run stopped here, for the next court would end the same way; "
                   "the same command goes on with the other %u\n",
                   untried);
    if (count_of_all > 1)
        summarise(tour, untried);
}

int command_link(struct invocation *invocation)
{
    TOUR_AUTO struct tour tour = {
        .invocation = invocation, .courts = g_ptr_array_new(), .checks = invocation->options.check};
    if (invocation->options.all == (invocation->count > 0))
        return report_usage("\"csolink link\" takes either courts or --all");
    enum status status = gather(&tour);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (tour.courts->len == 0)
        g_print("no filing login of account %s is stored, so there is nothing to %s\n",
                tour.selection.account->login, tour.checks ? "ask about" : "link");
    visit_all(&tour);
    return tour.exit_code;
}
