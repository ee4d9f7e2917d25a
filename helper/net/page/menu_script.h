/* SPDX-License-Identifier: MIT
 * The court's menu as its script menu.pl has it: the second source of the menu's entries. No public
 * source shows that script; what it must have is items, which JavaScript writes as object literals:
 * { text: "Query", url: "/cgi-bin/iquery.pl", submenu: { itemdata: [ … ] } }. */
#ifndef CSOLINK_NET_MENU_SCRIPT_H
#define CSOLINK_NET_MENU_SCRIPT_H

#include <stddef.h>

/* An item: its text (member "text" or "label"; may be HTML) and address ("url", "href" or "link"),
 * either of which may be NULL. Strings that are in no such member come as items without address. */
typedef void menu_script_item(const char *text, const char *address, void *data);

/* Calls item for each item of the script, in any order, whatever else the script does. Linear in
 * size. */
void menu_script_read(const char *script, size_t size, menu_script_item *item, void *data);

#endif
