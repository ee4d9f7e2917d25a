# SPDX-License-Identifier: MIT
"""A court that does not know its user any more: asked once again, then with a fresh token, once."""

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, host
from support.state import State

FAULTS = ["login_page_once", "no_access_once"]


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer with a token from another court's link. Without codes: two sign-ons need two of
    them, and so half a minute."""
    filer.set_up_without_codes(csolink, court, COURT, BANKRUPTCY)
    assert csolink.get(host(BANKRUPTCY)).err == ""
    return csolink


def is_linked(court):
    return COURT in [link["court"] for link in court.state()["links"]]


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stage", ["login", "utilities", "link_form"])
@pytest.mark.parametrize("times, sign_ons", [(1, 1), (2, 2), (3, 2)])
def test_a_kept_token_that_fails_is_renewed_once(filing, court, fault, stage, times, sign_ons):
    court.fault(fault, stage=stage, host=host(COURT), times=times)
    assert filing.get(host(COURT)).err == ""
    state = court.state()
    assert (is_linked(court), state["sign_on_requests"]) == (True, sign_ons)
    assert (state["link_submissions"][COURT], state["violations"]) == (1, [])


@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("stage", ["login", "utilities", "link_form"])
def test_a_fresh_token_that_fails_too_ends_it(filing, court, fault, stage):
    court.fault(fault, stage=stage, host=host(COURT), times=9)
    result = filing("link", COURT)
    assert result.status == 75
    assert "court_error" in result.err and "PACER's fresh token" in result.err
    state = court.state()
    assert (is_linked(court), state["sign_on_requests"]) == (False, 2)
    assert state["link_submissions"].get(COURT, 0) == 0


def test_a_court_that_refuses_every_token_does_not_use_up_the_sign_ons(filing, court, person):
    """A tool asks every few minutes; other courts need the sign-ons, and the token."""
    state = State(person)
    court.fault(FAULTS[0], stage="login", host=host(COURT), times="always")
    for pause in (0, 301, 301, 301):
        state.pass_seconds_since_runs(pause)
        assert "court_error" in filing.get(host(COURT)).err
    assert court.state()["sign_on_requests"] == 2
    state.pass_seconds_since_runs(3600)
    assert "court_error" in filing.get(host(COURT)).err
    assert court.state()["sign_on_requests"] == 3


def test_a_token_of_this_very_run_is_not_renewed(keyring, court, csolink):
    filer.set_up(csolink, COURT)
    court.fault("login_page_once", stage="utilities", times=2)
    assert "court_error" in csolink("link", COURT).err
    assert (is_linked(court), court.state()["sign_on_requests"]) == (False, 1)


@pytest.mark.parametrize("stage", ["submit", "confirm"])
@pytest.mark.parametrize("fault", FAULTS)
def test_after_the_filing_password_nothing_is_repeated_and_the_next_use_decides(
        filing, court, stage, fault):
    court.fault(fault, stage=stage, host=host(COURT), times=1)
    result = filing("link", COURT)
    assert (result.status, "court_error" in result.err) == (75, True)
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)
    assert filing("link", COURT).err == ""
    assert (is_linked(court), court.state()["link_submissions"][COURT]) == (True, 2)
