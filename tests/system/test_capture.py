# SPDX-License-Identifier: MIT
"""A login password that PAM captured: pending beside the one that works, and never more by itself.
"""

import re
import time

import pytest

from support import filer
from support.background import ask, background_of, wait_for, wait_for_end, wait_for_waiter
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.memory import flags_where
from support.places import PATIENCE, SANITIZERS

pytestmark = pytest.mark.pam
CURRENT = filer.ACCOUNT["password"]
CAPTURED = "Invented-Workstation-Password7"
OTHER = "other5678"
DAY_SECONDS = 24 * 3600
WAIT_SECONDS = 60


@pytest.fixture
def lawyer(keyring, court, csolink, secrets):
    """Who has a file account; one-time codes are off."""
    secrets.add(CAPTURED)
    filer.add_account_without_codes(csolink, court)
    return csolink


@pytest.fixture
def firm(login, court, csolink):
    """The same at a firm whose login password is to be PACER's: her keyring, once logged in."""
    login.stack()
    assert login().returncode == 0
    keyring = login.start_desktop()
    filer.add_account_without_codes(csolink, court)
    login.stack(auth="auth optional pam_csolink.so capture")
    return keyring


def capture(person, secret, **fields):
    """A captured password, and all that csolink does with it."""
    assert ask(person, "capture", secret=secret, **fields) == {"status": "ok"}
    wait_for_end(person)


def pending(keyring, login=LOGIN):
    """The pending password of the account, or None."""
    kept = [item["attributes"].get("account") for item in keyring.items()
            if item["attributes"].get("kind") == "pending"]
    return keyring.lookup(kind="pending", account=login) if login in kept else None


def written(person):
    """All that is kept of hers: keyring and state, with the times of their last writing."""
    folders = [person.home / ".local/share/keyrings", person.state]
    return {path: (path.stat().st_mtime_ns, path.read_bytes())
            for folder in folders for path in folder.rglob("*") if path.is_file()}


def a_day_passes(person):
    """As the state of her account sees it."""
    state = person.state / f"practice/{LOGIN}.state"
    text = re.sub(r"(?<=^captured_at=)\d+", lambda at: str(int(at[0]) - DAY_SECONDS),
                  state.read_text(), flags=re.M)
    person.write(state, text)


def test_a_captured_password_waits_beside_the_current_one_and_signs_nobody_on(
        lawyer, keyring, court, person):
    assert filer.add_filing(lawyer).status == 0
    capture(person, CAPTURED)
    assert pending(keyring) == CAPTURED
    assert keyring.lookup(kind="account", account=LOGIN) == CURRENT
    assert court.state()["requests"] == 0


def test_the_password_of_a_login_becomes_the_pending_one(firm, login, court, person):
    assert login().returncode == 0
    wait_for_end(person)
    assert pending(firm) == login.password
    assert court.state()["requests"] == 0


def test_the_password_of_a_refused_login_does_not(firm, login, person):
    before = written(person)
    assert login(password="not-hers").returncode != 0
    assert background_of(person) == []
    assert written(person) == before


def test_a_captured_password_takes_over_at_the_sign_on_that_succeeds_with_it(
        lawyer, keyring, court, person):
    court.world(accounts={LOGIN: {"password": CAPTURED, "otp_secret": None}})
    assert filer.add_filing(lawyer).status == 0
    capture(person, CAPTURED)
    result = lawyer.get(host(COURT))
    assert (result.status, result.fields["password"]) == (0, CAPTURED)
    assert pending(keyring) is None
    assert keyring.lookup(kind="account", account=LOGIN) == CAPTURED
    assert court.state()["sign_on_requests"] == 1


def test_a_login_that_links_tries_the_captured_password_behind_it(lawyer, keyring, court, person):
    court.world(accounts={LOGIN: {"password": CAPTURED, "otp_secret": None}})
    assert filer.add_filing(lawyer).status == 0
    capture(person, CAPTURED, link="login")
    assert keyring.lookup(kind="account", account=LOGIN) == CAPTURED
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


def test_a_refused_captured_password_is_sent_once_and_not_stored_at_the_next_login(
        lawyer, keyring, court, person):
    assert filer.add_filing(lawyer).status == 0
    capture(person, CAPTURED)
    assert lawyer.get(host(COURT)).fields["password"] == CURRENT
    assert pending(keyring) is None
    assert court.state()["refused_sign_ons"] == 1
    before = written(person)
    capture(person, CAPTURED)
    assert written(person) == before
    assert lawyer.get(host(COURT)).fields["password"] == CURRENT
    assert keyring.lookup(kind="account", account=LOGIN) == CURRENT
    assert court.state()["refused_sign_ons"] == 1


def test_a_refused_captured_password_costs_the_login_one_sign_on_and_the_day_no_more(
        lawyer, court, person):
    for where in (COURT, BANKRUPTCY):
        assert filer.add_filing(lawyer, where).status == 0
    for _ in range(2):
        capture(person, CAPTURED, link="login")
    assert court.state()["sign_on_requests"] == 1


