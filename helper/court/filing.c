/* SPDX-License-Identifier: MIT
 * Filing logins in the keyring, one an account and court. */
#include "court/filing.h"

#include "account/guard.h"

static struct item_form form_of(const struct account *account, const char *court)
{
    struct item_form form = account_form(account, ITEM_KIND_FILING);
    form.court = court;
    return form;
}

enum status filing_find(struct keyring *keyring, const struct account *account, const char *court,
                        struct filing *filing)
{
    SECRET_AUTO struct secret key = {0};
    struct item_form form = form_of(account, court), found;
    enum status status = item_find(keyring, &form, &filing->item);
    if (status == STATUS_OK)
        status = keyring_read(keyring, filing->item);
    if (status == STATUS_OK)
        status = guard_key(keyring, &key);
    if (status != STATUS_OK)
        return status;
    item_form_read(filing->item, &found);
    filing->login = g_strdup(found.filing_login ? found.filing_login : "");
    filing->group = guard_group(GUARD_FILING, court);
    filing->fingerprint = guard_fingerprint(&key, &filing->item->value);
    return STATUS_OK;
}

void filing_clear(struct filing *filing)
{
    g_clear_pointer(&filing->item, item_free);
    g_free(filing->login);
    g_free(filing->group);
    g_free(filing->fingerprint);
    *filing = (struct filing){0};
}

enum status filing_erase(struct keyring *keyring, const struct account *account, const char *court)
{
    struct item_form form = form_of(account, court);
    return item_erase(keyring, &form);
}
