# SPDX-License-Identifier: MIT
"""A run under way, and what a person or another process does meanwhile."""

import os
import signal

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.places import PROGRAMS
from support.processes import wait_until_all_wait

WRONG = "Wrong-Invented-Secret5"
NEW = "New-Invented-Secret6"


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    """A filer without one-time codes."""
    secrets.add(WRONG, NEW)
    filer.add_account_without_codes(csolink, court)
    return csolink


def test_a_filing_password_that_is_stored_during_a_run_is_used_by_the_next(filing, court):
    filer.add_filing(filing, password=WRONG)
    court.hold("submit", after=True)
    run = filing.start_get(f"protocol=https\nhost={host(COURT)}\n")
    assert court.held() == "submit"
    assert filer.add_filing(filing).status == 0
    court.release()
    assert "rejected" in filing.finish(run, prints_secret=True).err
    assert filing.get(host(COURT)).err == ""
    assert court.state()["link_submissions"][COURT] == 2


@pytest.mark.parametrize("password, kept", [(NEW, True), (filer.filing_password(COURT), False)])
def test_only_the_filing_login_that_was_linked_leaves_the_keyring(
        filing, court, keyring, password, kept):
    filer.add_filing(filing)
    court.hold("submit", after=True)
    run = filing.start("link", COURT)
    assert court.held() == "submit"
    assert filer.add_filing(filing, password=password).status == 0
    court.release()
    result = filing.finish(run)
    assert (result.out, result.err) == (f"{COURT}: linked, account {LOGIN}\n", "")
    assert bool(filing("filing", "list").out) == kept
    assert not kept or keyring.lookup(kind="filing", account=LOGIN) == password


def test_a_waiter_does_not_adopt_the_refusal_of_an_older_password(filing, court):
    filer.add_filing(filing, password=WRONG)
    court.hold("submit", after=True)
    first = filing.start_get(f"protocol=https\nhost={host(COURT)}\n")
    assert court.held() == "submit"
    assert filer.add_filing(filing).status == 0
    second = filing.start("link", COURT)
    wait_until_all_wait([second])
    court.release()
    filing.finish(first, prints_secret=True)
    result = filing.finish(second)
    assert (result.status, result.err) == (0, "")


def test_a_new_password_that_another_run_found_refused_is_not_called_accepted(filing, court):
    first = filer.start_held(filing, court, "link", COURT, after=True)
    store = filer.start_password(filing, WRONG)
    wait_until_all_wait([store])
    os.kill(store.pid, signal.SIGSTOP)
    court.release()
    filing.finish(first, input=None)
    assert "rejected" in filing("link", COURT).err
    os.kill(store.pid, signal.SIGCONT)
    result = filing.finish(store)
    assert (result.status, result.out, "rejected" in result.err) == (77, "", True)


def test_a_refused_new_password_is_sent_again_at_a_persons_word(filing, court):
    """It was right, and refused for another reason: a mistyped code, or too early."""
    assert filing("account", "password", LOGIN, input=f"password={NEW}\n").status == 77
    court.world(accounts={LOGIN: {"password": NEW}})
    assert filing("account", "password", LOGIN, input=f"password={NEW}\n").status == 77
    assert court.state()["sign_on_requests"] == 1
    assert filing("account", "password", "--retry", LOGIN).status == 0
    assert filing.get("pacer.login.uscourts.gov").fields["password"] == NEW
    assert court.state()["sign_on_requests"] == 2


def test_a_persons_no_speaks_for_all_that_wait(filing, person):
    person.configure(confirm="always")
    filer.add_filing(filing)
    with filing.shell() as terminal:
        get = f"printf 'protocol=https\\nhost={host(COURT)}\\n\\n' | csolink get >/dev/null"
        terminal.type(f"PATH={PROGRAMS}:$PATH; ({get} & {get} & {get}; wait); echo ended=$?")
        terminal.expect(r"cannot undo a link. Link them\? .yes/no")
        terminal.type("no")
        assert terminal.expect(r"Link them\?|ended=0").group() == "ended=0"


def test_a_keyring_that_cannot_be_written_does_not_make_every_use_sign_on(filing, court, person):
    filer.add_filing(filing)
    assert filing.get(host(COURT)).err == ""
    court.world(accounts={LOGIN: {"password": NEW}})
    court.hold("sign_on", after=True)
    run = filer.start_password(filing, NEW)
    assert court.held() == "sign_on"
    keyrings = person.home / ".local/share/keyrings"
    keyrings.chmod(0o500)
    court.release()
    filing.finish(run)
    for _ in range(3):
        assert filing.get(host(COURT)).fields["password"] == NEW
    assert court.state()["sign_on_requests"] == 2
    keyrings.chmod(0o700)
    assert filing("account", "password", "--retry", LOGIN).status == 0
    assert filing.get("pacer.login.uscourts.gov").fields["password"] == NEW
