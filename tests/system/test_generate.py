# SPDX-License-Identifier: MIT
"""A new password by PACER's rules: proposed on the terminal, or typed and checked."""

import re

import pytest

from support import filer
from support.age import account, make_set, days_ago
from support.filer import COURT, LOGIN

CURRENT = filer.ACCOUNT["password"]
SHORT = "Gavel-14x"
PROPOSAL = re.compile(rf"A new password for PACER account {LOGIN}: (\S+)\n")
QUESTION = r"Has PACER taken it\? \(yes/no\) "
SIGN_ON_HOST = "pacer.login.uscourts.gov"


@pytest.fixture
def lawyer(keyring, court, csolink, secrets):
    """Who has a file account without codes."""
    secrets.add(SHORT)
    filer.add_account_without_codes(csolink, court)
    return csolink


def generate(csolink, **options):
    return csolink.terminal("account", "password", "--generate", LOGIN, **options)


def proposed(terminal):
    """The password that the terminal shows."""
    terminal.expect(QUESTION)
    return PROPOSAL.search(terminal.text)[1]


def kept(person):
    """Everything in the files of hers that a password must not be in."""
    return "".join(path.read_text(errors="replace") for folder in (person.state, person.tokens)
                   for path in folder.rglob("*") if path.is_file())


def test_a_proposal_is_stored_when_pacer_has_it(lawyer, court, person):
    make_set(person, days_ago(200))
    with generate(lawyer, input="", output=True) as terminal:
        password = proposed(terminal)
        court.world(accounts={LOGIN: {"password": password}})
        assert court.state()["sign_on_requests"] == 0
        terminal.type("yes")
        assert terminal.wait() == 0
        assert terminal.out == f"{LOGIN}: PACER accepted the new password\n"
    assert 14 <= len(password) <= 45
    assert lawyer.get(SIGN_ON_HOST).fields["password"] == password
    assert account(lawyer)["password_days_left"] in (180, 179)
    assert password not in kept(person)


@pytest.mark.parametrize("answer", ["no", "y", ""])
def test_a_proposal_that_is_not_confirmed_leaves_nothing(lawyer, keyring, court, person, answer):
    assert lawyer("account", "list").status == 0  # which leaves the roster
    before, items = kept(person), keyring.items()
    with generate(lawyer) as terminal:
        proposed(terminal)
        terminal.type(answer)
        assert terminal.wait() == 3
        assert "nothing was stored" in terminal.text
    assert (kept(person), keyring.items()) == (before, items)
    assert lawyer.get(SIGN_ON_HOST).fields["password"] == CURRENT
    assert court.state()["requests"] == 0


def test_a_proposal_that_is_interrupted_leaves_nothing(lawyer, keyring):
    items = keyring.items()
    with generate(lawyer) as terminal:
        proposed(terminal)
        terminal.press("c")
        assert terminal.wait() != 0
    assert keyring.items() == items


def test_a_proposal_that_pacer_has_not_got_is_dropped(lawyer, keyring):
    items = keyring.items()
    with generate(lawyer) as terminal:
        proposed(terminal)
        terminal.type("yes")
        assert terminal.wait() == 77
    assert keyring.items() == items
    assert lawyer.get(SIGN_ON_HOST).fields["password"] == CURRENT


def test_nothing_is_proposed_where_nobody_can_read_it(lawyer):
    result = lawyer("account", "password", "--generate", LOGIN)
    assert (result.status, result.out) == (3, "")
    assert "needs_person" in result.err and "account" in result.err


def test_two_proposals_differ(lawyer):
    seen = set()
    for _ in range(2):
        with generate(lawyer) as terminal:
            seen.add(proposed(terminal))
            terminal.type("no")
            terminal.wait()
    assert len(seen) == 2


@pytest.mark.parametrize("options", [
    ["--generate", "--retry"], ["--retry", "--password-set=2026-01-01"],
    ["--generate", "--password-set=2026-01-01"],
])
def test_options_that_exclude_each_other_are_wrong_usage(lawyer, options):
    assert lawyer("account", "password", *options, LOGIN).status == 64


# --- what is typed -------------------------------------------------------------------------------


def type_password(csolink, password):
    terminal = csolink.terminal("account", "password", LOGIN)
    terminal.expect("Password of")
    terminal.type(password)
    return terminal


@pytest.mark.parametrize("password, rule", [
    (SHORT, "fewer than 14"), ("Jdoe1234-Lantern-7", "part of a name"),
    ("lantern-lantern-lantern", "upper-case"),
])
def test_a_typed_password_that_breaks_a_rule_is_asked_about(lawyer, court, keyring, secrets,
                                                            password, rule):
    secrets.add(password)
    items = keyring.items()
    with type_password(lawyer, password) as terminal:
        terminal.expect(f"{rule}.*shall it be stored\\? ")
        terminal.type("no")
        assert terminal.wait() == 3
    assert keyring.items() == items
    assert court.state()["sign_on_requests"] == 0


def test_nothing_keeps_her_from_storing_what_pacer_has(lawyer, court):
    court.world(accounts={LOGIN: {"password": SHORT}})
    with type_password(lawyer, SHORT) as terminal:
        terminal.expect("shall it be stored")
        terminal.type("yes")
        assert terminal.wait() == 0
    assert lawyer.get(SIGN_ON_HOST).fields["password"] == SHORT


def test_a_typed_password_by_the_rules_is_not_asked_about(lawyer, court, secrets):
    password = "Gavel-Lantern-Gavel7"
    secrets.add(password)
    court.world(accounts={LOGIN: {"password": password}})
    with type_password(lawyer, password) as terminal:
        assert terminal.wait() == 0
        assert "August 2025" not in terminal.text


def test_a_scripts_password_that_breaks_a_rule_is_stored_and_noted(lawyer, court):
    court.world(accounts={LOGIN: {"password": SHORT}})
    result = lawyer("account", "password", LOGIN, input=f"password={SHORT}\n")
    assert (result.status, "fewer than 14" in result.err) == (0, True)


def test_an_old_password_is_stored_with_an_account_and_noted(keyring, court, csolink, secrets):
    secrets.add(SHORT)
    court.world(accounts={LOGIN: {"password": SHORT, "otp_secret": None}})
    filer.add_account(csolink, password=SHORT, otp="none")
    assert csolink("account", "remove", LOGIN).status == 0
    again = csolink("account", "add", "--purpose=file", "--otp=none", LOGIN,
                    input=f"password={SHORT}\n")
    assert (again.status, "fewer than 14" in again.err) == (0, True)
    assert filer.add_filing(csolink).status == 0
    assert csolink("link", COURT).status == 0


# --- old accounts --------------------------------------------------------------------------------


OLD = "jd1234"


def test_a_login_from_before_2014_is_named_wherever_it_may_be_the_cause(
        keyring, court, csolink, secrets):
    secrets.add(SHORT)
    added = csolink("account", "add", "--purpose=file", "--otp=none", OLD,
                    input=f"password={SHORT}\n")
    assert (added.status, "not upgraded" in added.err) == (0, True)
    assert "not upgraded" in account(csolink, OLD)["login_note"]
    assert "not upgraded" in csolink("status").out
    refused = csolink("link", COURT)
    assert (refused.status, "not upgraded" in refused.err) == (77, True)


def test_a_login_of_today_is_not_named(lawyer):
    assert account(lawyer)["login_note"] is None
