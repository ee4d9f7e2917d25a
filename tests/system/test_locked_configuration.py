# SPDX-License-Identifier: MIT
"""What the firm's IT sets in /etc and locks, no person's own configuration changes."""

import pathlib

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.state import State

pytestmark = pytest.mark.pam  # root alone writes to /etc
FILE = pathlib.Path("/etc/csolink/csolink.conf")


@pytest.fixture
def etc():
    """Writes the machine's csolink.conf, until the test ends."""
    before = FILE.read_text() if FILE.exists() else None

    def write(**settings):
        lines = [f"{key} = {value}" for key, value in settings.items()]
        FILE.write_text("\n".join(["[csolink]", *lines, ""]))
    yield write
    if before is None:
        FILE.unlink(missing_ok=True)
    else:
        FILE.write_text(before)


def test_a_locked_store_otp_forbids_storing_and_using_a_secret(
        keyring, court, csolink, person, etc):
    filer.add_account(csolink)
    assert filer.add_filing(csolink).status == 0
    etc(lock="store_otp", store_otp="forbidden")
    person.configure(store_otp="allowed")
    before = keyring.items()
    line = f"otp_secret={filer.ACCOUNT['otp_secret']}\n"
    assert csolink("account", "otp", LOGIN, input=line).status == 77
    assert keyring.items() == before
    for command in (["otp"], ["token"], ["link", COURT]):
        result = csolink(*command)
        assert (result.status, result.out, "store_otp" in result.err) == (3, "", True), result.err
    assert "needs_code" in csolink.get(host(COURT)).err
    assert court.state()["sign_on_requests"] == 0


def test_a_locked_limit_on_sign_ons_holds(keyring, court, csolink, person, etc):
    filer.add_account_without_codes(csolink, court)
    etc(lock="sign_ons_per_hour", sign_ons_per_hour=1)
    person.configure(sign_ons_per_hour=100)
    assert csolink("login").status == 0
    assert csolink("logout").status == 0
    result = csolink("login")
    assert (result.status, "sign_ons_per_hour" in result.err) == (77, True)
    assert court.state()["sign_on_requests"] == len(State(person).sign_ons()) == 1


def test_what_is_not_locked_is_the_persons_own(keyring, court, csolink, person, etc):
    filer.add_account_without_codes(csolink, court)
    etc(sign_ons_per_hour=1)
    person.configure(sign_ons_per_hour=2)
    for _ in range(2):
        assert csolink("login").status == 0
        assert csolink("logout").status == 0
