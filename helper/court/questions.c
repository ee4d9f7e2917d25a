/* SPDX-License-Identifier: MIT
 * The sentences of a link step's questions. */
#include "court/questions.h"

#include "court/filing.h"
#include "deadline.h"
#include "prompt/ask.h"
#include "prompt/terminal.h"

bool question_has_person(const struct first_use *use)
{
    return use->by != FIRST_USE_LOGIN && ask_has_person(use->config);
}

static void wait_for_person(const struct first_use *use)
{
    deadline_person(use->config, 1, use->account->login, use->court->id);
}

static enum status ask_her(const struct first_use *use, const char *text)
{
    wait_for_person(use);
    return ask_yes(use->config, text);
}

/* That some courts have no confirmation page: pages of WVSD and of the 4th Circuit. */
char *question_consequences(const struct account *account, const struct court *court,
                            const char *filing_login)
{
    const char *note = filing_login_note(filing_login);
    return g_strdup_printf(
        "filing login %s of %s (%s) will be linked to PACER account %s.\n%s%s"
        "Some courts link as soon as its password is submitted, without showing the names first.\n"
        "The court cannot undo a link.",
        filing_login, court->name, court->id, account->login, note ? note : "", note ? "\n" : "");
}

enum status question_consent(const struct first_use *use, const char *filing_login)
{
    g_autofree char *text = question_consequences(use->account, use->court, filing_login);
    g_autofree char *question = g_strconcat("csolink: ", text, " Link them?", NULL);
    return ask_her(use, question);
}

/* Every page of a court leads to its contact page under this path. */
enum status question_filing_login(const struct first_use *use, struct secret *login)
{
    g_autofree char *prompt =
        g_strdup_printf("%s (%s) asks for the filing login that it issued before NextGen.\n"
                        "If it is not known, the court must reset it: "
                        "https://%s/cgi-bin/CourtInfo.pl?location=main\n"
                        "Filing login for PACER account %s: ",
                        use->court->name, use->court->id, use->court->host, use->account->login);
    wait_for_person(use);
    return ask_line(use->config, prompt, login);
}

enum status question_password(const struct first_use *use, const char *filing_login,
                              struct secret *password)
{
    g_autofree char *prompt = g_strdup_printf(
        "Password of filing login %s at %s (%s), for PACER account %s: ", filing_login,
        use->court->name, use->court->id, use->account->login);
    wait_for_person(use);
    return ask_secret(use->config, prompt, password);
}

enum status question_lower_case(const struct first_use *use, const char *login, const char *lower)
{
    g_autofree char *text = g_strdup_printf(
        "%s (%s) refused filing login %s for PACER account %s. Courts may want it in lower case.\n"
        "It counts as one more try there. The court cannot undo a link.\n"
        "Try %s once, with the same password?",
        use->court->name, use->court->id, login, use->account->login, lower);
    return ask_her(use, text);
}

enum status question_names(const struct first_use *use, const char *filing_login,
                           const char *court_name, const char *pacer_name, const char *what)
{
    g_autofree char *at_court = terminal_escape(court_name),
                    *at_pacer = terminal_escape(pacer_name);
    g_autofree char *text = g_strdup_printf(
        "Linking at %s (%s), filing login %s, PACER account %s:\n"
        "  name at the court: %s\n"
        "  name at PACER:     %s\n"
        "Compared: %s.\n"
        "The court cannot undo a link. Are both the same person, and shall they be linked?",
        use->court->name, use->court->id, filing_login, use->account->login, at_court, at_pacer,
        what ? what : "the names are equal");
    return ask_her(use, text);
}
