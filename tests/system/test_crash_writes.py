# SPDX-License-Identifier: MIT
"""kill -9 before each sync and rename: the record never knows less than PACER and the court."""

import json
import signal
import subprocess

import pytest

from support import filer
from support.filer import BANKRUPTCY, LOGIN
from support.places import PROGRAMS, SANITIZERS, VALGRIND
from support.state import State

pytestmark = pytest.mark.skipif(bool(SANITIZERS or VALGRIND),
                                reason="strace and a memory checker trace the same process")
WRONG = "Wrong-Invented-Secret5"
NEW = "New-Invented-Secret6"
# A write that is not renamed yet, or was appended, is one of these crashes too.
CALLS = ["fsync", "fdatasync", "renameat"]
LEAST_CRASHES, MOST_CALLS = 12, 50


def killed_at(person, call, number, *arguments):
    """Runs csolink, which is killed before such a call; whether it came to that."""
    with person.popen(["strace", "-qq", "-o", "/dev/null", "-e", f"trace={call}", "-e",
                       f"inject={call}:signal=KILL:when={number}", PROGRAMS / "csolink",
                       *arguments], stdout=subprocess.DEVNULL,
                      stderr=subprocess.DEVNULL) as process:
        return process.wait(60) == -signal.SIGKILL


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    secrets.add(WRONG, NEW)
    return csolink


def sign_ons_told(csolink):
    rows = json.loads(csolink("history", "--json").out)
    return [row for row in rows if row["operation"] == "sign-on" and row["sent"] is not False]


def crash_everywhere(person, court, bring_back=lambda: None):
    """Each crash on its own, from the same beginning; yields after each."""
    state, crashes = State(person), 0
    state.keep()
    for call in CALLS:
        for number in range(1, MOST_CALLS):
            state.bring_back()
            bring_back()
            for token in person.tokens.glob("*"):
                token.unlink()
            court.reset()
            court.world(accounts={LOGIN: {"otp_secret": None}})
            if not killed_at(person, call, number, "link", BANKRUPTCY):
                break
            crashes += 1
            yield state
    assert crashes >= LEAST_CRASHES


def test_a_wrong_password_goes_out_twice_at_most_wherever_csolink_dies(
        filing, court, person):
    filer.add_account_without_codes(filing, court, password=WRONG)
    for state in crash_everywhere(person, court):
        sent = court.state()["sign_on_requests"]
        assert sent <= len(state.sign_ons()) and sent <= len(sign_ons_told(filing))
        for _ in range(2):
            result = filing("link", BANKRUPTCY)
        assert "rejected" in result.err
        assert filing.get("pacer.login.uscourts.gov").out == "quit=1\n\n"
        assert court.state()["sign_on_requests"] <= 2


def test_a_right_password_survives_a_crash_at_any_write(filing, court, person):
    filer.add_account_without_codes(filing, court)
    for state in crash_everywhere(person, court):
        sent = court.state()["sign_on_requests"]
        assert sent <= len(state.sign_ons()) and sent <= len(sign_ons_told(filing))
        result = filing("link", BANKRUPTCY)
        assert "needs_person" in result.err, result.err  # of the court: there is no filing login
        assert filing.get("pacer.login.uscourts.gov").fields["username"] == LOGIN
        assert court.state()["sign_on_requests"] <= 2


def test_a_wrong_filing_password_goes_out_twice_at_most_wherever_csolink_dies(
        filing, court, keyring, person):
    filer.add_account_without_codes(filing, court)
    assert filer.add_filing(filing, BANKRUPTCY, password=WRONG).status == 0
    keyring.keep()
    for state in crash_everywhere(person, court, keyring.bring_back):
        if court.state()["link_submissions"][BANKRUPTCY]:
            assert f"[filing {BANKRUPTCY}]" in state.file.read_text()
        for _ in range(2):
            assert "rejected" in filing("link", BANKRUPTCY).err
        assert court.state()["link_submissions"][BANKRUPTCY] <= 2


def test_a_link_that_was_made_is_not_made_again_wherever_csolink_dies(
        filing, court, keyring, person):
    filer.add_account_without_codes(filing, court)
    assert filer.add_filing(filing, BANKRUPTCY).status == 0
    keyring.keep()
    for _ in crash_everywhere(person, court, keyring.bring_back):
        killed = court.state()
        result = filing("link", BANKRUPTCY)
        assert (result.status, result.err) == (0, "")
        state = court.state()
        again = state["link_submissions"][BANKRUPTCY] - killed["link_submissions"][BANKRUPTCY]
        assert (again, len(state["links"]), state["violations"]) == (
            int(not killed["links"]), 1, [])


PENDING = {"refused": (filer.ACCOUNT["password"], WRONG),
           "accepted": (WRONG, filer.ACCOUNT["password"])}


@pytest.mark.parametrize("current, pending", PENDING.values(), ids=PENDING)
def test_the_right_one_of_a_current_and_a_pending_password_survives_a_crash_at_any_write(
        filing, court, keyring, person, current, pending):
    filer.add_account_without_codes(filing, court, password=current)
    person.configure(connect_to="::127.0.0.1:1")
    assert filing("account", "password", LOGIN, input=f"password={pending}\n").status == 0
    person.configure(connect_to=court.connect_to)
    keyring.keep()
    for _ in crash_everywhere(person, court, keyring.bring_back):
        for _ in range(2):
            result = filing("link", BANKRUPTCY)
        assert "needs_person" in result.err, result.err
        handed_out = filing.get("pacer.login.uscourts.gov").fields["password"]
        assert handed_out == filer.ACCOUNT["password"]
        assert court.state()["sign_on_requests"] <= 3
