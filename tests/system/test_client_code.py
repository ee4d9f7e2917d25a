# SPDX-License-Identifier: MIT
"""Client codes: sent with the sign-on and with each request to a court, and kept apart by token."""

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN

CODE, OTHER = "Smith.v.Jones-17", "matter_18/b"


@pytest.fixture
def billed(keyring, court, csolink):
    """A filer at two courts whose account has a client code, and no one-time codes."""
    court.world(accounts={LOGIN: {"otp_secret": None, "client_code_required": True}})
    filer.add_account(csolink, otp="none")
    assert csolink("account", "client-code", LOGIN, CODE).status == 0
    for name in (COURT, BANKRUPTCY):
        assert filer.add_filing(csolink, name).status == 0
    return csolink


def accounts(keyring):
    return [item["attributes"] for item in keyring.items()
            if item["attributes"].get("kind") == "account"]


def codes_at(court, name):
    return court.state()["client_codes"][name]


def test_each_request_to_a_court_carries_the_code(billed, court):
    linked = billed("link", "--progress", COURT)
    assert (linked.status, "Client Code" in linked.err) == (0, False)
    assert court.state()["links"] != []
    assert codes_at(court, COURT) == [CODE]
    assert court.state()["violations"] == []


def test_an_account_without_a_code_sends_none(keyring, court, csolink):
    filer.set_up_without_codes(csolink, court)
    assert csolink("link", COURT).status == 0
    assert codes_at(court, COURT) == [None]


def test_the_code_goes_to_no_other_host(billed, court):
    court.fault("redirect_foreign", stage="login")
    assert billed("link", COURT).status == 77
    assert not any("evil" in name for name in court.state()["requests_by_host"])


def test_another_code_takes_the_old_ones_place_and_token(billed, court, keyring, person):
    assert billed("link", COURT).status == 0
    assert billed("account", "client-code", LOGIN, OTHER).status == 0
    assert [item["client_code"] for item in accounts(keyring)] == [OTHER]
    assert keyring.lookup(kind="account", account=LOGIN) == filer.ACCOUNT["password"]
    assert list(person.tokens.glob("token *")) == []
    assert billed("link", BANKRUPTCY).status == 0
    assert codes_at(court, BANKRUPTCY) == [OTHER]
    assert court.state()["sign_ons"] == 2


def test_a_code_is_removed(billed, court, keyring):
    assert billed("account", "client-code", LOGIN).status == 0
    assert [item["client_code"] for item in accounts(keyring)] == ["-"]
    linked = billed("link", "--progress", COURT)
    assert (linked.status, "Client Code" in linked.err) == (0, True)
    assert codes_at(court, COURT) == [None]


def test_the_same_code_costs_no_sign_on(billed, court):
    assert billed("link", COURT).status == 0
    assert billed("account", "client-code", LOGIN, CODE).status == 0
    assert billed("link", BANKRUPTCY).status == 0
    assert court.state()["sign_ons"] == 1


def test_a_new_password_keeps_the_code(billed, court, keyring, secrets):
    secrets.add("New-Invented-Secret6")
    court.world(accounts={LOGIN: {"password": "New-Invented-Secret6"}})
    changed = billed("account", "password", LOGIN, input="password=New-Invented-Secret6\n")
    assert changed.status == 0
    assert [item["client_code"] for item in accounts(keyring)] == [CODE]


@pytest.mark.parametrize("option, env", [
    ([f"--client-code={OTHER}"], {}), ([], {"CSOLINK_CLIENT_CODE": OTHER}),
    ([f"--client-code={OTHER}"], {"CSOLINK_CLIENT_CODE": "less-wanted"}),
])
def test_one_run_may_have_another_code(billed, court, keyring, option, env):
    assert billed("link", *option, COURT, env=env).status == 0
    assert billed("link", BANKRUPTCY).status == 0
    assert (codes_at(court, COURT), codes_at(court, BANKRUPTCY)) == ([OTHER], [CODE])
    assert [item["client_code"] for item in accounts(keyring)] == [CODE]
    assert court.state()["sign_ons"] == 2


@pytest.mark.parametrize("code", ["two words", "a,b", "a;b", "x" * 33, "Müller"])
def test_what_is_no_code_is_refused_everywhere(billed, court, keyring, code):
    before = keyring.items()
    assert billed("account", "client-code", LOGIN, code).status == 65
    assert billed("link", f"--client-code={code}", COURT).status == 65
    assert billed.get(f"ecf.{COURT}.uscourts.gov", env={"CSOLINK_CLIENT_CODE": code}).status == 65
    assert keyring.items() == before
    assert court.state()["requests"] == 0


def test_the_longest_code_is_sent_whole(billed, court):
    assert billed("account", "client-code", LOGIN, "x" * 32).status == 0
    assert billed("link", COURT).status == 0
    assert codes_at(court, COURT) == ["x" * 32]
