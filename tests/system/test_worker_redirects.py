# SPDX-License-Identifier: MIT
"""csolink-net against a server that redirects: which redirects it follows, and how far."""

import pytest

from support.answering import COURT, SIGN_ON, begin, paths, serving, worker_at

MENU = ("<script src='/cgi-bin/menu.pl?id=-1'></script><div id=topmenu>"
        "<a href='/cgi-bin/DisplayMenu.pl?Utilities'>Utilities</a>"
        "<a href='/cgi-bin/login.pl?logout'>Log Out</a></div>")


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def check(server):
    """Runs the verb "check" against the server's answers and returns its reply."""
    def ask(answers):
        begin(server, answers)
        with worker_at(server) as worker:
            return worker.ask("check", token="T" * 128)
    return ask


def to(place, code=302):
    return code, {"Location": place}, ""


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize("place", ["/menu", "menu", f"https://{COURT}/menu", f"//{COURT}/menu"])
def test_a_redirect_on_the_same_host_is_followed(check, code, place):
    paths = {"/menu": (200, {}, MENU), "/cgi-bin/menu": (200, {}, MENU)}
    reply = check({"/cgi-bin/login.pl": to(place, code), **paths})
    assert (reply.status, reply.state, reply.requests) == ("ok", "unlinked", "2")


@pytest.mark.parametrize("place", [
    f"http://{COURT}/menu", f"https://{COURT}:8443/menu", "https://evil.example/",
    f"https://{COURT}.evil.example/", f"https://{COURT}@evil.example/", "//evil.example/",
    f"https://{SIGN_ON}/elsewhere", "ftp://evil.example/"])
def test_a_redirect_to_anywhere_else_is_refused(check, place):
    reply = check({"/cgi-bin/login.pl": to(place)})
    assert (reply.status, reply.requests) == ("refused_by_policy", "1")


ENTRY = "<a href=/cgi-bin/l.pl>Link a CM/ECF account to my PACER account</a>"
FORM = ("<form action=/cgi-bin/s.pl method=post><input name=a><input type=password name=b>"
        "<input type=submit value=Submit></form>")


@pytest.mark.parametrize("code", [307, 308])
def test_a_form_is_not_sent_on_to_a_second_place_of_the_court(server, code):
    begin(server, {"/cgi-bin/login.pl": (200, {}, MENU), "/cgi-bin/l.pl": (200, {}, FORM),
                   "/cgi-bin/DisplayMenu.pl?Utilities": (200, {}, ENTRY),
                   "/cgi-bin/s.pl": to("/cgi-bin/t.pl", code)})
    filing = {"answer": "yes", "login": "jdoe", "password": "Invented-Filing7"}
    with worker_at(server, answers={"filing_login": filing}) as worker:
        worker.ask("check", token="T" * 128)
        reply = worker.ask("link")
    assert (reply.status, reply.sent) == ("refused_by_policy", "1")
    assert paths(server).count("/cgi-bin/s.pl") == 1 and "/cgi-bin/t.pl" not in paths(server)


def test_a_redirect_to_the_sign_on_page_means_signed_out(check, server):
    page = f"https://{SIGN_ON}/csologin/login.jsf?pscCourtId=ALNDC"
    reply = check({"/cgi-bin/login.pl": to(page)})
    assert (reply.status, reply.state) == ("ok", "signed_out")
    assert {path for _, path, _ in server.seen} == {"/cgi-bin/login.pl"}


def test_a_refresh_to_log_out_is_not_followed(check, server):
    ends = (200, {}, "<meta http-equiv=refresh content='0;url=/cgi-bin/login.pl?logout'>")
    check({"/cgi-bin/login.pl": ends})
    assert "/cgi-bin/login.pl?logout" not in {path for _, path, _ in server.seen}


def test_requests_say_who_asks_and_whence(check, server):
    check({"/cgi-bin/login.pl": to("/menu"), "/menu": (200, {}, MENU)})
    first, second = (headers for _, _, headers in server.seen)
    assert first["User-Agent"].startswith("csolink/") and first["Referer"] is None
    assert first["Cookie"] == "NextGenCSO=" + "T" * 128
    assert second["Referer"] == f"https://{COURT}/cgi-bin/login.pl"


@pytest.mark.parametrize("cookie, token", [
    ("NextGenCSO=new; domain=.uscourts.gov; path=/; secure", ["new"]),
    ("NextGenCSO=; path=/", []), ("NextGenCSO=two words; path=/", []),
    ("NextGenCSO=deleted; domain=.uscourts.gov; path=/; expires=Thu, 01 Jan 1970 00:00:00 GMT", []),
    ("NextGenCSO=deleted; path=/; max-age=0", []), ("NextGenCSO=new; domain=evil.example", []),
    ("nextgencso=new; path=/", []), ("TS01=x; path=/", [])])
def test_only_a_clean_new_token_is_taken_from_a_cookie(check, cookie, token):
    reply = check({"/cgi-bin/login.pl": (200, {"Set-Cookie": cookie}, MENU)})
    assert (reply.state, reply.tokens) == ("unlinked", token)
