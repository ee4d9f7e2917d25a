# SPDX-License-Identifier: MIT
"""The first use of a court: signed on once, linked once, and never asked again."""

import configparser
import json
import re
import time

import pytest

from support import filer
from support.court import Court
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import PATIENCE, PROGRAMS

CREDENTIAL = {"username": LOGIN, "password": filer.ACCOUNT["password"]}


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer whose account and filing login are stored; the court has not seen her yet."""
    filer.set_up(csolink, COURT)
    return csolink


def linked(state):
    return [(link["court"], link["account"], link["filing_login"]) for link in state["links"]]


@pytest.mark.parametrize("where", [COURT, BANKRUPTCY])
def test_first_get_links_and_the_second_asks_nobody(keyring, court, csolink, where):
    filer.set_up(csolink, where)
    result = csolink.get(host(where))
    assert (result.status, result.fields, result.err) == (0, CREDENTIAL, "")
    state = court.state()
    assert linked(state) == [(where, LOGIN, "jdoe")]
    assert (state["sign_on_requests"], state["link_submissions"][where]) == (1, 1)
    assert state["violations"] == []
    again = csolink.get(host(where))
    assert (again.status, again.fields, again.err) == (0, CREDENTIAL, "")
    assert court.state()["requests"] == state["requests"]


@pytest.mark.parametrize("seed", range(20))
def test_both_courts_link_whatever_their_paths_and_fields_are_called(
        keyring, court, csolink, person, seed):
    court.stop()
    other = Court(seed)
    try:
        other.introduce_to(person)
        filer.set_up(csolink, COURT, BANKRUPTCY)
        for where in (COURT, BANKRUPTCY):
            assert csolink.get(host(where)).err == ""
        requests = other.state()["requests"]
        for where in (COURT, BANKRUPTCY):
            assert csolink.get(host(where)).fields == CREDENTIAL
        state = other.state()
        assert (len(state["links"]), state["violations"]) == (2, [])
        assert (state["sign_on_requests"], state["requests"]) == (1, requests)
    finally:
        other.stop()


def test_a_cold_link_takes_seven_requests_on_a_connection_a_host(filing, court):
    filing.get(host(COURT))
    assert court.state()["requests"] <= 7
    assert court.state()["connections"] == 2


def test_git_fills_and_shows_the_steps_on_a_terminal(filing, court):
    with filing.git_credential("fill", host(COURT), terminal=True) as terminal:
        for step in (2, 3, 4, 5, 6, 7, 8, 9, 10, 11):
            terminal.expect(rf"{COURT} +\[=+> *\] +{step}/11|PACER +\[=+> *\] +{step}/11")
        assert terminal.wait() == 0
        assert f"password={filer.ACCOUNT['password']}" in terminal.out
    assert linked(court.state()) == [(COURT, LOGIN, "jdoe")]


def test_two_courts_need_one_sign_on(keyring, court, csolink):
    filer.set_up(csolink, COURT, BANKRUPTCY)
    result = csolink("link", COURT, BANKRUPTCY)
    assert result.status == 0, result.err
    assert court.state()["sign_on_requests"] == 1
    assert len(court.state()["links"]) == 2


def test_an_account_that_the_court_has_linked_is_found_linked(filing, court):
    court.world(courts={COURT: {"links": {LOGIN: "jdoe"}}})
    assert filing.get(host(COURT)).fields == CREDENTIAL
    assert court.state()["link_submissions"][COURT] == 0
    assert "linked" in filing("status").out


@pytest.mark.parametrize("action", ["approve", "reject"])
@pytest.mark.parametrize("where", [host(COURT), "pacer.login.uscourts.gov"])
@pytest.mark.parametrize("password", [filer.ACCOUNT["password"], "Another-Password9"],
                         ids=["hers", "another"])
def test_approve_and_reject_change_nothing(filing, keyring, action, where, password):
    before = keyring.items()
    result = filing.git_credential(action, where, username=LOGIN, password=password)
    assert result.status == 0
    assert keyring.items() == before
    assert keyring.lookup(kind="account", account=LOGIN) == filer.ACCOUNT["password"]


def test_the_filing_login_leaves_the_keyring_when_it_is_linked(filing, keyring):
    assert "jdoe" in filing("filing", "list").out
    filing.get(host(COURT))
    assert filing("filing", "list").out == ""


def test_policy_keeps_the_filing_login(filing, person):
    person.configure(keep_filing_login="true")
    filing.get(host(COURT))
    assert "jdoe" in filing("filing", "list").out


def test_a_filing_login_that_was_not_used_stays(filing, court):
    court.world(courts={COURT: {"links": {LOGIN: "jdoe"}}})
    filing.get(host(COURT))
    assert "jdoe" in filing("filing", "list").out


def test_different_names_need_a_persons_yes(filing, court):
    court.world(accounts={LOGIN: {"name": "John Roe"}})
    result = filing.get(host(COURT))
    assert (result.status, result.fields) == (0, CREDENTIAL)
    assert "needs_person" in result.err
    assert court.state()["confirmations"][COURT] == 0
    with filing.terminal("link", COURT) as terminal:
        terminal.expect("name at the court: +Jane Q. Doe")
        terminal.expect("name at PACER: +John Roe")
        terminal.expect(r"yes/no")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text
    assert linked(court.state()) == [(COURT, LOGIN, "jdoe")]


def test_a_filing_login_without_her_recorded_consent_is_not_typed_into_a_form(
        filing, court, person):
    """What a crash between the keyring and the state leaves behind."""
    for state in person.state.rglob("*.state"):
        person.write(state, re.sub(r"\[consent alnd\]\n(.+\n)+", "", state.read_text()))
    result = filing.get(host(COURT))
    assert (result.fields, "needs_person" in result.err) == (CREDENTIAL, True)
    assert court.state()["link_submissions"][COURT] == 0


def test_the_consent_tells_who_gave_it_for_what(filing, person):
    state, = person.state.rglob("*.state")
    consent = configparser.ConfigParser()
    consent.read_string(state.read_text())
    assert consent["consent alnd"]["filing_login"] == "jdoe"
    assert consent["consent alnd"]["by"] == person.name
    assert abs(int(consent["consent alnd"]["at"]) - time.time()) < 600


def test_confirm_always_asks_although_the_names_are_equal(filing, person, court):
    person.configure(confirm="always")
    assert "needs_person" in filing.get(host(COURT)).err
    assert court.state()["link_submissions"][COURT] == 0
    with filing.terminal("link", COURT) as terminal:
        terminal.expect(r"cannot undo a link. Link them\? .yes/no")
        terminal.type("yes")
        terminal.expect(r"same person.*\n?.*yes/no")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text


def test_one_answer_that_was_pasted_twice_answers_one_question(filing, person, court):
    person.configure(confirm="always")
    with filing.terminal("link", COURT) as terminal:
        terminal.expect(r"cannot undo a link. Link them\? .yes/no")
        terminal.type("yes\nyes")
        terminal.expect(r"same person.*\n?.*yes/no\) ")
        assert court.state()["confirmations"][COURT] == 0
        terminal.type("no")
        assert terminal.wait() == 3
    assert court.state()["confirmations"][COURT] == 0


def test_a_filing_login_of_another_account_is_not_linked_when_it_is_typed(filing, court, secrets):
    password = "Other-Invented-Secret4"
    secrets.add(password)
    court.world(accounts={"other5678": {
        "password": password, "otp_secret": None, "filer": True, "redaction_required": False,
        "name": "Jane Q. Doe"}})
    filer.add_account(filing, login="other5678", password=password, otp="none", acknowledge=False)
    with filing.terminal("link", "--account=other5678", COURT) as terminal:
        terminal.expect("Filing login for PACER account other5678")
        terminal.type("jdoe")
        terminal.expect(f"belongs to account {LOGIN}")
        assert terminal.wait() == 3
    assert court.state()["link_submissions"][COURT] == 0


def test_a_run_cannot_be_stopped_while_it_holds_the_lock(filing, person):
    """Ctrl-Z: a shell with job control, for the kernel stops no orphan."""
    person.configure(confirm="always", worker_timeout=5 * PATIENCE)
    with filing.shell() as terminal:
        terminal.type(f"PATH={PROGRAMS}; csolink link {COURT}; echo ended=$?")  # without yes(1)
        terminal.expect(r"cannot undo a link. Link them\? .yes/no")
        terminal.press("Z")
        terminal.type("yes")
        terminal.expect(r"same person.*\n?.*yes/no\) ")
        terminal.type("yes")
        terminal.expect("ended=0")


def test_nobody_is_asked_from_the_background(filing, person, court):
    """Another program has the terminal then, and would get what is typed."""
    person.configure(confirm="always")
    with filing.shell() as terminal:
        terminal.type(f"PATH={PROGRAMS}:$PATH; csolink link {COURT} & wait $!; echo ended=$?")
        terminal.expect("needs_person")
        terminal.expect("ended=3")
        assert "yes/no" not in terminal.text
    assert court.state()["link_submissions"][COURT] == 0


def test_nobody_is_asked_where_git_says_so(filing, person, court):
    person.configure(confirm="always")
    with filing.terminal("link", COURT, env={"GIT_TERMINAL_PROMPT": "0"}) as terminal:
        assert terminal.wait() == 3
        assert "needs_person" in terminal.text and "yes/no" not in terminal.text
    assert court.state()["link_submissions"][COURT] == 0


def test_without_a_filing_login_the_person_is_asked_once(keyring, court, csolink):
    filer.add_account(csolink)
    assert "needs_person" in csolink.get(host(COURT)).err
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect("Filing login for PACER account")
        terminal.type("jdoe")
        terminal.expect("Password of filing login jdoe at .*alnd.*: ")
        assert not terminal.echoes
        terminal.type(filer.filing_password(COURT))
        terminal.expect("cannot undo a link")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text
    assert linked(court.state()) == [(COURT, LOGIN, "jdoe")]


def test_a_court_without_a_confirmation_page_is_linked_at_step_seven(filing, court):
    court.fault("no_confirmation")
    assert filing.get(host(COURT)).err == ""
    assert linked(court.state()) == [(COURT, LOGIN, "jdoe")]


def test_status_tells_what_is_linked(filing):
    filing.get(host(COURT))
    status = json.loads(filing("status", "--json").out)
    assert status["keyring"] == "ok"
    account, = status["accounts"]
    row, = account["courts"]
    assert (account["account"], row["court"], row["linked"], row["last_status"]) == (
        LOGIN, COURT, True, "ok")


def test_a_page_that_is_not_recognised_is_kept_without_what_is_hers(filing, court, person):
    court.fault("names", name=f"Jane Q. Doe <jdoe@{LOGIN}.example>")
    result = filing("link", COURT)
    assert result.status == 76
    copy, = person.state.rglob("*.page.html")
    assert f"~/{copy.relative_to(person.home)}" in result.err
    assert copy.stat().st_mode & 0o777 == 0o600
    text = copy.read_text()
    assert "<form" in text
    assert not [word for word in ("Jane", "Doe", LOGIN, "jdoe") if word in text]


def test_a_court_that_is_down_is_offline_and_the_credential_is_printed(filing, court):
    court.stop()
    result = filing.get(host(COURT))
    assert (result.status, result.fields) == (0, CREDENTIAL)
    assert "offline" in result.err
    assert filing("link", COURT).status == 75


def test_a_filer_who_did_not_acknowledge_is_told_so(keyring, court, csolink):
    filer.add_account_without_codes(csolink, court, acknowledge=False)
    result = csolink.get(host(COURT))
    assert (result.status, result.fields) == (0, CREDENTIAL)
    assert "needs_acknowledgement" in result.err
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect(r"acknowledge this for account jdoe1234\? .yes/no")
        terminal.type("no")
        assert terminal.wait() == 3
    assert court.state()["sign_ons"] == 0
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect(r"acknowledge this for account jdoe1234\? .yes/no")
        terminal.type("yes")
        terminal.expect("Filing login")
    assert court.state()["sign_ons"] == 1


def test_rules_that_pacer_changed_are_shown_again(keyring, court, csolink):
    filer.set_up_without_codes(csolink, court)
    rules = "Practice: other rules."
    court.fault("login_result", result="1", token="", description=rules, times=2)
    assert "needs_acknowledgement" in csolink.get(host(COURT)).err
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect(re.escape(rules))
        terminal.expect("yes/no")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text


def test_account_add_shows_the_words_that_pacer_shows(keyring, court, csolink):
    court.world(accounts={LOGIN: {"otp_secret": None}})
    shown = []
    for arguments in (["account", "add", "--purpose=file", "--otp=none", LOGIN], ["link", COURT]):
        with csolink.terminal(*arguments,
                              input=f"password={filer.ACCOUNT['password']}\n") as terminal:
            shown.append(terminal.expect(r"(?s)PACER asks every filer:(.*)Do you, ")[1])
            terminal.expect("yes/no")
            terminal.type("no")
            terminal.wait()
    assert shown[0] == shown[1]
    assert "Fed. R. Crim. P. 49.1" in shown[0]


def test_a_search_account_is_never_signed_on_or_linked(keyring, court, csolink):
    filer.add_account(csolink, purpose="search", otp="none")
    assert csolink.get(host(COURT)).fields == CREDENTIAL
    assert court.state()["requests"] == 0


def test_the_sign_on_host_gets_the_account(keyring, court, csolink):
    filer.add_account(csolink)
    assert csolink.get("pacer.login.uscourts.gov").fields == CREDENTIAL
    assert court.state()["requests"] == 0


@pytest.mark.parametrize("request_text", [
    "protocol=http\nhost=ecf.alnd.uscourts.gov\n\n",
    "protocol=https\nhost=ecf.alnd.uscourts.gov:8443\n\n",
])
def test_a_court_gets_https_without_a_port_only(filing, court, request_text):
    result = filing("get", input=request_text)
    assert (result.status, result.out) == (77, "quit=1\n\n")
    assert court.state()["requests"] == 0


def test_an_appellate_court_is_linked_by_hand(keyring, court, csolink):
    filer.add_account(csolink)
    result = csolink.get("ecf.ca11.uscourts.gov")
    assert result.fields == CREDENTIAL
    assert "manual_court" in result.err
    assert court.state()["requests"] == 0
