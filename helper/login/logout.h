/* SPDX-License-Identifier: MIT
 * What is done behind a login does not outlast it for long. */
#ifndef CSOLINK_LOGOUT_H
#define CSOLINK_LOGOUT_H

/* From now on the end of the login session, or of the session bus, ends this process ten seconds
 * later, whatever it is doing: logind leaves a session's processes alone by default, and one that
 * stays keeps the user's runtime directory, with the token in it. A run that is cut off loses
 * nothing; the next use finds out how far it got. */
void logout_bounds_process(void);

#endif