def test_logins_with_a_new_password_each_cost_one_refused_sign_on_a_day(
        lawyer, keyring, court, person):
    """As where a one-time code is typed behind the login password."""
    for code in range(3):
        capture(person, f"{CAPTURED}{code}")
        assert lawyer.get(host(COURT)).fields["password"] == CURRENT
    assert pending(keyring) is None
    assert court.state()["refused_sign_ons"] == 1


def test_a_captured_password_that_pacer_left_unanswered_is_not_replaced_that_day(
        lawyer, keyring, court, person):
    court.fault("truncate", stage="sign_on", bytes=0)
    capture(person, CAPTURED)
    lawyer.get(host(COURT))
    capture(person, f"{CAPTURED}8")
    assert pending(keyring) == CAPTURED


def test_the_next_day_a_captured_password_gets_its_try(lawyer, court, person):
    for code in range(2):
        capture(person, f"{CAPTURED}{code}")
        lawyer.get(host(COURT))
        a_day_passes(person)
    assert court.state()["refused_sign_ons"] == 2


def test_a_login_without_a_pending_link_does_not_try_the_captured_password(
        lawyer, keyring, court, person):
    """A firm's policy keeps the filing login of a court that is linked."""
    person.configure(keep_filing_login="true")
    assert filer.add_filing(lawyer).status == 0
    assert lawyer("link", COURT).status == 0
    before = court.state()["requests"]
    capture(person, CAPTURED, link="login")
    assert pending(keyring) == CAPTURED
    assert court.state()["requests"] == before


def test_the_current_password_is_not_written_anew(lawyer, person):
    before = written(person)
    capture(person, CURRENT)
    assert written(person) == before


def test_the_pending_password_is_not_written_anew(lawyer, person):
    capture(person, CAPTURED)
    before = written(person)
    capture(person, CAPTURED)
    assert written(person) == before


def test_a_newer_captured_password_replaces_the_older(lawyer, keyring, person):
    capture(person, "Invented-Workstation-Password6")
    capture(person, CAPTURED)
    assert pending(keyring) == CAPTURED


def test_the_password_that_she_stored_herself_stays_until_pacer_was_asked(
        lawyer, keyring, court, person):
    court.stop()
    mine = "Invented-Own-Password8"
    assert lawyer("account", "password", LOGIN, input=f"password={mine}\n").status == 0
    before = written(person)
    capture(person, CAPTURED)
    assert written(person) == before
    assert pending(keyring) == mine


def test_of_two_accounts_none_is_guessed(lawyer, person):
    filer.add_account(lawyer, OTHER, otp="none")
    before = written(person)
    capture(person, CAPTURED)
    assert written(person) == before


def test_of_two_accounts_the_configured_one_gets_it(lawyer, keyring, person):
    filer.add_account(lawyer, OTHER, otp="none")
    person.configure(account=OTHER)
    capture(person, CAPTURED)
    assert (pending(keyring, OTHER), pending(keyring, LOGIN)) == (CAPTURED, None)


def test_a_search_account_never_gets_it(keyring, court, csolink, secrets, person):
    secrets.add(CAPTURED)
    filer.add_account(csolink, purpose="search", otp="none")
    before = written(person)
    capture(person, CAPTURED)
    assert written(person) == before


def test_a_login_session_that_ends_takes_the_waiting_password_with_it(
        lawyer, keyring, bus, person):
    keyring.restart_locked()
    before = written(person)
    assert ask(person, "capture", secret=CAPTURED)["status"] == "ok"
    wait_for_waiter(person)
    person.bus.unlink()
    wait_for(lambda: not background_of(person), 5 * PATIENCE)
    assert written(person) == before


def test_a_waiting_password_lies_once_in_memory_in_a_locked_page(lawyer, keyring, person):
    keyring.restart_locked()
    assert ask(person, "capture", secret=CAPTURED)["status"] == "ok"
    process = wait_for_waiter(person)
    flags, = flags_where(process, CAPTURED)
    assert "dd" in flags  # not in a core dump
    assert SANITIZERS or "lo" in flags  # AddressSanitizer makes mlock(2) do nothing
    person.bus.unlink()
    wait_for_end(person)


def test_what_waits_for_a_keyring_that_stays_shut_ends_after_a_minute(lawyer, keyring, person):
    keyring.restart_locked()
    before = written(person)
    begun = time.monotonic()
    assert ask(person, "session", link="login")["status"] == "ok"
    wait_for_waiter(person)
    assert ask(person, "capture", secret=CAPTURED, link="login")["status"] == "ok"
    wait_for(lambda: len(background_of(person, ["csolink"])) == 2)
    wait_for(lambda: not background_of(person), WAIT_SECONDS + 10 * PATIENCE)
    assert time.monotonic() - begun >= WAIT_SECONDS
    assert written(person) == before


def test_each_capture_waits_for_itself(lawyer, keyring, person):
    keyring.restart_locked()
    assert ask(person, "session", link="login")["status"] == "ok"
    wait_for_waiter(person)
    assert ask(person, "capture", secret=CAPTURED)["status"] == "ok"
    keyring.unlock()
    wait_for_end(person)
    assert pending(keyring) == CAPTURED
