# SPDX-License-Identifier: MIT
"""csolink-net's way to the link form, over pages of a court that a test has written down."""

import pytest

from support.answering import COURT, SIGN_ON, begin, paths, serving, worker_at

LOGIN, FRONT = "/cgi-bin/login.pl", "/"
UTILITIES, SCRIPT = "/cgi-bin/DisplayMenu.pl?Utilities", "/cgi-bin/menu.pl?id=-1"
FORM, SUBMIT, CONFIRM = "/cgi-bin/l.pl", "/cgi-bin/s.pl", "/cgi-bin/c.pl"
ENTRY = "Link a CM/ECF account to my PACER account"
SIGN_ON_PAGE = f"https://{SIGN_ON}/csologin/login.jsf?pscCourtId=ALNDC"


def html(body):
    return 200, {}, body


def menu(main="", items=f"<a href='{UTILITIES}'><u>U</u>tilities <div></div></a>", script=SCRIPT):
    return html(f"<script src='{script}'></script><div id=topmenu>{items}"
                f"<a href='/cgi-bin/login.pl?logout'>Log Out</a></div>"
                f"<div id=cmecfMainContent>{main}</div>")


def javascript(body):
    return 200, {"Content-Type": "application/javascript"}, body


SIGNED_OUT = html(f'<script>location.assign("{SIGN_ON_PAGE}");</script>')
NO_ACCESS = html("<p>This user has no access privileges defined.</p>")
LINKED = menu(items="<a href='/cgi-bin/DisplayMenu.pl?CivilEvents'>Civil</a>")
FORM_PAGE = menu(f"<form action={SUBMIT} method=post><input name=a><input type=password name=b>"
                 "<input type=submit value=Submit></form>")


def link_to(address, text=ENTRY):
    return f"<li><a href='{address}'>{text}</a></li>"


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


def check(server, answers):
    begin(server, answers)
    with worker_at(server) as worker:
        return worker.ask("check", token="T" * 128)


def link(server, answers):
    """Checks, which must say "unlinked", and links as far as the form: no filing login is there."""
    begin(server, {LOGIN: menu(), FORM: FORM_PAGE, **answers})
    with worker_at(server, answers={"filing_login": {"answer": "nobody"}}) as worker:
        assert worker.ask("check", token="T" * 128).state == "unlinked"
        reply = worker.ask("link")
        assert reply.sent == "0"
        assert not any("logout" in path.lower() or "%6c" in path.lower() for path in paths(server))
        return reply


def entry_page(*entries, before=""):
    return html(before + "".join(entries))


FILING = "CM/ECF &ndash; Document Filing System"


@pytest.mark.parametrize("front", [
    html("<META HTTP-EQUIV=\"Refresh\" CONTENT=\"1; URL=/cgi-bin/ShowIndex.pl\">"),
    html("<script>window.location.href = \"\\/cgi-bin\\x2fShowIndex\\u002epl\"</script>"),
    html("<body onload=\"top.location.replace('/cgi-bin/ShowIndex.pl')\">"),
    (302, {"Location": "/cgi-bin/ShowIndex.pl"}, ""),
    entry_page(link_to("/in", FILING))],
    ids=["meta", "script", "onload", "redirect", "at once"])
@pytest.mark.parametrize("entry", [
    entry_page(link_to("https://ecf-train.alnd.uscourts.gov/cgi-bin/login.pl", FILING),
               link_to("/cgi-bin/login.pl?logout", FILING), link_to("/in", FILING)),
    entry_page(link_to("https://ecf.almd.uscourts.gov/in", FILING),
               link_to(f"http://{COURT}/in", FILING), link_to(f"https://{COURT}:8443/in", FILING),
               link_to("/in", FILING)),
    entry_page(link_to("/cmecf-train/login", FILING), link_to("/x", "TRAIN Document Filing System"),
               link_to("/CMECF-TR%41IN/x", FILING),
               link_to(f"https://{COURT}/in", "OFFICIAL COURT ELECTRONIC DOCUMENT FILING SYSTEM")),
    entry_page(link_to("in", "LIVE Database - Document&nbsp;Filing\nSystem (NextGen v1.7.1)"),
               link_to("/second", FILING), before=f"<a href='{SIGN_ON_PAGE}'>PACER</a>"),
    entry_page(link_to("../in", "<img src=a.gif alt='Document Filing System'>"),
               before=f"<base href='https://{COURT}/a/b/'><base href='https://evil.example/'>")])
