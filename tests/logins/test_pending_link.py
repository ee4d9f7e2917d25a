# SPDX-License-Identifier: MIT
"""A login with a pending link: it is done behind the session, and ends with it."""

import contextlib
import pathlib

import pytest

from hosts.desktop import desktop
from hosts.machine import BOOTED, run
from support import filer
from support.background import wait_for, wait_for_end
from support.filer import COURT
from support.places import PATIENCE

COMMON_SESSION = pathlib.Path("/etc/pam.d/common-session")
SHIPPED = "pam_csolink.so link=login"
# What a run under way is left, by us as by logind; and 5 seconds of systemd's for the unit.
LOGOUT_SECONDS = 10 + 8 * PATIENCE


@contextlib.contextmanager
def shipped_line_with(options):
    """The line of the profile has other options meanwhile."""
    before = COMMON_SESSION.read_text()
    assert SHIPPED in before
    COMMON_SESSION.write_text(before.replace(SHIPPED, f"pam_csolink.so {options}"))
    try:
        yield
    finally:
        COMMON_SESSION.write_text(before)


@pytest.fixture
def filing_newcomer(daemons, newcomer, court, csolink):
    """She has an account and a filing login, from a session that did nothing behind her."""
    with shipped_line_with("link=first-use"), desktop(daemons, newcomer):
        filer.set_up_without_codes(csolink, court)
    wait_for(newcomer.has_left)
    assert court.state()["links"] == []
    return newcomer


def unit_has_run(person):
    """Whether her service manager has told the journal so."""
    run("journalctl", "--sync")
    return "Finished csolink-login.service" in run(
        "journalctl", f"_UID={person.uid}", "USER_UNIT=csolink-login.service")


@pytest.mark.parametrize("background", ["helper", "systemd"] if BOOTED else ["helper"])
def test_login_with_the_password_links_what_is_pending_and_leaves_nothing(
        background, daemons, filing_newcomer, court):
    with (shipped_line_with(f"link=login background={background}"),
          desktop(daemons, filing_newcomer)):
        wait_for(lambda: court.state()["links"])
        assert list(filing_newcomer.tokens.glob("token *"))
        wait_for_end(filing_newcomer)
    wait_for(filing_newcomer.has_left)
    assert not BOOTED or unit_has_run(filing_newcomer) == (background == "systemd")
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


@pytest.mark.parametrize("background", ["helper", "systemd"] if BOOTED else ["helper"])
def test_logout_in_the_midst_of_a_link_leaves_nothing(
        background, daemons, filing_newcomer, court):
    court.hold("login")
    with (shipped_line_with(f"link=login background={background}"),
          desktop(daemons, filing_newcomer)):
        assert court.held() == "login"
        assert list(filing_newcomer.tokens.glob("token *"))
    wait_for(filing_newcomer.has_left, LOGOUT_SECONDS)
    court.release(drop=True)
    assert court.state()["links"] == []
