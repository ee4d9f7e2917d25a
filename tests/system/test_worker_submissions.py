# SPDX-License-Identifier: MIT
"""csolink-net's two submissions: what it makes of their answers, over pages that a test wrote."""

import pytest

from support.answering import begin, paths, serving, worker_at

LOGIN, MENU, FORM = "/cgi-bin/login.pl", "/cgi-bin/DisplayMenu.pl?Utilities", "/cgi-bin/l.pl"
SAYS = "/cgi-bin/says.pl?from=/cgi-bin/iquery.pl"
SUBMIT, CONFIRM = "/cgi-bin/s.pl", "/cgi-bin/c.pl"
FILING = {"answer": "yes", "login": "jdoe", "password": "Invented-Filing7"}
NAMES = "<table><tr><td>CM/ECF name<td>Jane Doe<tr><td>PACER name<td>Jane Doe</table>"


def page(main="", filing=False):
    item = "<a href='/cgi-bin/DisplayMenu.pl?CivilEvents'>Civil</a>" if filing else ""
    return 200, {}, (f"<script src='/cgi-bin/menu.pl?id={5934242 if filing else -1}'></script>"
                     f"<div id=topmenu>{item}<a href='{MENU}'>Utilities</a>"
                     "<a href='/cgi-bin/login.pl?logout'>Log Out</a></div>"
                     f"<div id=cmecfMainContent>{main}</div>")


def form(action, main, method="post", filing=False):
    return page(f"<form action={action} method={method}>{main}<input type=submit value=Submit>"
                "</form>", filing)


ENTRY = page(f"<a href={FORM}>Link a CM/ECF account to my PACER account</a>")
LOGIN_FIELDS = "<input name=a><input type=password name=b>"
LOGIN_FORM = form(SUBMIT, LOGIN_FIELDS)
CONFIRMATION = form(CONFIRM, NAMES)
LINKED = page(filing=True)
AWAY = 302, {"Location": "https://evil.example/"}, ""
REFRESH_AWAY = 200, {}, "<meta http-equiv=refresh content='0;url=https://evil.example/'>"
BROKEN = 500, {}, ""
DIES = None


def to(place):
    return 302, {"Location": place}, ""


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def link(server, menu, answers=()):
    """Links; menu: the Utilities page after the entry was read."""
    begin(server, {LOGIN: page(), MENU: [ENTRY, menu], FORM: LOGIN_FORM, SUBMIT: CONFIRMATION,
                   CONFIRM: page("Done"), **dict(answers)})
    with worker_at(server, answers={"filing_login": FILING,
                                    "names": {"answer": "yes"}}) as worker:
        assert worker.ask("check", token="T" * 128).state == "unlinked"
        return worker.ask("link")


def sent(server, path):
    return paths(server).count(path)


@pytest.mark.parametrize("place", [MENU, "/cgi-bin/iquery.pl", LOGIN])
def test_a_redirect_to_a_page_of_the_menu_with_the_filing_menus_is_the_check(server, place):
    begin_with = {"/cgi-bin/iquery.pl": LINKED, LOGIN: [page(), LINKED], CONFIRM: to(place)}
    reply = link(server, LINKED, begin_with)
    assert (reply.status, reply.state, len(server.seen)) == ("ok", "linked", 6)


@pytest.mark.parametrize("answers", [
    {SUBMIT: form(CONFIRM, "Is that so?", filing=True)},
    {SUBMIT: (302, {"Location": "/cgi-bin/asks.pl"}, ""),
     "/cgi-bin/asks.pl": form(CONFIRM, "Is that so?", filing=True)},
    {SUBMIT: page("Done", filing=True)}, {CONFIRM: page("Done", filing=True)},
    {CONFIRM: to(SAYS), SAYS: page("Not linked.", filing=True)},
    {CONFIRM: to(FORM), FORM: [LOGIN_FORM, form(SUBMIT, LOGIN_FIELDS, filing=True)]}],
    ids=["a form without names", "the same behind a redirect", "a message", "after both names",
         "a message behind a redirect", "the form again behind a redirect"])
def test_filing_menus_around_the_answer_to_a_form_prove_nothing(server, answers):
    reply = link(server, page(), answers)
    assert (reply.status, reply.state, reply.linked_now) == ("page_not_recognised", "unlinked",
                                                            None)


@pytest.mark.parametrize("stage", [SUBMIT, CONFIRM])
@pytest.mark.parametrize("answer, status", [
    (AWAY, "refused_by_policy"), (REFRESH_AWAY, "refused_by_policy"), (BROKEN, "court_error")],
    ids=["redirect", "refresh", "500"])
def test_the_menu_tells_what_a_submission_came_to_whose_answer_failed(server, stage, answer,
                                                                      status):
    reply = link(server, LINKED, {stage: answer})
    assert (reply.status, reply.state, reply.linked_now) == ("ok", "linked", "1")
    reply = link(server, page(), {stage: answer})
    assert (reply.status, reply.state, reply.sent) == (status, "unlinked", "1")
    assert sent(server, MENU) == 2
    reply = link(server, BROKEN, {stage: answer})
    assert (reply.status, reply.state, reply.sent) == (status, None, "1")


def test_no_state_is_told_where_the_menu_after_a_submission_was_not_read(server):
    reply = link(server, BROKEN)
    assert (reply.status, reply.state, reply.sent) == ("court_error", None, "1")


@pytest.mark.parametrize("again", [
    LOGIN_FORM, form(SUBMIT, "You are linked. Link another one: " + LOGIN_FIELDS),
    form(SUBMIT, LOGIN_FIELDS, filing=True)], ids=["the same", "a success above it", "its menus"])
def test_the_password_form_again_is_a_refusal_unless_the_menu_has_the_filing_menus(server, again):
    reply = link(server, LINKED, {SUBMIT: again})
    assert (reply.status, reply.state, reply.linked_now) == ("ok", "linked", "1")
    reply = link(server, page(), {SUBMIT: again})
    assert (reply.status, reply.state, reply.linked_now) == ("rejected", "unlinked", None)
    reply = link(server, BROKEN, {SUBMIT: again})
    assert (reply.status, reply.state, reply.linked_now) == ("rejected", None, None)


def test_the_old_login_form_behind_a_submission_is_not_told_as_if_nothing_had_been_sent(server):
    old = f"<form action={CONFIRM} method=post>{NAMES}<input type=submit></form><form name=GetPass>"
    reply = link(server, page(), {SUBMIT: (200, {}, old + "</form>")})
    assert (reply.status, reply.sent) == ("page_not_recognised", "1")
    assert sent(server, CONFIRM) == 1


@pytest.mark.parametrize("fields", ["", "<input type=hidden name=h value=1>"])
def test_a_confirmation_whose_connection_dies_leaves_once(server, fields):
    confirmation = page(f"<form action={CONFIRM} method=post>{NAMES}{fields}"
                        "<input type=submit></form>")
    reply = link(server, page(), {SUBMIT: confirmation, CONFIRM: DIES})
    assert (reply.status, reply.state, sent(server, CONFIRM)) == ("court_error", "unlinked", 1)
    assert reply.detail == "the connection broke off before an answer"
