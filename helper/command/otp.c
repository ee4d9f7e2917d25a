/* SPDX-License-Identifier: MIT
 * csolink otp, account otp: one-time codes and the secret that they come from. */
#include <string.h>
#include <unistd.h>

#include "account/roster.h"
#include "code/qr_image.h"
#include "command/secrets.h"
#include "command/select.h"
#include "court/link_state.h"
#include "deadline.h"
#include "session/one_time_code.h"

enum { QR_SECONDS = 30 };

static enum status read_secret(const struct invocation *invocation, const char *login,
                               struct secret *secret)
{
    const char *why = NULL, *picture = invocation->options.qr;
    g_autofree char *whom = g_strdup_printf("PACER account %s", login);
    if (!picture)
        return secrets_read_otp(invocation, whom, secret);
    deadline_arm(QR_SECONDS + DEADLINE_GRACE_SECONDS, STATUS_TIMED_OUT, login, NULL, NULL);
    enum status status = qr_image_read(picture, QR_SECONDS, secret, &why);
    if (status == STATUS_OK)
        return secrets_normalise_otp(secret);
    report(status, login, NULL, why);
    return status;
}

/* In an order that never leaves an account that says "stored" without a secret. A run that holds
 * the account's item meanwhile would store it under its old attributes. The run lock lets no run
 * end in between, so the state is written first: a full disk then leaves the keyring as it was. */
static enum status set_otp(struct invocation *invocation, const struct selection *selection,
                           const char *how, const struct secret *secret, const char **why)
{
    const struct account *account = selection->account;
    struct item_form form, otp = account_form(account, ITEM_KIND_OTP);
    g_autofree char *label = g_strdup_printf("PACER one-time codes of %s", account->login);
    enum status status = link_forget_outcomes(selection->state, NULL);
    *why = status == STATUS_OK ? NULL : STATE_NOTHING_CHANGED;
    invocation_arm_keyring(invocation);
    if (status == STATUS_OK && secret->size > 0)
        status = item_store(invocation->keyring, &otp, label, secret);
    item_form_read(account->item, &form);
    form.otp = how;
    if (status == STATUS_OK)
        status = item_change(invocation->keyring, account->item, &form);
    if (status == STATUS_ABSENT || (status == STATUS_OK && secret->size == 0)) {
        enum status erased = item_erase(invocation->keyring, &otp);
        status = status == STATUS_OK ? erased : status;
    }
    return status;
}

static enum status set_otp_alone(struct invocation *invocation, const struct selection *selection,
                                 const char *how, const struct secret *secret)
{
    int lock = -1, wait = invocation->config.worker_timeout;
    const char *why = NULL;
    deadline_arm(wait + DEADLINE_GRACE_SECONDS, STATUS_BUSY, selection->account->login, NULL, NULL);
    enum status status = state_lock_run(selection->state, wait * 1000, &lock);
    if (status == STATUS_OK) {
        status = set_otp(invocation, selection, how, secret, &why);
        roster_drop(selection->account->environment);
        close(lock);
    } else if (status == STATUS_REFUSED_BY_POLICY) {
        why = STATE_NOTHING_CHANGED;
    }
    if (status != STATUS_OK)
        report(status, selection->account->login, NULL, why);
    return status;
}

int command_account_otp(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    SECRET_AUTO struct secret secret = {0};
    const char *login = invocation->arguments[0];
    const char *how = invocation->options.otp ? invocation->options.otp : "stored";
    bool stored = strcmp(how, "stored") == 0;
    if (invocation->options.qr && !stored)
        return report(STATUS_BAD_INPUT, login, NULL,
                      "--qr stores a secret, and --otp=none and --otp=ask store none");
    enum status status = stored ? secrets_may_store_otp(invocation, login) : STATUS_OK;
    if (status == STATUS_OK)
        status = select_by_login(invocation, login, &selection);
    if (status == STATUS_OK && stored)
        status = read_secret(invocation, login, &secret);
    if (status == STATUS_OK)
        status = set_otp_alone(invocation, &selection, how, &secret);
    if (status == STATUS_OK && stored)
        secrets_warn_of_stored_otp();
    return status_exit_code(status);
}

/* No code is missing: a sign-on needs none. */
static int report_without_codes(const char *login)
{
    char why[STATUS_MESSAGE_MAX];
    status_fill(why, sizeof why,
                "the account signs on without one-time codes (otp=none); \"csolink account otp "
                "{account}\" stores a secret",
                login, NULL);
    return report(STATUS_ABSENT, login, NULL, why);
}

int command_otp(struct invocation *invocation)
{
    SELECTION_AUTO struct selection selection = {0};
    ONE_TIME_CODE_AUTO struct one_time_code code = {0};
    struct progress progress = {0};
    const char *login = invocation->options.account;
    enum status status = login ? select_by_login(invocation, login, &selection)
                               : select_filer(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    if (strcmp(selection.account->otp, "none") == 0)
        return report_without_codes(selection.account->login);
    struct sign_on run = select_sign_on(invocation, &selection, &progress);
    progress_begin(&progress, true);
    status = one_time_code_stored(&run, 0, &code);
    if (status == STATUS_OK)
        status = secrets_print(&code.text);
    int exit_code =
        status == STATUS_OK ? 0 : report(status, selection.account->login, NULL, run.detail);
    g_free(run.detail);
    return exit_code;
}
