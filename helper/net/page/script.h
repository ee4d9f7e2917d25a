/* SPDX-License-Identifier: MIT
 * JavaScript as far as csolink reads it: its tokens and its literal strings (ECMA-262, "Lexical
 * grammar"). Nothing is run. Linear in the size of the text, without recursion. */
#ifndef CSOLINK_NET_SCRIPT_H
#define CSOLINK_NET_SCRIPT_H

#include <stdbool.h>
#include <stddef.h>

enum script_kind {
    SCRIPT_END,
    SCRIPT_NAME,   /* also a keyword or a number */
    SCRIPT_STRING, /* with its quotes; a template only where nothing is put into it */
    SCRIPT_MARK,   /* one mark, a regular expression, or a string without an end */
};

/* Points into the script. */
struct script_token {
    enum script_kind kind;
    const char *text;
    size_t size;
    bool begins_line; /* a line break stands before it */
};

/* Set at and end, leave the rest zero. A copy reads on from the same place. */
struct script {
    const char *at, *end;
    const char *no_expression; /* no regular expression ends before this */
    bool after_value;          /* so that / divides */
};

/* The next token; comments are no tokens. */
struct script_token script_next(struct script *script);

bool script_token_is(const struct script_token *token, const char *text);

/* Reads "literal" + "literal" + … of which *token is the first; *token is then what follows.
 * Returns the text that it means in UTF-8, which the caller frees, or NULL: an escape is malformed,
 * it contains NUL, or memory is out. */
char *script_take_text(struct script *script, struct script_token *token);

#endif
