# SPDX-License-Identifier: MIT
"""csolink login --backup-code: each code is sent once, whatever happens."""

import json

import pytest

from support import filer
from support.filer import LOGIN

CODES = ["ab0c-de0f", "ab1c-de1f", "ab2c-de2f"]


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    secrets.add(*CODES)
    court.world(accounts={LOGIN: {"backup_codes": CODES}})
    filer.add_account(csolink, otp="ask")
    result = csolink("account", "backup", LOGIN, input="\n".join(CODES))
    assert result.status == 0, result.err
    return csolink


def left(csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    return account["backup_codes"]


def kinds_of_codes(court):
    return [code["step"] for code in court.state()["codes_seen"]]


def test_login_uses_up_the_next_one_at_a_persons_word(filing, court):
    for count in (2, 1):
        result = filing("login", "--backup-code", "--progress")
        assert result.status == 0, result.err
        assert f"{count} are left" in result.err
        assert left(filing) == count
        assert filing("logout").status == 0
    assert court.state()["sign_ons"] == 2
    assert kinds_of_codes(court) == ["backup", "backup"]


def test_a_token_that_is_kept_spares_the_code(filing, court):
    assert filing("login", "--backup-code").status == 0
    assert filing("login", "--backup-code").status == 0
    assert (left(filing), court.state()["sign_ons"]) == (2, 1)


def test_a_stored_secret_is_not_used_where_a_backup_code_is_wanted(filing, court):
    secret = filer.ACCOUNT["otp_secret"]
    filing("account", "otp", LOGIN, input=f"otp_secret={secret}\n")
    assert filing("login", "--backup-code").status == 0
    assert kinds_of_codes(court) == ["backup"]


def test_without_a_stored_one_nothing_is_sent(filing, court):
    for _ in CODES:
        filing("login", "--backup-code")
        filing("logout")
    result = filing("login", "--backup-code")
    assert (result.status, "no backup code is stored" in result.err) == (3, True), result.err
    assert court.state()["sign_on_requests"] == len(CODES)


def test_a_crash_never_sends_one_twice(filing, court, keyring):
    for count in (2, 1):
        run = filer.start_held(filing, court, "login", "--backup-code")
        assert left(filing) == count
        filer.kill_held(run, court)
    assert left(filing) == 1
    assert kinds_of_codes(court) == []


def test_one_that_is_stored_anew_after_its_use_is_not_sent_again(filing, court):
    assert filing("login", "--backup-code").status == 0
    filing("logout")
    filing("account", "backup", LOGIN, input="\n".join(CODES))
    assert filing("login", "--backup-code").status == 0
    assert (left(filing), court.state()["refused_sign_ons"]) == (1, 0)
