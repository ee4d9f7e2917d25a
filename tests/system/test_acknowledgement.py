# SPDX-License-Identifier: MIT
"""PACER's redaction rules: only a person's typed yes to the text that she saw acknowledges them."""

import hashlib
import re
import time

import pytest

from support import filer
from support.desktop import GNOME, GTK2
from support.filer import COURT, LOGIN, host
from support.other_tool import sign_on
from support.pinentries import Listener
from support.places import PATIENCE

CALLERS = 10


@pytest.fixture
def unacknowledged(keyring, court, csolink):
    """Only the acknowledgement is missing."""
    filer.add_account_without_codes(csolink, court, acknowledge=False)
    assert filer.add_filing(csolink).status == 0
    return csolink


def test_a_yes_in_a_dialog_acknowledges_and_is_kept(unacknowledged, court, desktop, person):
    begun = int(time.time())
    listener = Listener(person)
    link = filer.start_link(unacknowledged, desktop.environment)
    desktop.answer("yes")
    result = unacknowledged.finish(link)
    assert result.status == 0, result.err
    question, = listener.told("SETDESC")
    assert "Social Security" in question and "redaction rules." in question and LOGIN in question
    state, = person.state.rglob("*.state")
    kept = state.read_text().split("[acknowledgement]", 1)[1]
    rules = sign_on(court, redactFlag="")["errorDescription"].strip()
    assert f"text_sha256={hashlib.sha256(rules.encode()).hexdigest()}\n" in kept
    assert f"by={person.name}\n" in kept
    assert begun <= int(re.search(r"^at=(\d+)$", kept, re.M)[1]) <= time.time()


@pytest.mark.parametrize("typed", ["", "no", "y"])
@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_enter_and_any_other_word_acknowledge_nothing(
        unacknowledged, court, desktop, bus, person, pinentry, typed):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = filer.start_link(unacknowledged, desktop.environment)
    desktop.answer(typed)
    result = unacknowledged.finish(link)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err
    state = court.state()
    assert (state["sign_ons"], state["acknowledgements"]) == (0, 0)


def test_ten_processes_ask_once_for_the_acknowledgement_that_she_refuses(
        unacknowledged, court, desktop, person):
    listener = Listener(person)
    callers = filer.start_gets(unacknowledged, CALLERS, desktop.environment)
    desktop.answer("no")
    results = [unacknowledged.finish(caller, prints_secret=True) for caller in callers]
    assert ["needs_acknowledgement" in result.err for result in results] == [True] * CALLERS
    assert "needs_acknowledgement" in unacknowledged.get(host(COURT), env=desktop.environment).err
    assert (listener.count, court.state()["acknowledgements"]) == (1, 0)


def test_a_no_in_a_dialog_can_become_a_yes(unacknowledged, desktop):
    for answer, status in (("no", 3), ("yes", 0)):
        link = filer.start_link(unacknowledged, desktop.environment)
        desktop.answer(answer)
        assert unacknowledged.finish(link).status == status


def test_no_option_and_no_script_acknowledges(unacknowledged, court, csolink):
    with csolink.start("link", COURT) as process:
        process.communicate("yes\n" * 9, timeout=60 * PATIENCE)
        assert process.returncode == 3
    assert court.state()["acknowledgements"] == 0


def test_a_text_that_was_acknowledged_is_not_asked_for_again(unacknowledged, court, desktop,
                                                              person):
    """Another yes to it would change nothing."""
    listener = Listener(person)
    rules = "Practice: rules that no yes satisfies."
    court.fault("login_result", result="1", token="", description=rules)
    link = filer.start_link(unacknowledged, desktop.environment)
    desktop.answer("yes")
    assert unacknowledged.finish(link).status == 3
    assert "needs_acknowledgement" in unacknowledged("link", COURT, env=desktop.environment).err
    assert (listener.count, court.state()["sign_on_requests"]) == (1, 3)


def test_a_text_that_pacer_changed_is_asked_for_in_a_dialog(keyring, court, csolink, desktop,
                                                            person):
    """Also where the flag of the old one was sent."""
    filer.set_up_without_codes(csolink, court)
    listener = Listener(person)
    rules = "Practice: other rules."
    court.fault("login_result", result="1", token="", description=rules, times=1)
    link = filer.start_link(csolink, desktop.environment)
    desktop.answer("yes")
    assert csolink.finish(link).status == 0
    question, = listener.told("SETDESC")
    assert rules in question


def test_a_text_that_no_dialog_can_hold_needs_a_terminal(keyring, court, csolink, desktop):
    filer.add_account_without_codes(csolink, court, acknowledge=False)
    filer.add_filing(csolink)
    court.fault("login_result", result="1", token="", description="Rule. " * 160, times=2)
    result = csolink("link", COURT, env=desktop.environment)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err


def test_a_search_account_never_acknowledges(keyring, court, csolink, desktop, person):
    """Nor is its person asked to, where PACER takes it for a filer's."""
    listener = Listener(person)
    court.world(accounts={LOGIN: {"otp_secret": None}})
    filer.add_account(csolink, purpose="search", otp="none")
    result = csolink("token", f"--account={LOGIN}", env=desktop.environment, prints_secret=True)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err
    state = court.state()
    assert (listener.count, state["sign_on_requests"], state["acknowledgements"]) == (0, 1, 0)


def test_what_a_filer_acknowledged_is_not_sent_for_a_search_account(keyring, court, csolink):
    """It stays on record with the login when the account is removed."""
    filer.add_account_without_codes(csolink, court)
    assert csolink("account", "remove", LOGIN).status == 0
    court.world(accounts={LOGIN: {"filer": False}})
    filer.add_account(csolink, purpose="search", otp="none")
    assert csolink("login").status == 0
    state = court.state()
    assert (state["sign_ons"], state["acknowledgements"]) == (1, 0)
