# SPDX-License-Identifier: MIT
"""What PACER says beside yes and no: warnings are shown once and kept, the unknown is final."""

import json

import pytest

from support import filer
from support.background import ask, wait_for_end
from support.filer import BANKRUPTCY, COURT, LOGIN, host

NO_CLIENT_CODE = "A required Client Code was not entered."
DISABLED = "your current account has been disabled"


@pytest.fixture
def filing(keyring, court, csolink):
    filer.add_account_without_codes(csolink, court)
    return csolink


def sign_on(csolink, court):
    court.expire_tokens()
    return csolink("link", BANKRUPTCY)


def warning(csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    return account["warning"]


def test_a_warning_is_shown_once_and_kept_until_pacer_has_none(filing, court):
    court.world(accounts={LOGIN: {"client_code_required": True}})
    result = sign_on(filing, court)
    assert result.err.count(NO_CLIENT_CODE) == 1
    assert f"account {LOGIN}" in result.err
    assert NO_CLIENT_CODE not in sign_on(filing, court).err
    assert NO_CLIENT_CODE in warning(filing)["text"]
    assert NO_CLIENT_CODE in filing("status").out
    court.world(accounts={LOGIN: {"client_code_required": False}})
    sign_on(filing, court)
    assert warning(filing) is None
    assert "PACER said" not in filing("status").out


def test_another_warning_is_shown_too(filing, court):
    court.world(accounts={LOGIN: {"client_code_required": True}})
    sign_on(filing, court)
    court.world(accounts={LOGIN: {"disabled_search": True}})
    assert DISABLED in sign_on(filing, court).err
    assert DISABLED in warning(filing)["text"]


def test_a_warning_is_shown_where_a_tool_asks_and_its_credential_is_printed(filing, court):
    assert filer.add_filing(filing).status == 0
    court.world(accounts={LOGIN: {"disabled_search": True}})
    result = filing.get(host(COURT))
    assert (result.status, DISABLED in result.err) == (0, True)
    assert result.fields["username"] == LOGIN


@pytest.mark.pam
def test_a_warning_that_a_login_got_is_shown_to_the_next_one_who_can_see_it(
        filing, court, person):
    assert filer.add_filing(filing).status == 0
    court.world(accounts={LOGIN: {"disabled_search": True}})
    assert ask(person, "session", link="login") == {"status": "ok"}
    wait_for_end(person)
    assert DISABLED in warning(filing)["text"]
    assert DISABLED in sign_on(filing, court).err


def test_a_warnings_control_characters_do_not_reach_the_terminal(filing, court):
    court.fault("login_result", result="0", token="T" * 128, description="a\x1b[2J\u009bb\nc\u00e9")
    out = filing("link", BANKRUPTCY).err + filing("status").out
    assert "PACER says" in out and "PACER said" in out
    assert not [c for c in out if not (c == "\n" or " " <= c <= "~")]


@pytest.mark.parametrize("number", ["5", "14", "-3", "many"])
def test_a_result_that_is_not_known_is_final(filing, court, number):
    court.fault("login_result", result=number, token="", description="Closed for <b>today</b>.")
    result = filing("link", COURT)
    assert (result.status, "rejected" in result.err) == (77, True)
    told = f"result {number}, which" if number.isdigit() else "result, which"
    assert f"PACER's {told} is not documented: Closed for today; " in result.err
    court.clear_faults()
    for _ in range(2):
        assert filing("link", COURT).status == 77
        assert filing.get(host(COURT)).out == "quit=1\n\n"
    assert court.state()["sign_on_requests"] == 1
    filing("account", "password", "--retry", LOGIN)
    assert court.state()["sign_on_requests"] == 2


def test_a_result_that_is_not_known_gets_no_second_code(keyring, court, csolink):
    """Though our clock is wrong: only result 13 can be about the code."""
    filer.add_account(csolink)
    court.clock(600)
    court.fault("login_result", result="5", token="", description="Closed")
    assert csolink("link", COURT).status == 77
    assert court.state()["sign_on_requests"] == 1
    assert len(court.state()["codes_seen"]) <= 1