def test_the_front_page_leads_to_the_menu(server, front, entry):
    inside = {path: menu() for path in ("/in", "/cgi-bin/in", "/a/in")}
    reply = check(server, {FRONT: front, "/cgi-bin/ShowIndex.pl": entry, **inside})
    assert (reply.status, reply.state) == ("ok", "unlinked")
    assert len(server.seen) <= 4


@pytest.mark.parametrize("front", [
    html("<script>location = 'https://evil.example/'</script>"),
    html(f"<script>location.replace('http://{COURT}/x')</script>"),
    html(f"<meta http-equiv=refresh content='0;url=https://{COURT}.evil.example/'>"),
    html("<base href='//evil.example/'><meta http-equiv=refresh content='0;url=x'>")])
def test_a_front_page_that_leads_elsewhere_is_refused(server, front):
    assert check(server, {FRONT: front}).status == "refused_by_policy"
    assert paths(server) == [LOGIN, FRONT]


@pytest.mark.parametrize("page", [
    html("<meta http-equiv=refresh content='600;url=/x'>"),
    html("<script>location='/cgi-bin/login.pl?logout'</script>"),
    html("<meta http-equiv=refresh content='0;url=/cgi-bin/login.pl?%6Cogout'>"),
    html("<p>Welcome<script>location='/x'</script>")])
def test_what_a_browser_would_not_follow_at_once_or_logs_out_is_not_followed(server, page):
    assert check(server, {FRONT: page}).status == "page_not_recognised"
    assert paths(server) == [LOGIN, FRONT]


def test_a_redirect_to_log_out_is_refused(server):
    reply = check(server, {LOGIN: (302, {"Location": "/cgi-bin/LOGIN.pl?logout"}, "")})
    assert (reply.status, paths(server)) == ("refused_by_policy", [LOGIN])


@pytest.mark.parametrize("answers", [
    {LOGIN: html("<script>location='/a'</script>"), "/a": html("<script>location='/a'</script>")},
    {LOGIN: html("<meta http-equiv=refresh content='0;url=/a'>"),
     "/a": (302, {"Location": LOGIN}, "")}])
def test_endless_ways_end_in_a_court_error(server, answers):
    assert check(server, answers).status == "court_error"
    assert len(server.seen) <= 13


@pytest.mark.parametrize("page", [SIGNED_OUT, NO_ACCESS, html(
    "<script>location='https:\\/\\/pacer.login.uscourts.gov\\/csologin\\/login.jsf'</script>")],
    ids=["script", "no access", "escapes"])
def test_a_court_that_knows_us_no_more_is_asked_once_again(server, page):
    assert check(server, {LOGIN: [page, menu()]}).state == "unlinked"
    reply = check(server, {LOGIN: page})
    assert (reply.status, reply.state, paths(server)) == ("ok", "signed_out", [LOGIN] * 2)
    for answers in ({UTILITIES: page}, {UTILITIES: menu(link_to(FORM)), FORM: page}):
        reply = link(server, answers)
        assert (reply.status, reply.state) == ("court_error", "signed_out")
        assert reply.questions == []


def test_no_access_on_a_page_with_the_menu_is_not_taken_for_an_offer_that_is_missing(server):
    page = menu("This user has no access privileges defined.")
    assert link(server, {UTILITIES: page}).state == "signed_out"
    assert link(server, {UTILITIES: [page, menu(link_to(FORM))]}).questions != []


