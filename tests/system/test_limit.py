# SPDX-License-Identifier: MIT
"""PACER suspends who signs on too often: so many an hour, over all programs, and then none."""

import re
import time

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.state import State

HOUR = 3600
NEW = "New-Invented-Secret6"


@pytest.fixture
def filing(keyring, court, csolink, secrets, person):
    """A filer whose sign-ons are counted: two an hour, unless the test says otherwise."""
    secrets.add(NEW)
    filer.add_account_without_codes(csolink, court)
    person.configure(sign_ons_per_hour=2)
    return csolink


def sign_on(csolink, court):
    """A use that needs a new token."""
    court.expire_tokens()
    return csolink("link", BANKRUPTCY)


def test_over_the_limit_nothing_is_sent_and_the_next_time_is_told(filing, court):
    begun = time.time()
    for _ in range(2):
        assert "refused_by_policy" not in sign_on(filing, court).err
    for _ in range(3):
        result = sign_on(filing, court)
        assert (result.status, "refused_by_policy" in result.err) == (77, True)
        assert "2 sign-ons in the last hour are on record" in result.err
    told = re.search(r"possible at (\d\d:\d\d:\d\d)", result.err)[1]
    expected = {time.strftime("%H:%M:%S", time.localtime(second + HOUR))
                for second in range(int(begun), int(time.time()) + 1)}
    assert told in expected
    assert court.state()["sign_on_requests"] == 2


def test_an_hour_later_a_get_links_by_itself(filing, court, person):
    assert filer.add_filing(filing).status == 0
    person.configure(sign_ons_per_hour=1)
    sign_on(filing, court)
    court.expire_tokens()
    for _ in range(2):
        result = filing.get(host(COURT))
        assert (result.status, result.out) == (77, "quit=1\n\n")
    assert court.state()["sign_on_requests"] == 1
    State(person).pass_seconds(HOUR)
    result = filing.get(host(COURT))
    assert (result.status, result.fields["username"], result.err) == (0, LOGIN, "")
    assert court.state()["links"] != []


def test_what_is_linked_is_handed_out_over_the_limit(filing, court, person):
    assert filer.add_filing(filing).status == 0
    person.configure(sign_ons_per_hour=1)
    assert filing("link", COURT).status == 0
    assert "refused_by_policy" in sign_on(filing, court).err
    assert filing.get(host(COURT)).fields["username"] == LOGIN


def test_a_killed_sign_on_counts(filing, court, person):
    person.configure(sign_ons_per_hour=1)
    filer.kill_held(filer.start_held(filing, court, "link", BANKRUPTCY), court)
    result = filing("link", BANKRUPTCY)
    assert "1 sign-on in the last hour is on record" in result.err
    assert court.state()["sign_on_requests"] == 1


def test_where_pacer_was_not_reached_nothing_is_counted(filing, court, person):
    person.configure(sign_ons_per_hour=1, connect_to="::127.0.0.1:1")
    for _ in range(3):
        assert "offline" in filing("link", BANKRUPTCY).err
    person.configure(connect_to=court.connect_to)
    assert "refused_by_policy" not in filing("link", BANKRUPTCY).err
    assert court.state()["sign_on_requests"] == 1


def test_a_person_who_stores_a_password_is_not_exempt(filing, court, person):
    person.configure(sign_ons_per_hour=1)
    sign_on(filing, court)
    court.world(accounts={LOGIN: {"password": NEW}})
    result = filing("account", "password", LOGIN, input=f"password={NEW}\n")
    assert (result.status, "sign_ons_per_hour" in result.err) == (0, True)
    assert court.state()["sign_on_requests"] == 1
    person.configure(sign_ons_per_hour=2)
    assert "refused_by_policy" not in sign_on(filing, court).err
    assert filing.get("pacer.login.uscourts.gov").fields["password"] == NEW


def test_a_refusal_by_the_limit_costs_the_password_nothing(filing, court, person):
    person.configure(sign_ons_per_hour=1)
    for _ in range(4):
        sign_on(filing, court)
    person.configure(sign_ons_per_hour=6)
    assert "refused_by_policy" not in sign_on(filing, court).err


def test_a_clock_that_is_set_back_neither_frees_nor_blocks_for_longer(filing, court, person):
    person.configure(sign_ons_per_hour=1)
    sign_on(filing, court)
    state = State(person)
    state.pass_seconds(-10 * HOUR)
    assert "refused_by_policy" in sign_on(filing, court).err
    state.pass_seconds(HOUR)
    assert "refused_by_policy" not in sign_on(filing, court).err
    assert court.state()["sign_on_requests"] == 2
