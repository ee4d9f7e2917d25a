/* SPDX-License-Identifier: MIT
 * The attribute otp of such an item is its place, BATCH.NUMBER; batches count upwards. */
#include "code/backup_codes.h"

#include <stdio.h>

struct place {
    unsigned batch, number;
};

static struct place place_of(const struct item *item)
{
    struct item_form form;
    struct place place = {0};
    item_form_read(item, &form);
    if (!form.otp || sscanf(form.otp, "%u.%u", &place.batch, &place.number) != 2)
        return (struct place){0};
    return place;
}

/* The newest batch first, and its codes in their own order. */
static gint compare_places(gconstpointer a, gconstpointer b)
{
    struct place one = place_of(*(struct item *const *)a);
    struct place other = place_of(*(struct item *const *)b);
    if (one.batch != other.batch)
        return one.batch < other.batch ? 1 : -1;
    return (one.number > other.number) - (one.number < other.number);
}

static enum status list(struct keyring *keyring, const struct account *account, GPtrArray **items)
{
    struct item_form form = account_form(account, ITEM_KIND_BACKUP);
    g_autoptr(GHashTable) sought = item_form_sought(&form);
    enum status status = keyring_search(keyring, sought, items);
    if (status == STATUS_OK)
        g_ptr_array_sort(*items, compare_places);
    return status;
}

static enum status store_one(struct keyring *keyring, const struct account *account,
                             struct place place, const struct secret *code)
{
    struct item_form form = account_form(account, ITEM_KIND_BACKUP);
    g_autofree char *label = g_strdup_printf("PACER backup code of %s", account->login);
    g_autofree char *text = g_strdup_printf("%u.%02u", place.batch, place.number);
    form.otp = text;
    return item_store(keyring, &form, label, code);
}

enum status backup_codes_replace(struct keyring *keyring, const struct account *account,
                                 const struct secret *codes, unsigned count)
{
    g_autoptr(GPtrArray) old = NULL;
    struct place place = {.batch = 1};
    enum status status = list(keyring, account, &old);
    if (status == STATUS_OK)
        place.batch = place_of(old->pdata[0]).batch + 1;
    else if (status == STATUS_ABSENT)
        status = STATUS_OK;
    while (status == STATUS_OK && place.number < count) {
        place.number++;
        status = store_one(keyring, account, place, &codes[place.number - 1]);
    }
    for (guint i = 0; status == STATUS_OK && old && i < old->len; i++) {
        status = keyring_delete(keyring, old->pdata[i]);
        if (status == STATUS_ABSENT)
            status = STATUS_OK;
    }
    return status;
}

enum status backup_codes_count(struct keyring *keyring, const struct account *account,
                               unsigned *count)
{
    g_autoptr(GPtrArray) items = NULL;
    enum status status = list(keyring, account, &items);
    *count = status == STATUS_OK ? items->len : 0;
    return status == STATUS_ABSENT ? STATUS_OK : status;
}

/* Who deletes it has it: another process may be at the same one. */
static enum status take(struct keyring *keyring, struct item *item, struct secret *code)
{
    enum status status = keyring_read(keyring, item);
    if (status == STATUS_OK && !secret_set(code, secret_string(&item->value), item->value.size))
        status = STATUS_INTERNAL;
    if (status == STATUS_OK)
        status = keyring_delete(keyring, item);
    if (status != STATUS_OK)
        secret_clear(code);
    return status;
}

enum status backup_codes_take(struct keyring *keyring, const struct account *account,
                              struct secret *code)
{
    g_autoptr(GPtrArray) items = NULL;
    enum status status = list(keyring, account, &items);
    if (status != STATUS_OK)
        return status;
    status = STATUS_ABSENT;
    for (guint i = 0; status == STATUS_ABSENT && i < items->len; i++)
        status = take(keyring, items->pdata[i], code);
    return status;
}
