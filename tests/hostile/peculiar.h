/* SPDX-License-Identifier: MIT
 * How a host can be peculiar. Each prepares this process; where there is a counterpart, it must be
 * called before the process ends or prints, and says what did not come to bear, or NULL. */
#ifndef CSOLINK_PECULIAR_H
#define CSOLINK_PECULIAR_H

/* --- children and signals --- */
void ignore_children(int unused);
void reap_everything(int unused); /* in a handler of SIGCHLD */
const char *stop_reaping(void);
void start_thief(int unused); /* a thread that takes every exit status */
const char *stop_thief(void);
void start_allocating(int threads); /* each in malloc(3) and free(3) all the time */
const char *stop_allocating(void);
void start_interrupting(int microseconds); /* a signal each time so much has passed */
const char *stop_interrupting(void);

/* --- descriptors and processes --- */
void close_standard_fds(int unused);
const char *reopen_standard_fds(void);
void fill_descriptor_table(int room); /* free places at its end */
const char *empty_descriptor_table(void);
void allow_no_process(int unused); /* as the lawyer, for root has no limit */
const char *allow_processes(void);

/* --- identity --- */
void become_lawyer(int unused);
void become_somebody_else(int unused);
void become_setuid_host(int caller); /* effective user root, real user the caller */
void take_inheritable_capabilities(int unused);
void keep_capabilities_for_ever(int unused); /* SECBIT_NO_SETUID_FIXUP */

/* --- files --- */
void hide_runtime_directories(int unused);

#endif
