/* SPDX-License-Identifier: MIT
 * PACER Central Sign-On accounts: what is stored of them, and which one answers a request. */
#ifndef CSOLINK_ACCOUNT_H
#define CSOLINK_ACCOUNT_H

#include "account/item_form.h"

/* One account; all members are owned by it. item is its keyring item, value not read; NULL in one
 * of the roster. */
struct account {
    char *login, *purpose, *environment;
    char *otp;         /* none, ask or stored */
    char *client_code; /* or NULL */
    struct item *item;
};
void account_free(struct account *account);

/* The form of the account's own item of a kind; its strings are the account's. */
struct item_form account_form(const struct account *account, const char *kind);

/* Is text fit to be a login ID or a filing login? NULL, or a constant reason. */
const char *account_login_fault(const char *login);

/* The same of one that a person writes to be stored or sent: nor is it a word with which advice
 * keeps a login's place open, LOGIN or FILING_LOGIN. */
const char *account_new_login_fault(const char *login);

/* Is text fit to be a client code? They have no blank and no comma since 14 April 2024 (PACER
 * announcement), at most 32 characters. */
const char *account_client_code_fault(const char *code);

/* What is probably wrong with an account of this login, or NULL: one that was not upgraded. PACER's
 * user names from before 11 August 2014 have 6 characters, those of upgraded accounts 8 or more
 * (PACER's questions and answers). */
const char *account_login_note(const char *login);

/* For this run only the account has this client code; NULL or "": the one that it has. NULL, or
 * account_client_code_fault(). */
const char *account_with_client_code(struct account *account, const char *code);

/* Stores another client code with the account; NULL: none. Its tokens are another matter
 * (session/token.h). Statuses of item_change(). */
enum status account_store_client_code(struct keyring *keyring, const struct account *account,
                                      const char *code);

/* All accounts of an environment, newest first; *accounts is a GPtrArray of struct account*, empty
 * where there are none. They are noted in the roster, and advice names one from now on if they are
 * several. Statuses of keyring_search() but ABSENT. */
enum status account_list(struct keyring *keyring, const char *environment, GPtrArray **accounts);

/* What a request says about the account that shall answer. Any member may be NULL. */
struct account_choice {
    const char *named;            /* --account */
    const char *purpose;          /* --purpose */
    const char *unmarked_purpose; /* configuration */
    const char *preferred;        /* $CSOLINK_ACCOUNT */
    const char *configured;       /* configuration: account */
    const char *username;         /* the request's own */
};

/* Chooses by the table of account/choose.h (pure). STATUS_OK: *chosen belongs to accounts.
 * STATUS_ABSENT. STATUS_BAD_INPUT: several could answer; *names, for g_free, lists them. */
enum status account_choose(GPtrArray *accounts, const struct account_choice *choice,
                           struct account **chosen, char **names);

#endif
