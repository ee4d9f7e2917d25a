/* SPDX-License-Identifier: MIT
 * The way through the court's menu to the link form, and back to the menu. */
#include "link_entry.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "address.h"
#include "page/court_page.h"
#include "page/link_button.h"
#include "page/menu_script.h"
#include "page/navigation.h"
#include "page/text.h"
#include "submit.h"
#include "visit.h"

#define UTILITIES         "^utilities$"
#define UTILITIES_ADDRESS "DisplayMenu\\.pl\\?(.*&)?Utilities([&#]|$)"
#define MENU_SCRIPT       "/menu\\.pl(\\?|$)"

/* Sources: PACER's FAQ on linking; ord, mdd and wvsd on where the entry stands. */
#define LINK_ENTRY                                                                                 \
    "link (a|an|my|your) (cm ?/ ?ecf|(e-?)?filer|e-?filing) account to (my|your) pacer account"

/* How much a text is like the entry: a text that only has it in it may be about the entry. */
enum likeness { UNLIKE, HAS_ENTRY, IS_ENTRY };

enum { LIKE_SIZE_MIN = 35, LIKE_SIZE_MAX = 500 };

static enum likeness likeness_of(const char *text)
{
    if (!text || !text_matches(text, LINK_ENTRY))
        return UNLIKE;
    bool whole = text_matches(text, "^[^[:alnum:]]*" LINK_ENTRY "[^[:alnum:]]*$");
    return whole ? IS_ENTRY : HAS_ENTRY;
}

/* The entries of one source. */
struct entries {
    struct run *run;
    const struct page *page; /* whose address counts for theirs */
    enum likeness likeness;  /* of those that count: the most that was seen */
    char *address;           /* theirs; NULL: none has one */
    bool differ;             /* they have several */
};

/* The address becomes the entries' own. */
static void add_entry(struct entries *entries, enum likeness likeness, char *address)
{
    if (likeness > entries->likeness) {
        free(entries->address);
        entries->address = NULL;
        entries->differ = false;
        entries->likeness = likeness;
    }
    if (!address || likeness < entries->likeness || likeness == UNLIKE) {
        free(address);
        return;
    }
    entries->differ |= entries->address && strcmp(entries->address, address) != 0;
    free(entries->address);
    entries->address = address;
}

static void read_page(struct entries *entries)
{
    const GumboNode *link = NULL;
    while ((link = page_next_link(entries->page, link, LINK_ENTRY))) {
        char *label = node_label(link);
        add_entry(entries, likeness_of(label), page_link_address(entries->page, link));
        free(label);
    }
}

static void add_item(const char *text, const char *reference, void *data)
{
    char plain[LIKE_SIZE_MAX];
    size_t size = text ? strnlen(text, LIKE_SIZE_MAX) : 0;
    if (size < LIKE_SIZE_MIN || size == LIKE_SIZE_MAX)
        return;
    struct entries *entries = data;
    text_plain(plain, sizeof plain, text);
    enum likeness likeness = likeness_of(plain);
    if (likeness != UNLIKE)
        add_entry(entries, likeness, reference ? page_resolve(entries->page, reference) : NULL);
}

/* The address of the menu's script on the court's host; the caller frees it. */
static char *menu_script_address(const struct run *run, const struct page *page)
{
    for (const GumboNode *node = page->document; node; node = page_next(node, page->document)) {
        const char *source = node_attribute(node, "src");
        if (node_tag(node) != GUMBO_TAG_SCRIPT || !source || !text_matches(source, MENU_SCRIPT))
            continue;
        char *address = page_resolve(page, source);
        if (address && address_is_on(address, run->court_host))
            return address;
        free(address);
    }
    return NULL;
}

static enum status sign_on_again(struct run *run)
{
    return run_fail(run, STATUS_COURT_ERROR, "the court asked to sign on again");
}

/* Menus that are made by a script have their entries there. */
static enum status read_menu_script(struct entries *entries)
{
    PAGE_AUTO struct page script = {0};
    char *address = menu_script_address(entries->run, entries->page);
    if (!address)
        return STATUS_OK;
    enum status status = visit(entries->run, address, NULL, &script, NULL);
    free(address);
    if (status != STATUS_OK)
        return status;
    menu_script_read(secret_string(&script.source), script.source.size, add_item, entries);
    bool spurious = entries->likeness == UNLIKE && court_page_is_spurious(&script);
    return spurious ? sign_on_again(entries->run) : STATUS_OK;
}

/* By its label, else by its address. */
static char *find_utilities(const struct page *menu)
{
    const GumboNode *link = page_next_link(menu, NULL, UTILITIES);
    char *address = link ? page_link_address(menu, link) : NULL;
    for (link = NULL; !address && (link = page_next_link(menu, link, ""));)
        if (text_matches(node_attribute(link, "href"), UTILITIES_ADDRESS))
            address = page_link_address(menu, link);
    return address;
}

enum status link_entry_open_utilities(struct run *run, struct page *page, char **menu_page)
{
    struct page *menu = &run->menu;
    *menu_page = find_utilities(menu);
    if (*menu_page)
        return visit(run, *menu_page, NULL, page, NULL);
    *menu_page = strdup(menu->url);
    *page = *menu;
    *menu = (struct page){0};
    return *menu_page ? STATUS_OK : STATUS_INTERNAL;
}

static enum status follow(struct run *run, struct page *page, const struct entries *entries)
{
    if (!entries->address || entries->differ)
        return visit_not_recognised(run, page);
    return visit(run, entries->address, NULL, page, NULL);
}

/* Finds the entry: a link, else a button, else an item of the menu's script, which costs a request.
 */
static enum status open_entry(struct run *run, struct page *page, struct entries *entries,
                              bool *linked)
{
    struct form form;
    read_page(entries);
    int buttons = entries->likeness == UNLIKE ? link_button_find(page, LINK_ENTRY, &form) : 0;
    if (buttons > 0)
        return buttons == 1 ? submit_form(run, page, &form, NULL, NULL, NULL)
                            : visit_not_recognised(run, page);
    enum court_page kind = court_page_of(page);
    *linked = entries->likeness == UNLIKE && kind == COURT_PAGE_LINKED;
    if (*linked)
        return STATUS_OK;
    if (entries->likeness == UNLIKE && court_page_is_spurious(page))
        return sign_on_again(run);
    enum status status = entries->address ? STATUS_OK : read_menu_script(entries);
    if (status != STATUS_OK)
        return status;
    if (entries->likeness == UNLIKE && kind == COURT_PAGE_UNLINKED)
        return STATUS_NOT_OFFERED;
    return follow(run, page, entries);
}

enum status link_entry_open_form(struct run *run, struct page *page, bool *linked)
{
    struct entries entries = {.run = run, .page = page};
    enum status status = open_entry(run, page, &entries, linked);
    free(entries.address);
    if (status == STATUS_OK && !*linked && court_page_is_spurious(page))
        return sign_on_again(run);
    return status;
}

enum status link_entry_update_menu(struct run *run, const char *menu_page, struct page *page)
{
    enum status status = visit(run, menu_page, NULL, page, NULL);
    return status == STATUS_OK && court_page_is_spurious(page) ? sign_on_again(run) : status;
}
