/* SPDX-License-Identifier: MIT
 * The court's procedure "Link a CM/ECF account to my PACER account", steps 4 to 11. */
#include "link.h"

#include <stdlib.h>
#include <string.h>

#include "address.h"
#include "conversation.h"
#include "link_entry.h"
#include "page/court_page.h"
#include "page/form.h"
#include "page/message.h"
#include "page/names.h"
#include "submit.h"
#include "visit.h"

struct link {
    struct run *run;
    struct page page;   /* the page that the procedure has reached */
    struct page answer; /* the court's last word on the submission */
    struct form form;
    char *menu_page; /* address of a page with the menu */
    struct record filing_login;
    struct delivery delivery; /* of the filing password */
    bool led_on;              /* the last submission's answer led to another page */
    bool confirmed;           /* the confirmation page was submitted */
    bool refused;             /* the court's message refused the filing login */
    bool linked;              /* the filing menus were seen */
    bool unsure;              /* whether it is linked, nothing has told since a submission */
};

static enum status not_recognised(struct link *link)
{
    return visit_not_recognised(link->run, &link->page);
}

/* The page's message becomes the result's detail. */
static enum status tell_message(struct link *link, enum status status)
{
    char *text = message_of(&link->page);
    run_fail(link->run, status, text ? text : "");
    free(text);
    return status;
}

static enum status open_utilities(struct link *link)
{
    return link_entry_open_utilities(link->run, &link->page, &link->menu_page);
}

static enum status open_link_form(struct link *link)
{
    return link_entry_open_form(link->run, &link->page, &link->linked);
}

/* Takes the page's form of this shape. Its address is judged here, before a person is asked or
 * anything is recorded as sent. */
static enum status take_form(struct link *link, enum form_shape shape)
{
    if (shape == FORM_LOGIN && court_page_of(&link->page) == COURT_PAGE_OLD_LOGIN)
        return STATUS_NOT_NEXTGEN;
    enum status status = form_find(&link->page, shape, &link->form);
    if (status == STATUS_REFUSED_BY_POLICY)
        return run_fail(link->run, status, "a form that puts the password into an address");
    char *action = status == STATUS_OK ? form_address(&link->page, &link->form) : NULL;
    if (!action)
        return not_recognised(link);
    bool at_home = address_is_on(action, link->run->court_host);
    free(action);
    return at_home
               ? STATUS_OK
               : run_fail(link->run, STATUS_REFUSED_BY_POLICY, "a form that goes to another host");
}

static enum status ask_filing_login(struct link *link)
{
    RECORD_AUTO struct record question = {0};
    const struct record *answer = &link->filing_login;
    enum status status = take_form(link, FORM_LOGIN);
    if (status != STATUS_OK)
        return status;
    status = conversation_ask(link->run->fd, WORKER_QUESTION_FILING_LOGIN, &question,
                              &link->filing_login);
    if (status != STATUS_OK)
        return run_fail(link->run, status, "the answer was not understood");
    if (strcmp(record_get(answer, "answer"), WORKER_ANSWER_YES) != 0)
        return STATUS_NEEDS_PERSON;
    if (!record_get(answer, "login") || !record_get(answer, "password"))
        return run_fail(link->run, STATUS_BAD_INPUT, "login or password is missing");
    return STATUS_OK;
}

static bool shows_filing_menus(const struct page *page)
{
    return court_page_of(page) == COURT_PAGE_LINKED;
}

static void heed_menu(struct link *link, const struct page *menu)
{
    link->linked = shows_filing_menus(menu);
    link->unsure = !link->linked && court_page_of(menu) != COURT_PAGE_UNLINKED;
}

/* Where no answer told what a submission came to, the menu does: STATUS_OK if it has linked, else
 * status and its detail. */
static enum status ask_menu(struct link *link, enum status status)
{
    PAGE_AUTO struct page menu = {0};
    struct run *run = link->run;
    char *detail = strdup(run->detail[0] ? run->detail : run->http.problem);
    if (link_entry_update_menu(run, link->menu_page, &menu) == STATUS_OK)
        heed_menu(link, &menu);
    run->http.problem[0] = '\0'; /* the menu's is nobody's concern */
    run_fail(run, status, detail && !link->linked ? detail : "");
    free(detail);
    return link->linked ? STATUS_OK : status;
}

/* What the answer leads to becomes the page; one that fails or leads astray comes after the form's
 * effect. */
static enum status submit(struct link *link, const char *login, const char *password,
                          struct delivery *delivery)
{
    unsigned before = link->run->http.requests;
    enum status status =
        submit_form(link->run, &link->page, &link->form, login, password, delivery);
    link->led_on = link->run->http.requests - before > 1;
    link->unsure |= delivery->sent;
    bool failed = status == STATUS_COURT_ERROR || status == STATUS_REFUSED_BY_POLICY;
    return failed && delivery->sent ? ask_menu(link, status) : status;
}

/* The same password form again is the court's refusal, unless it has linked and offers another. */
static enum status submit_filing_login(struct link *link)
{
    struct form again;
    const char *login = record_get(&link->filing_login, "login");
    const char *password = record_get(&link->filing_login, "password");
    if (!secret_set(&link->run->password, password, strlen(password)))
        return STATUS_INTERNAL;
    enum status status = submit(link, login, password, &link->delivery);
    record_clear(&link->filing_login);
    if (status != STATUS_OK || link->linked ||
        form_find(&link->page, FORM_LOGIN, &again) != STATUS_OK)
        return status;
    return ask_menu(link, tell_message(link, STATUS_REJECTED));
}

