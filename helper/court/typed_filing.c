/* SPDX-License-Identifier: MIT
 * Her own words about a filing login. */
#include "court/typed_filing.h"

#include "court/link_state.h"
#include "court/questions.h"
#include "deadline.h"
#include "guard/guard.h"

static void arm_keyring(const struct first_use *use)
{
    deadline_keyring(use->config, use->account->login, use->court->id);
}

/* Nobody links a colleague's filing login to her own account by typing it. */
static enum status check(const struct first_use *use, const char *login, char **why)
{
    const char *fault = account_new_login_fault(login);
    if (fault) {
        *why = g_strdup(fault);
        return STATUS_CANCELLED;
    }
    arm_keyring(use);
    enum status status = filing_conflict(use->keyring, use->account, use->court->id, login, why);
    return status == STATUS_BAD_INPUT ? STATUS_CANCELLED : status;
}

enum status typed_filing_ask(const struct first_use *use, struct filing *filing, char **why)
{
    SECRET_AUTO struct secret login = {0}, password = {0};
    enum status status = question_filing_login(use, &login);
    if (status == STATUS_OK)
        status = check(use, secret_string(&login), why);
    if (status == STATUS_OK)
        status = question_password(use, secret_string(&login), &password);
    if (status == STATUS_OK && password.size == 0)
        status = STATUS_CANCELLED;
    if (status != STATUS_OK)
        return status;
    arm_keyring(use);
    return filing_typed(use->keyring, use->court->id, secret_string(&login), &password, filing);
}

/* An appellate court tells filers whose link failed to write the login in lower case (CA4, "Link
 * Accounts"). No court says that case does not matter, so it is another try, and hers to make. */
enum status typed_filing_lower_case(const struct first_use *use, const struct filing *refused,
                                    struct filing *lower)
{
    arm_keyring(use);
    enum status status = filing_lower_case(use->keyring, refused, lower);
    if (status == STATUS_OK)
        status = guard_verdict(use->state, lower->group, lower->fingerprint);
    if (status != STATUS_OK)
        return status;
    if (!question_has_person(use))
        return STATUS_NEEDS_PERSON;
    status = question_lower_case(use, refused->login, lower->login);
    return status == STATUS_OK ? link_consent(use->state, use->court->id, lower->login) : status;
}
