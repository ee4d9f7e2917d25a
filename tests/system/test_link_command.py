# SPDX-License-Identifier: MIT
"""csolink link: which courts it takes, what ends it, what --check asks, and what its words are."""

import json
import re

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.state import State

DISTRICT = "gand"


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer without one-time codes, with a filing login at two courts."""
    filer.set_up_without_codes(csolink, court, COURT, BANKRUPTCY)
    return csolink


def set_key(person, group, key, value):
    """Changes what csolink remembers, as another run would have left it."""
    state = State(person)
    text = state.file.read_text()
    if f"[{group}]" not in text:
        text += f"\n[{group}]\n"
    person.write(state.file, text.replace(f"[{group}]\n", f"[{group}]\n{key}={value}\n"))


def courts_of(csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    return {row["court"]: row for row in account["courts"]}


# --- which courts ---

def test_a_court_named_twice_by_id_and_by_host_runs_once(filing, court):
    result = filing("link", COURT, host(COURT), COURT.upper())
    assert (result.status, result.out) == (0, f"{COURT}: linked, account {LOGIN}\n")
    assert court.state()["link_submissions"][COURT] == 1


def test_an_unknown_court_is_named_and_nothing_is_done(filing, court):
    result = filing("link", COURT, "nowhere")
    assert (result.status, "nowhere" in result.err) == (65, True)
    assert court.state()["requests"] == 0


@pytest.mark.parametrize("arguments", [[], ["--all", COURT], ["--check"]])
def test_link_takes_courts_or_all(filing, court, arguments):
    assert filing("link", *arguments).status == 64
    assert court.state()["requests"] == 0


def test_the_highest_exit_code_of_several_courts_is_the_commands(filing, court):
    court.fault("status", host=host(BANKRUPTCY), code=500)
    result = filing("link", BANKRUPTCY, "ca4", COURT)
    assert result.status == 76
    assert result.out.splitlines()[-1] == "3 courts: 1 linked, 2 failed"
    assert f"{COURT}: linked" in result.out


def test_without_a_filing_login_there_is_nothing_to_link(keyring, court, csolink):
    filer.add_account_without_codes(csolink, court)
    result = csolink("link", "--all")
    assert (result.status, "nothing to link" in result.out) == (0, True)
    assert court.state()["requests"] == 0


# --- what ends a run over several courts ---

def test_a_refused_account_password_ends_the_run(filing, court, secrets):
    secrets.add("Changed-At-Pacer-Gavel7")
    court.world(accounts={LOGIN: {"password": "Changed-At-Pacer-Gavel7"}})
    result = filing("link", "--all")
    assert result.status == 77
    assert "the same command goes on with the other 1" in result.err
    assert result.out == "2 courts: 1 failed, 1 not tried\n"
    assert court.state()["sign_on_requests"] == 1


def test_without_a_network_the_run_ends_at_the_sign_on(filing, court):
    court.stop()
    result = filing("link", "--all")
    assert (result.status, result.out) == (75, "2 courts: 1 failed, 1 not tried\n")
    assert "offline" in result.err


def test_the_limit_of_sign_ons_ends_the_run(filing, court, person):
    person.configure(sign_ons_per_hour="1")
    filing("login")
    court.expire_tokens()
    result = filing("link", "--all")
    assert (result.status, result.out) == (77, "2 courts: 1 failed, 1 not tried\n")
    assert court.state()["sign_on_requests"] == 1


def test_a_missing_code_ends_the_run(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    for name in (COURT, BANKRUPTCY):
        filer.add_filing(csolink, name)
    result = csolink("link", "--all")
    assert (result.status, result.out) == (3, "2 courts: 1 failed, 1 not tried\n")
    assert "needs_code" in result.err


def test_a_court_that_she_said_no_to_is_left_out(filing, court, person):
    set_key(person, f"court {BANKRUPTCY}", "said_no", "true")
    result = filing("link", "--all")
    assert result.status == 0
    assert f"{BANKRUPTCY}: left out" in result.out
    assert result.out.splitlines()[-1] == "2 courts: 1 linked, 1 left out"
    assert BANKRUPTCY not in court.state()["requests_by_host"]


# --- check ---

def test_check_asks_once_submits_nothing_and_corrects_the_state(filing, court):
    filing("login")
    before = court.state()["requests"]
    result = filing("link", "--check", COURT)
    assert (result.status, result.out) == (1, f"{COURT}: not linked, account {LOGIN}\n")
    assert (court.state()["requests"] - before, result.err) == (1, "")
    assert courts_of(filing)[COURT]["state"] == "pending"

    court.world(courts={COURT: {"links": {LOGIN: "jdoe"}}})
    result = filing("link", "--check", COURT)
    assert (result.status, result.out) == (0, f"{COURT}: linked, account {LOGIN}\n")
    assert courts_of(filing)[COURT]["state"] == "linked"
    assert court.state()["link_submissions"][COURT] == 0


def test_a_link_that_the_court_undid_is_found_and_made_again_by_get(filing, court):
    filing("link", COURT)
    court.world(courts={COURT: {"links": {LOGIN: None}}})
    assert filing.get(host(COURT)).err == ""
    assert court.state()["links"] == []
    assert filing("link", "--check", COURT).status == 1
    assert filer.add_filing(filing, COURT).status == 0
    row = courts_of(filing)[COURT]
    assert (row["linked"], row["state"], row["last_status"]) == (False, "pending", None)
    assert filing.get(host(COURT)).err == ""
    assert [link["court"] for link in court.state()["links"]] == [COURT]


def test_a_check_needs_no_filing_login_and_its_failure_is_not_remembered(filing, court):
    court.world(courts={DISTRICT: {}})
    court.fault("status", host=host(DISTRICT), code=500)
    assert filing("link", "--check", DISTRICT).status == 75
    assert DISTRICT not in courts_of(filing)
    court.clear_faults()
    assert filing("link", "--check", DISTRICT).status == 1
    assert courts_of(filing)[DISTRICT]["state"] == "not linked"


def test_check_all_asks_for_the_stored_and_the_used_ones(filing, court):
    filing("link", COURT)
    result = filing("link", "--check", "--all")
    assert result.status == 1
    assert result.out.splitlines() == [
        f"{BANKRUPTCY}: not linked, account {LOGIN}", f"{COURT}: linked, account {LOGIN}",
        "2 courts: 1 linked, 1 not linked"]


def test_a_search_account_never_links(filing):
    password = "Practice-Only!Search-Gavel7"
    filer.add_account(filing, login="search5678", password=password, purpose="search", otp="none")
    for options in ([], ["--check"]):
        result = filing("link", "--account=search5678", *options, COURT)
        assert (result.status, "a search account never links" in result.err) == (1, True)


# --- courts that are linked by hand ---

def test_an_appellate_court_gets_its_steps_and_no_request(filing, court):
    result = filing("link", "ca4")
    assert result.status == 76
    assert re.match(r"csolink: manual_court \(court ca4, .*; take the steps that this command "
                    r"prints\n$", result.err)
    assert "1. Open https://ecf.ca4.uscourts.gov/n/AttorneyFiling/login.jsf\n" in result.out
    assert "Link my filer account to my PACER account" in result.out
    assert "lower case" in result.out
    checked = filing("link", "--check", "ca4")
    assert (checked.out, '"csolink link ca4" prints the steps' in checked.err) == ("", True)
    assert court.state()["requests"] == 0


def test_a_panel_that_shares_its_circuits_host_is_found_by_id_the_circuit_by_host(filing):
    assert "(bap9)" in filing("link", "bap9").out
    assert "/bn/AttorneyFiling/" in filing("link", "bap9").out
    assert "(ca9)" in filing("link", "ecf.ca9.uscourts.gov").out
    assert "ACMS" in filing("link", "ca9").out


def test_a_court_that_is_linked_by_hand_takes_no_filing_login(filing):
    for name in ("ca4", "cit"):
        result = filer.add_filing(filing, name, password="Invented-Cit-Filing7")
        assert (result.status, "will be linked" in result.err) == (76, False)
        assert f'"csolink link {name}" prints the steps' in result.err


def test_the_court_of_international_trade_is_asked_and_never_sent_a_filing_login(filing, court):
    court.world(courts={"cit": {}})
    result = filing("link", "cit")
    assert result.status == 76
    assert "1-866-450-1859" in result.out and "csolink link cit" not in result.err
    assert court.state()["link_submissions"]["cit"] == 0
    requests = court.state()["requests"]
    assert "manual_court" in filing.get(host("cit")).err
    assert court.state()["requests"] == requests
    court.world(courts={"cit": {"links": {LOGIN: "jdoe"}}})
    assert filing("link", "cit").status == 0
