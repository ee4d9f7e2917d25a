/* SPDX-License-Identifier: MIT
 * Seam 2: the worker conversation, csolink (above) <-> csolink-net (below).
 *
 * Records, each one message, over a SOCK_SEQPACKET socketpair that is csolink-net's fd 0. One
 * worker serves one run: "open" once, then any of the verbs one after another, until csolink closes
 * the socket; then it ends. It never starts by itself and never asks a person.
 *
 * DOWN, csolink to csolink-net
 *
 *   verb=open            where this run may go; anything else ends it with refused_by_policy
 *     sign_on_host=HOST    PACER's sign-on host (Authentication API User Guide, p. 4)
 *     court=ID             the one court, e.g. alnd; absent when only signing on
 *     court_host=HOST      its host, e.g. ecf.alnd.uscourts.gov
 *     court_type=TYPE      district, bankruptcy, appellate or other
 *     ca_file=PATH         trust this file alone; absent: the system's
 *     connect_to[]=SPEC    curl's CURLOPT_CONNECT_TO form; practice environment only
 *     proxy=URL            absent: none, whatever the environment says
 *     connect_timeout=S    seconds for one connection
 *     request_timeout=S    seconds for one request, connection included
 *   verb=authenticate    POST /services/cso-auth once. Step 2
 *     login=, password=, otp_code= (optional), client_code= (optional),
 *     redact=1             only when the person's acknowledgement is recorded
 *   verb=check           is the account linked at the court? Step 3
 *     token=TOKEN
 *     client_code=CODE     optional: for the rest of the run it goes to the court and the sign-on
 *                          host as the cookie PacerClientCode, as the token as NextGenCSO
 *   verb=link            steps 4 to 11, after a check in this run that said "unlinked"
 *     (no fields: the worker asks for what it needs when it needs it)
 *   verb=logout          POST /services/cso-logout
 *     token=TOKEN
 *   answer=WORD          to the question that the worker asked last: yes, no, nobody
 *     login=, password=    with yes to question=filing_login
 *
 * UP, csolink-net to csolink, in the order in which things happen
 *
 *   type=step            for the progress display
 *     step=N, of=11        the number in the court's own link procedure
 *     text=TEXT
 *   type=token           PACER or the court gave a token; the newest counts, keep it
 *     token=TOKEN
 *   type=question        the worker waits for an answer record
 *     question=filing_login   the link form is there (step 6); answer yes with login and password,
 *                             and have "sent" on record before you do
 *     question=names          the confirmation page (step 8); answer yes to submit it
 *       court_name=, pacer_name=   as the court shows them, tags stripped and spaces folded
 *   type=page            the page that was not recognised, scrubbed; several records in a row
 *     line[]=TEXT          its lines; at most PAGE_COPY_MAX bytes over all records
 *   type=result          ends each verb, "open" as well
 *     status=NAME          of csolink/status.h
 *     detail=TEXT          optional: the server's own words, tags stripped, at most 300 characters
 *     sent=0|1             did the password (authenticate) or filing password (link) leave here?
 *     answered=0|1         and did a whole answer to it come back?
 *     date=SECONDS         authenticate: the answer's Date header, Unix time; absent if it had none
 *     result=N             authenticate: PACER's loginResult; absent if it gave none
 *     warning=TEXT         authenticate, status ok: PACER's warning (the guide, p. 13)
 *     state=STATE          check and link: linked, unlinked or signed_out. signed_out: twice in a
 *                          row the court led to the sign-on page or said that the user has no
 *                          access; the token has to be renewed. Absent after a submission of
 *                          which no menu told what came: the court may have linked
 *     linked_now=1         link, status ok: this run's own submission made the filing menus appear
 *     requests=N           HTTP requests of this verb
 *
 * Statuses
 *   authenticate: ok; rejected (loginResult 13, or any result that the guide does not list);
 *     needs_acknowledgement (result 1; detail is PACER's text, up to 1,000 characters)
 *   check: ok with a state; not_nextgen; manual_court (appellate)
 *   link: ok (state=linked); rejected (the same password form came back, or the court's message
 *     refused the filing login and no filing menu appeared); cancelled (names answered
 *     no); needs_person (names answered nobody, or no filing login); neither, and no error of a
 *     submission's answer, where the menu shows that the court has linked all the same: ok,
 *     state=linked; not_offered (no link entry, no filing menu); not_nextgen; page_not_recognised;
 *     court_error with state=signed_out: with sent=0 the whole may be done again with a fresh
 *     token; with sent=1 only the next check tells how things stand
 *   all: offline (no connection); timed_out; tls_failed; court_error (HTTP 5xx, truncated, not
 *     JSON); refused_by_policy (a redirect, form, link or refresh to a foreign host, to
 *     http or to Log Out; a form that would put the filing password into an address);
 *     bad_input (link: the filing login or password has a character that the court's form cannot
 *     send; sent=0); internal */
#ifndef CSOLINK_WORKER_H
#define CSOLINK_WORKER_H

enum { WORKER_STEPS = 11, WORKER_DETAIL_MAX = 300, PAGE_COPY_MAX = 64 * 1024 };

#define WORKER_VERB_OPEN         "open"
#define WORKER_VERB_AUTHENTICATE "authenticate"
#define WORKER_VERB_CHECK        "check"
#define WORKER_VERB_LINK         "link"
#define WORKER_VERB_LOGOUT       "logout"

#define WORKER_TYPE_STEP     "step"
#define WORKER_TYPE_TOKEN    "token"
#define WORKER_TYPE_QUESTION "question"
#define WORKER_TYPE_PAGE     "page"
#define WORKER_TYPE_RESULT   "result"

#define WORKER_QUESTION_FILING_LOGIN "filing_login"
#define WORKER_QUESTION_NAMES        "names"

#define WORKER_ANSWER_YES    "yes"
#define WORKER_ANSWER_NO     "no"
#define WORKER_ANSWER_NOBODY "nobody"

#define WORKER_STATE_LINKED     "linked"
#define WORKER_STATE_UNLINKED   "unlinked"
#define WORKER_STATE_SIGNED_OUT "signed_out"

#endif