@pytest.mark.parametrize("utilities", [
    menu(link_to("l.pl", "Link a\n <u>CM</u>/ECF&nbsp; Account<br>to my PACER Account")),
    menu(link_to(FORM) + link_to(f"https://{COURT}{FORM}", "&gt; " + ENTRY.upper())),
    menu(link_to("/help.pl", "How to link a CM/ECF account to my PACER account") + link_to(FORM)),
    menu(link_to(FORM, "Link my filer account to my PACER account")),
    menu(link_to(FORM, "<img alt='Link my CM / ECF account to my PACER account'>")),
    menu("<form action=l.pl><input type=submit value='Link a CM/ECF account to my PACER account'>"
         "</form><form action=/find><input name=q><input type=submit value=Search></form>"),
    menu(f"<form action=/cgi-bin/l.pl method=post><input type=hidden name=h value=1><button>{ENTRY}"
         "</button></form>"),
    menu(f"<form method=get action=l.pl?old=1><input type=hidden name=h value='a b'>"
         f"<button name=b value=v>{ENTRY}</button></form>")])
def test_the_entry_is_found_in_each_dress(server, utilities):
    reply = link(server, {UTILITIES: utilities, FORM + "?": FORM_PAGE,
                          FORM + "?h=a+b&b=v": FORM_PAGE})
    assert (reply.status, len(reply.questions)) == ("needs_person", 1)
    assert len(server.seen) == 3


def button_to(address):
    return f"<form action={address} method=post><button>{ENTRY}</button></form>"


def item(address, text=ENTRY):
    return f'{{ text: "{text}", url: "{address}" }}'


@pytest.mark.parametrize("first, script", [
    (menu(), f'M = [{item("/q", "Query")}, {item("/cgi-bin/l.pl")}];'),
    (menu(), "M = { 'items': [{ href: 'l.pl', label: '<u>L</u>ink a CM\\/ECF Account&nbsp;to my "
             "PACER account' }] }"),
    (menu(link_to("javascript:go()")), item(FORM)),
    (menu(link_to("#", "Utilities")),
     f'{{ text: "Utilities", submenu: {{ items: [{item(FORM)}] }} }}')])
def test_the_menus_script_is_the_second_source(server, first, script):
    reply = link(server, {UTILITIES: first, SCRIPT: javascript(script)})
    assert (reply.status, paths(server)[2:]) == ("needs_person", [SCRIPT, FORM])


def test_a_menu_bar_without_utilities_is_read_in_its_script(server):
    begin(server, {LOGIN: menu(items="<a href=/q>Query</a>"), FORM: FORM_PAGE,
                   SCRIPT: javascript(item(FORM))})
    with worker_at(server, answers={"filing_login": {"answer": "nobody"}}) as worker:
        worker.ask("check", token="T" * 128)
        assert len(worker.ask("link").questions) == 1
    assert paths(server) == [LOGIN, SCRIPT, FORM]


def test_utilities_under_another_label_is_found_by_its_address(server):
    begin(server, {LOGIN: menu(items=f"<a href='{UTILITIES}'>Services</a>"),
                   UTILITIES: menu(link_to(FORM)), FORM: FORM_PAGE})
    with worker_at(server, answers={"filing_login": {"answer": "nobody"}}) as worker:
        worker.ask("check", token="T" * 128)
        assert len(worker.ask("link").questions) == 1
    assert paths(server) == [LOGIN, UTILITIES, FORM]


