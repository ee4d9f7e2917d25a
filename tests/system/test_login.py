# SPDX-License-Identifier: MIT
"""Real PAM logins, and the pending links that are done behind them."""

import os
import pathlib
import signal
import subprocess

import pytest

from support import filer
from support.background import wait_for, wait_for_end, wait_for_waiter
from support.bus import has_owner
from support.filer import BANKRUPTCY, COURT, LOGIN
from support.keyring import NAME as SECRETS

pytestmark = pytest.mark.pam


@pytest.fixture
def desktop(login, court, csolink):
    """Logged in once, keyring unlocked by PAM, and a filer set up; one-time codes are off."""
    login.stack("link=login")
    assert login().returncode == 0
    keyring = login.start_desktop()
    filer.add_account_without_codes(csolink, court)
    return keyring


def test_a_login_links_what_is_pending_and_ends(desktop, login, court, csolink, person):
    filer.add_filing(csolink)
    assert login().returncode == 0
    wait_for(lambda: court.state()["links"])
    wait_for_end(person)
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


def test_a_login_with_nothing_pending_asks_nobody(desktop, login, court, csolink, person):
    assert login().returncode == 0
    wait_for_end(person)
    assert court.state()["requests"] == 0


def test_an_unlocked_screen_does_the_pending_links(desktop, login, court, csolink, person):
    login.stack(auth="auth optional pam_csolink.so refresh=unlock")
    filer.add_filing(csolink)
    assert login("authenticate", "setcred(PAM_REINITIALIZE_CRED)").returncode == 0
    wait_for(lambda: court.state()["links"])
    wait_for_end(person)
    assert court.state()["sign_on_requests"] == 1


def test_logins_sign_on_once_a_day(desktop, login, court, csolink, person):
    court.world(accounts={LOGIN: {"name": "John Roe"}})  # so that nothing can be linked
    for pending in (COURT, BANKRUPTCY):  # what was settled at the first login asks nobody again
        assert filer.add_filing(csolink, pending).status == 0
        assert login().returncode == 0
        wait_for_end(person)
        court.expire_tokens()
    assert court.state()["sign_on_requests"] == 1
    assert court.state()["confirmations"] == {COURT: 0, BANKRUPTCY: 0}


def test_a_locked_keyring_is_waited_for_and_not_started(login, bus, court, person):
    login.stack("link=login")
    assert login().returncode == 0
    process = wait_for_waiter(person)  # so it has looked at the name
    with bus.connect() as connection:
        assert not has_owner(connection, SECRETS)
    os.kill(process, signal.SIGKILL)


def test_pam_auth_update_finds_the_profile_and_takes_it_out_again():
    stacks = [pathlib.Path("/etc/pam.d", name)
              for name in ("common-session", "common-session-noninteractive")]
    before = [stack.read_text() for stack in stacks]
    for option in ("--enable", "--remove"):
        subprocess.run(["pam-auth-update", option, "csolink"], check=True, capture_output=True,
                       env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        if option == "--enable":
            session, noninteractive = [stack.read_text() for stack in stacks]
            assert "pam_csolink.so link=login" in session
            assert noninteractive == before[1]
    assert [stack.read_text() for stack in stacks] == before
