/* SPDX-License-Identifier: MIT
 * menu.pl, whatever the court sends: the reader ends, and an item has a text or an address.
 * Input: the script. */
#include "input.h"
#include "page/menu_script.h"

static void check(const char *text, const char *address, void *data)
{
    size_t *bytes = data;
    HOLDS(text || address);
    *bytes += (text ? strlen(text) : 0) + (address ? strlen(address) : 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    size_t bytes = 0;
    menu_script_read((const char *)data, size, check, &bytes);
    HOLDS(bytes <= size); /* no escape is shorter than what it means */
    return 0;
}
