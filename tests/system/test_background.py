# SPDX-License-Identifier: MIT
"""The work behind a login: who does it, how many of them wait, and when they give up."""

import concurrent.futures
import subprocess

import pytest

from support import filer
from support.background import (
    ask, background_of, is_stuck, request_socket, wait_for, wait_for_end, wait_for_waiter)
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import PATIENCE, PROGRAMS

pytestmark = pytest.mark.pam
LOGINS = 20
OTHER = "roe5678"


@pytest.fixture
def filing(keyring, court, csolink):
    """Who has a link that waits for nothing but a sign-on; one-time codes are off."""
    filer.set_up_without_codes(csolink, court)
    return csolink


def links(court):
    return court.state()["link_submissions"][COURT]


@pytest.mark.parametrize("operation, fields", [
    ("session", {"link": "login"}),
    ("session", {"link": "login", "background": "helper"}),
    ("refresh", {}),
])
def test_a_login_and_an_unlocked_screen_do_the_pending_links(
        filing, court, person, operation, fields):
    assert ask(person, operation, **fields) == {"status": "ok"}
    wait_for_end(person)
    assert links(court) == 1


def through_the_unit(csolink, person):
    csolink("session", "link")


def through_a_login(_csolink, person):
    ask(person, "session", link="login")


def through_an_unlocked_screen(_csolink, person):
    ask(person, "refresh", background="systemd")


@pytest.mark.parametrize("begin", [through_the_unit, through_a_login, through_an_unlocked_screen])
def test_a_dozen_of_them_sign_on_once_for_each_account(filing, court, person, begin):
    """Though each finds new links to do, and PACER's token used up."""
    stranger = {"name": "John Roe"}  # at no court's filing login, so that nothing can be linked
    court.world(
        accounts={LOGIN: stranger, OTHER: filer.ACCOUNT | stranger | {"otp_secret": None}},
        courts={COURT: {"filing_logins": {"jdoe2": {"password": "Invented-Alnd-Filing8",
                                                    "name": "Jane Q. Doe"}}}})
    filer.add_account(filing, OTHER, otp="none")
    for _ in range(12):
        assert filer.add_filing(filing).status == 0
        assert filer.add_filing(filing, login="jdoe2", account=OTHER,
                                password="Invented-Alnd-Filing8").status == 0
        begin(filing, person)
        wait_for_end(person)
        court.expire_tokens()
    assert court.state()["sign_on_requests"] == 2


@pytest.mark.parametrize("fields", [{}, {"link": "first-use"}, {"link": "off"}])
def test_a_login_that_shall_not_link_does_nothing(filing, court, person, fields):
    assert ask(person, "session", **fields) == {"status": "ok"}
    wait_for_end(person)
    assert court.state()["requests"] == 0


@pytest.mark.parametrize("operation", ["session", "refresh"])
def test_without_a_user_manager_the_work_is_done_all_the_same(filing, court, person, operation):
    assert ask(person, operation, link="login", background="systemd") == {"status": "ok"}
    wait_for_end(person)
    assert links(court) == 1


def test_the_units_command_does_the_pending_links(filing, court):
    assert filing("session", "link").status == 0
    assert links(court) == 1


def test_the_units_command_ends_at_once_without_a_bus(csolink):
    result = csolink("session", "link", timeout=5 * PATIENCE)
    assert (result.status, "no D-Bus session bus" in result.err) == (69, True)


def test_the_units_command_says_that_there_is_no_runtime_directory(bus, csolink, person):
    aside = person.runtime.rename(person.runtime.with_name("aside"))
    try:
        result = csolink("session", "link", timeout=5 * PATIENCE)
    finally:
        aside.rename(person.runtime)
    assert result.status == 69
    assert result.err.startswith("csolink: no_keyring: ") and "/run/user" in result.err


def test_session_by_hand_does_nothing_and_says_what_does(filing, court):
    result = filing("session")
    assert result.status == 65
    assert "csolink link COURT" in result.err and result.err.count("\n") == 1
    assert court.state()["requests"] == 0


def test_a_request_is_found_after_the_module_has_gone(filing, court, person):
    """With an answer unread: the kernel then reports a reset before the request."""
    ours, theirs = request_socket(operation="refresh", user=person.name)
    theirs.send(b"status=ok\n\n")
    ours.close()
    with theirs:
        process = person.popen([PROGRAMS / "csolink", "session"], stdin=theirs,
                               stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert process.wait(20 * PATIENCE) == 0
    assert links(court) == 1


def test_many_logins_at_once_leave_one_waiter(login, person):
    login.stack("link=login")
    with concurrent.futures.ThreadPoolExecutor(LOGINS) as pool:
        codes = [process.returncode for process in pool.map(lambda _: login(), range(LOGINS))]
    assert codes == [0] * LOGINS
    wait_for(lambda: len(background_of(person)) == 1)
    process = wait_for_waiter(person)
    assert ask(person, "refresh")["status"] == "ok"
    wait_for(lambda: background_of(person) == [process])


def test_the_next_login_waits_again_when_the_waiter_has_ended(filing, keyring, court, person):
    keyring.restart_locked()
    assert ask(person, "session", link="login")["status"] == "ok"
    wait_for_waiter(person)
    keyring.unlock()
    wait_for_end(person)
    assert links(court) == 1
    keyring.lock()
    assert ask(person, "session", link="login")["status"] == "ok"
    wait_for_waiter(person)


@pytest.mark.parametrize("operation", ["session", "refresh"])
def test_the_waiter_ends_with_the_login_session(filing, keyring, person, operation):
    keyring.restart_locked()
    assert ask(person, operation, link="login")["status"] == "ok"
    wait_for_waiter(person)
    person.bus.unlink()
    wait_for(lambda: not background_of(person), 5 * PATIENCE)


def test_the_waiter_ends_with_the_bus_itself(filing, keyring, bus, person):
    keyring.restart_locked()
    assert ask(person, "session", link="login")["status"] == "ok"
    wait_for_waiter(person)
    bus.kill()
    wait_for(lambda: not background_of(person), 5 * PATIENCE)


def test_a_frozen_keyring_does_not_outlast_the_login_session(filing, keyring, person):
    keyring.restart_locked()
    assert ask(person, "session", link="login")["status"] == "ok"
    process = wait_for_waiter(person)
    keyring.freeze()
    wait_for(lambda: is_stuck(process))
    person.bus.unlink()
    wait_for(lambda: not background_of(person), 5 * PATIENCE)


def test_after_the_login_session_no_court_is_begun(filing, court, person):
    assert filer.add_filing(filing, BANKRUPTCY).status == 0
    court.hold("login")
    assert ask(person, "session", link="login") == {"status": "ok"}
    assert court.held() == "login"
    person.bus.unlink()
    court.release()
    wait_for_end(person)
    begun = set(court.state()["requests_by_host"]) & {host(COURT), host(BANKRUPTCY)}
    assert len(begun) == 1
