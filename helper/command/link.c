/* SPDX-License-Identifier: MIT
 * csolink link COURT...: the first use of courts, at a person's word. */
#include "account/environment.h"
#include "command/select.h"
#include "court/first_use.h"

static enum status link_court(struct invocation *invocation, const struct selection *selection,
                              const struct court *court)
{
    /* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): select_court() found every one */
    struct progress progress = {.court = court->id};
    struct first_use use = {.config = &invocation->config,
                            .keyring = invocation->keyring,
                            .account = selection->account,
                            .court = court,
                            .state = selection->state,
                            .progress = &progress,
                            .by = FIRST_USE_LINK};
    progress_begin(&progress, invocation->options.progress);
    enum status status = first_use(&use);
    if (status == STATUS_OK)
        g_print("%s: linked, account %s\n", court->id, selection->account->login);
    else if (status == STATUS_REJECTED && use.filing_refused)
        report_filing_refused(selection->account->login, court->id, use.detail);
    else
        report(status, selection->account->login, court->id, use.detail);
    g_free(use.detail);
    return status;
}

int command_link(struct invocation *invocation)
{
    DIRECTORY_AUTO struct directory *directory = NULL;
    SELECTION_AUTO struct selection selection = {0};
    g_autofree const struct court **courts = g_new0(const struct court *, (gsize)invocation->count);
    enum status status = select_directory(&directory), worst = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < invocation->count; i++)
        status = select_court(directory, invocation->arguments[i], &courts[i]);
    if (status == STATUS_OK && !environment_by_name(invocation_environment(invocation))->has_courts)
        return report(STATUS_REFUSED_BY_POLICY, NULL, invocation->arguments[0],
                      "the courts of the directory do not belong to this environment");
    if (status == STATUS_OK)
        status = select_filer(invocation, &selection);
    if (status != STATUS_OK)
        return status_exit_code(status);
    for (int i = 0; i < invocation->count; i++) {
        status = link_court(invocation, &selection, courts[i]);
        if (worst == STATUS_OK)
            worst = status;
    }
    return status_exit_code(worst);
}
