# SPDX-License-Identifier: MIT
"""Commands that csolink tells people to type: where several accounts are stored, they name hers."""

import re

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import BUILD
from support.state import State

OTHER, OTHERS = "rroe5678", "Invented-Other-Password8"
WRONG = "Wrong-Invented-Secret4"
ENDS = ["needs_code", "needs_acknowledgement", "names_differ", "needs_person", "cancelled",
        "not_offered", "not_nextgen", "manual_court", "page_not_recognised", "offline", "rejected",
        "refused_by_policy"]


@pytest.fixture
def one(keyring, court, csolink, secrets):
    """A filer without one-time codes."""
    secrets.add(OTHERS, WRONG)
    filer.add_account_without_codes(csolink, court)
    return csolink


@pytest.fixture(params=["file", "search"])
def two(one, court, request):
    """A filer, and a colleague or the desk's search account in the same keyring."""
    filer.add_account(one, login=OTHER, password=OTHERS, purpose=request.param, otp="none")
    return one


def commands_in(result):
    """What is told to be typed, in the order told."""
    text = re.sub(r"\s+", " ", result.out + result.err)
    return re.findall(r'"csolink ([^"]+)"', text)


def type_all(csolink, *results):
    """Types what is told; each is about her account. Returns the commands."""
    commands = [command for result in results for command in commands_in(result)]
    for command in commands:
        typed = csolink(*command.replace("FILING_LOGIN", "jdoe").split())
        assert typed.status != 64 and "name one of them" not in typed.err, (command, typed)
        assert OTHER not in typed.out + typed.err or command.startswith("account list"), (
            command, typed)
    return commands


def test_of_several_accounts_the_one_is_named_to_which_a_sentence_belongs(two, court):
    """A court that asks for a decision, one that is linked by hand, and PACER's own questions."""
    court.world(accounts={LOGIN: {"name": "John Roe"}})
    hers = f"--account={LOGIN}"
    filer.add_filing(two)
    needs_person = two("link", hers, COURT)
    assert type_all(two, needs_person) == [f"link {hers} {COURT}"]
    by_hand = filer.add_filing(two, "ca4", password=WRONG)
    assert type_all(two, by_hand) == [f"link {hers} ca4"]
    assert two("account", "otp", "--otp=ask", LOGIN).status == 0
    court.expire_tokens()
    needs_code = two("link", hers, BANKRUPTCY)
    assert type_all(two, needs_code) == [f"login {hers}"]
    no_secret = two("otp", hers)
    assert type_all(two, no_secret) == [f"account otp {LOGIN}", f"login {hers}"]
    unasked = two("account", "password", LOGIN, input=f"password={WRONG}\n")
    assert type_all(two, unasked) == [f"login {hers}"]
    stored = two("account", "add", "--purpose=file", LOGIN, input=f"password={WRONG}\n")
    assert type_all(two, stored) == [f"account password {LOGIN}"]


def test_a_get_that_names_its_user_is_told_her_command(two, court):
    court.fault("no_names")
    filer.add_filing(two)
    told = two.get(host(COURT), username=LOGIN)
    assert commands_in(told) == [f"link --account={LOGIN} {COURT}"]
    explained = two(f"--account={LOGIN}", "explain", host(COURT))
    assert type_all(two, explained) == [f"link --account={LOGIN} {COURT}"]


def test_the_offer_of_lower_case_names_her(two, court):
    filer.add_filing(two, login="JDoe", password=filer.filing_password(COURT))
    told = two("link", f"--account={LOGIN}", COURT)
    assert f"link --account={LOGIN} {COURT}" in type_all(two, told)


def remember(person, ends):
    """As if a run had ended so at a court each; returns the ids by end."""
    ids = sorted(line.split("\t")[0] for line in (BUILD / "courts.tsv").read_text().splitlines()
                 if "\tdistrict\t" in line)
    courts = dict(zip(ends, ids))
    state = State(person)
    groups = [f"[court {court}]\nlast_status={end}\nlast_at=1700000000\nlast_run=1\n"
              for end, court in courts.items()]
    person.write(state.file, state.file.read_text() + "\n" + "\n".join(groups))
    return courts


def test_what_to_do_in_the_table_works_as_typed_whatever_the_end(two, court, keyring, person):
    courts = remember(person, ENDS)
    table = two("status")
    commands = type_all(two, table)
    assert len(commands) >= len(ENDS) - 2
    assert [command for command in commands if command.startswith("link ")] == [
        command for command in commands if command.startswith(f"link --account={LOGIN} ")]
    keyring.lock()
    locked = two("status")
    assert f"link --account={LOGIN} {courts['needs_person']}" in commands_in(locked)


def test_a_court_that_is_left_out_is_told_with_her_command(two, person):
    filer.add_filing(two)
    state = State(person)
    person.write(state.file, state.file.read_text() + f"\n[court {COURT}]\n"
                 "last_status=names_differ\nlast_at=1700000000\nlast_run=1\n")
    told = two("link", "--all", f"--account={LOGIN}")
    assert commands_in(told) == [f"link --account={LOGIN} {COURT}"]


def test_with_one_account_advice_stays_short(one, court):
    court.fault("no_names")
    filer.add_filing(one)
    assert commands_in(one("link", COURT)) == [f"link {COURT}"]
    assert f"link {COURT}" in commands_in(one("status"))