static enum status ask_about_names(struct link *link, const struct names *names)
{
    RECORD_AUTO struct record question = {0}, answer = {0};
    if (record_add(&question, "court_name", names->court) != STATUS_OK ||
        record_add(&question, "pacer_name", names->pacer) != STATUS_OK)
        return STATUS_INTERNAL;
    enum status status = conversation_ask(link->run->fd, WORKER_QUESTION_NAMES, &question, &answer);
    if (status != STATUS_OK)
        return run_fail(link->run, status, "the answer was not understood");
    const char *word = record_get(&answer, "answer");
    if (strcmp(word, WORKER_ANSWER_YES) == 0)
        return STATUS_OK;
    return strcmp(word, WORKER_ANSWER_NO) == 0 ? STATUS_CANCELLED : STATUS_NEEDS_PERSON;
}

/* Some courts link without a confirmation page. One without names is not submitted, nor one where
 * something is to be chosen; the menu then tells how things stand, and also after a no: a court
 * that links at the first submission may show both names and a button afterwards. */
static enum status confirm_names(struct link *link)
{
    NAMES_AUTO struct names names = {0};
    struct delivery confirmation = {0};
    struct form form;
    if (form_find(&link->page, FORM_CONFIRM, &form) != STATUS_OK ||
        form_has_choice(&link->page, &form) || !names_find(&link->page, &names))
        return STATUS_OK;
    enum status status = take_form(link, FORM_CONFIRM);
    if (status == STATUS_OK)
        status = ask_about_names(link, &names);
    if (status != STATUS_OK)
        return ask_menu(link, status);
    link->confirmed = true;
    return submit(link, NULL, NULL, &confirmation);
}

/* The court's words are told, not trusted. Filing menus around them prove nothing; a page of the
 * menu to which the court led after the confirmation is as good as asking for one. */
static enum status read_message(struct link *link)
{
    tell_message(link, STATUS_OK);
    if (link->confirmed && link->led_on && court_page_is_menus(&link->page) &&
        shows_filing_menus(&link->page))
        heed_menu(link, &link->page);
    link->refused = !link->confirmed && message_refuses(&link->page);
    link->answer = link->page;
    link->page = (struct page){0};
    return STATUS_OK;
}

/* A submission that met the sign-on page may have had its effect or not; the menu of the next use
 * tells, where that of this one does not. */
static enum status update_menu(struct link *link)
{
    enum status status = link_entry_update_menu(link->run, link->menu_page, &link->page);
    if (status != STATUS_OK || shows_filing_menus(&link->page) ||
        !court_page_is_spurious(&link->answer))
        return status;
    heed_menu(link, &link->page);
    return run_fail(link->run, STATUS_COURT_ERROR, "the court asked to sign on again");
}

static enum status look_for_filing_menus(struct link *link)
{
    heed_menu(link, &link->page);
    if (link->linked)
        return STATUS_OK;
    return link->refused ? STATUS_REJECTED : visit_not_recognised(link->run, &link->answer);
}

static const struct {
    int number; /* in the court's procedure */
    const char *text;
    enum status (*take)(struct link *link);
} steps[] = {
    {4, "Open Utilities", open_utilities},
    {5, "Open \"Link a CM/ECF account to my PACER account\"", open_link_form},
    {6, "Enter the CM/ECF login and password", ask_filing_login},
    {7, "Submit", submit_filing_login},
    {8, "Compare the names and submit", confirm_names},
    {9, "Read the court's message", read_message},
    {10, "Update the menu", update_menu},
    {11, "Look for the filing menus", look_for_filing_menus},
};

static enum status take_steps(struct link *link)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && status == STATUS_OK && !link->linked;
         i++) {
        conversation_step(link->run->fd, steps[i].number, steps[i].text);
        status = steps[i].take(link);
    }
    return status;
}

static const char *state_of(const struct link *link)
{
    if (link->linked)
        return WORKER_STATE_LINKED;
    bool signed_out = link->page.document && court_page_is_spurious(&link->page);
    return signed_out ? WORKER_STATE_SIGNED_OUT : WORKER_STATE_UNLINKED;
}

static enum status add_outcome(const struct link *link, struct record *result)
{
    enum status status = conversation_add_delivery(result, &link->delivery);
    if (status == STATUS_OK && !link->unsure)
        status = record_add(result, "state", state_of(link));
    if (status == STATUS_OK && link->linked && link->delivery.sent)
        status = record_add_number(result, "linked_now", 1);
    return status;
}

enum status link_accounts(struct run *run, const struct record *request, struct record *result)
{
    struct link link = {.run = run};
    (void)request;
    if (!run->menu.document)
        return run_fail(run, STATUS_BAD_INPUT, "no check of this run said \"unlinked\"");
    enum status status = take_steps(&link);
    enum status added = add_outcome(&link, result);
    page_clear(&run->menu);
    page_clear(&link.page);
    page_clear(&link.answer);
    record_clear(&link.filing_login);
    free(link.menu_page);
    return added == STATUS_OK ? status : added;
}
