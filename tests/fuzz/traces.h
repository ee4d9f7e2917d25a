/* SPDX-License-Identifier: MIT
 * What must not remain of a call in the host: open descriptors, mapped pages, and secrets in memory
 * that was given back. */
#ifndef CSOLINK_FUZZ_TRACES_H
#define CSOLINK_FUZZ_TRACES_H

/* Looks at what is open and mapped. */
void traces_begin(void);

/* Checks that the same is, and nothing else. */
void traces_check(void);

#endif
