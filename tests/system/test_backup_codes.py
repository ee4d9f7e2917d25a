# SPDX-License-Identifier: MIT
"""Backup codes: stored one an item, counted, and each sent once at a person's word."""

import json

import pytest

from support import filer
from support.filer import LOGIN

CODES = [f"ab{number}c-de{number}f" for number in range(10)]
NEW_CODES = [f"1000000{number}" for number in range(10)]


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    secrets.add(*CODES, *NEW_CODES)
    court.world(accounts={LOGIN: {"backup_codes": CODES}})
    filer.add_account(csolink, otp="ask")
    return csolink


def store(csolink, codes):
    return csolink("account", "backup", LOGIN, input="".join(f"{code}\n" for code in codes))


def items(keyring):
    return [item for item in keyring.items() if item["attributes"].get("kind") == "backup"]


def stored(keyring):
    return [keyring.lookup(kind="backup", otp=item["attributes"]["otp"])
            for item in items(keyring)]


def count(csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    listed, = json.loads(csolink("account", "list", "--json").out)
    assert account["backup_codes"] == listed["backup_codes"]
    return account["backup_codes"]


def test_each_code_is_an_item_and_the_count_is_told(filing, keyring):
    assert count(filing) == 0
    result = store(filing, CODES)
    assert (result.status, "10 backup codes" in result.out) == (0, True), result.err
    assert sorted(stored(keyring)) == CODES
    assert count(filing) == 10
    assert "backup codes 10" in filing("status").out
    assert "backup codes=10" in filing("account", "list").out
    names = [set(item["attributes"]) for item in keyring.items()]
    assert not [other for other in names if other != names[0]]


def test_a_new_batch_takes_the_old_ones_place(filing, keyring):
    store(filing, CODES)
    for batch in (NEW_CODES[:3], CODES[:5], NEW_CODES):
        assert store(filing, batch).status == 0
        assert sorted(stored(keyring)) == batch


def test_lines_may_have_blanks_and_be_empty(filing, keyring):
    assert store(filing, ["", " ab0c-de0f\r", "1000 0001", "\t"]).status == 0
    assert sorted(stored(keyring)) == ["10000001", "ab0c-de0f"]


def test_a_person_types_them_one_after_another(filing, keyring):
    with filing.terminal("account", "backup", LOGIN) as terminal:
        for number, code in enumerate(CODES[:2]):
            terminal.expect(f"Backup code {number + 1} ")
            assert not terminal.echoes
            terminal.type(code)
        terminal.expect("Backup code 3 ")
        terminal.type("no code!")
        terminal.expect("6 to 32")
        terminal.expect("Backup code 3 ")
        terminal.type("")
        assert terminal.wait() == 0, terminal.text
        assert "2 backup codes" in terminal.text
    assert sorted(stored(keyring)) == CODES[:2]


@pytest.mark.parametrize("lines, word", [
    ([], "no backup code"), (["12345"], "6 to 32"), (CODES + ["a;b;c;d"], "6 to 32"),
    ([CODES[0], CODES[0]], "twice"), ([f"20000{n:03}" for n in range(51)], "more"),
    (["1" * 5000], "too long")])
def test_other_input_is_refused_and_changes_nothing(filing, keyring, lines, word):
    store(filing, CODES[:3])
    result = store(filing, lines)
    assert (result.status, word in result.err) == (65, True), result.err
    assert sorted(stored(keyring)) == CODES[:3]


def test_removing_the_account_removes_them(filing, keyring):
    store(filing, CODES)
    assert filing("account", "remove", LOGIN).status == 0
    assert items(keyring) == []


def test_no_sign_on_uses_one_by_itself(filing, court):
    store(filing, CODES)
    assert filing("link", "alnd").status == 3
    assert (count(filing), court.state()["sign_on_requests"]) == (10, 0)