@pytest.mark.parametrize("utilities, script, status", [
    (menu(), 'M = [{ text: "Query", url: "/q" }]', "not_offered"),
    (menu(), "", "not_offered"),
    (menu(script="https://evil.example/cgi-bin/menu.pl?id=-1"), item(FORM), "not_offered"),
    (menu(), f'{{ text: "{ENTRY}", onclick: go }}', "page_not_recognised"),
    (menu(), f'add("{ENTRY}", "{FORM}")', "page_not_recognised"),
    (menu(), item(FORM) + item("/cgi-bin/other.pl"), "page_not_recognised"),
    (menu(link_to("data:text/html,x")), "", "page_not_recognised"),
    (menu(link_to(FORM) + link_to("/cgi-bin/other.pl")), "", "page_not_recognised"),
    (menu(button_to("/cgi-bin/other.pl") + button_to(FORM)), "", "page_not_recognised"),
    (html("<p>Maintenance"), "", "page_not_recognised"),
    (menu(link_to("https://evil.example/")), "", "refused_by_policy"),
    (menu(link_to(f"http://{COURT}{FORM}")), "", "refused_by_policy"),
    (menu(link_to(f"//{COURT}.evil.example/")), "", "refused_by_policy"),
    (menu(link_to(f"https://{COURT}:8443{FORM}")), "", "refused_by_policy"),
    (menu(link_to(f"https://someone@{COURT}{FORM}")), "", "refused_by_policy"),
    (menu("<base href='https://evil.example/'>" + link_to("l.pl")), "", "refused_by_policy"),
    (menu(link_to("/cgi-bin/Login.pl?id=1&amp;%4Cogout")), "", "refused_by_policy"),
    (menu(), item("login.pl?logout"), "refused_by_policy"),
    (menu(), item("https://evil.example/"), "refused_by_policy"),
    (menu(f"<form action='https://evil.example/'><button>{ENTRY}</button></form>"), "",
     "refused_by_policy")])
def test_what_is_no_entry_ends_the_way(server, utilities, script, status):
    reply = link(server, {UTILITIES: utilities, SCRIPT: javascript(script)})
    assert (reply.status, reply.state, reply.questions) == (status, "unlinked", [])
    assert FORM not in paths(server)


def confirmation(fields=""):
    return menu("<table><tr><td>CM/ECF name:<td>Jane Doe<tr><td>PACER name:<td>Jane Doe</table>"
                f"<form action={CONFIRM} method=post>{fields}<input type=submit value=Submit>"
                "</form>")


def submit(server, answer, confirmed, afterwards):
    """Links as far as it goes, from the answer to the filing login on; at the end the menu is as
    given. Returns the reply and the paths behind the filing login's submission."""
    begin(server, {LOGIN: menu(), UTILITIES: [menu(link_to(FORM)), afterwards], FORM: FORM_PAGE,
                   SUBMIT: answer, CONFIRM: confirmed})
    with worker_at(server, answers={
            "filing_login": {"answer": "yes", "login": "jdoe", "password": "Invented-Filing7"},
            "names": {"answer": "yes"}}) as worker:
        assert worker.ask("check", token="T" * 128).state == "unlinked"
        reply = worker.ask("link")
    return reply, paths(server)[paths(server).index(SUBMIT) + 1:]


@pytest.mark.parametrize("choice", ["<input type=radio name=c value=1 checked>",
                                    "<input type=checkbox name=c>",
                                    "<select name=c><option>jdoe<option>jroe</select>"])
@pytest.mark.parametrize("afterwards, end", [
    (menu(), ("page_not_recognised", "unlinked")), (LINKED, ("ok", "linked"))],
    ids=["unlinked", "linked"])
def test_a_confirmation_with_a_choice_is_not_submitted_and_the_menu_tells(
        server, choice, afterwards, end):
    reply, after = submit(server, confirmation(choice), html("confirmed"), afterwards)
    assert [question["question"] for question in reply.questions] == ["filing_login"]
    assert (reply.status, reply.state) == end
    assert after == [UTILITIES]


def test_a_failure_behind_the_confirmation_does_not_refuse_the_filing_password(server):
    """The court had taken it when it showed the names."""
    reply, after = submit(server, confirmation(), html("<p>Login attempt failed."), menu())
    assert (reply.status, reply.state) == ("page_not_recognised", "unlinked")
    assert after == [CONFIRM, UTILITIES]
