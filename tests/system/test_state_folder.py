# SPDX-License-Identifier: MIT
"""A state folder that may be read and not written, or not even read: looking needs no writing, and
what cannot be read is told, not shown as empty."""

import contextlib

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.state import State

LOOKS = (["status", "--json"], ["history", "--json"], ["courts", "--json", COURT])
UNREAD = "csolink cannot be read"


@pytest.fixture
def linked(keyring, court, csolink):
    filer.set_up_without_codes(csolink, court)
    assert csolink.get(host(COURT)).status == 0
    return csolink


@contextlib.contextmanager
def mode(person, path, bits):
    """path has this mode meanwhile."""
    before = path.stat().st_mode & 0o777
    with person.acting():
        path.chmod(bits)
    try:
        yield
    finally:
        with person.acting():
            path.chmod(before)


def test_a_folder_that_cannot_be_written_is_looked_at_as_ever(linked, person):
    before = [linked(*look).out for look in LOOKS]
    assert all('"link' in out for out in before)
    with mode(person, person.state / "practice", 0o500):
        after = [linked(*look) for look in LOOKS]
    assert [(look.status, look.err) for look in after] == [(0, "")] * len(LOOKS)
    assert [look.out for look in after] == before


def test_a_folder_that_cannot_be_written_takes_no_account_and_says_so(linked, keyring, person):
    before = keyring.items()
    with mode(person, person.state / "practice", 0o500):
        result = linked("account", "add", "--purpose=search", "--otp=none", "searcher",
                        input="password=Sesame-2024\n")
    assert (result.status, keyring.items()) == (77, before)
    assert result.err.endswith("csolink cannot be written, so nothing was changed\n")


@pytest.mark.parametrize("look, file", [
    (LOOKS[0], "state"), (LOOKS[1], "history"), (LOOKS[2], "state"),
    (LOOKS[0], None), (LOOKS[1], None), (LOOKS[2], None),
])
def test_what_cannot_be_read_is_told(linked, person, look, file):
    folder = State(person).folder
    with mode(person, folder / f"{LOGIN}.{file}" if file else folder, 0):
        result = linked(*look)
    assert (result.status, UNREAD in result.err, result.err.count("\n")) == (70, True, 1)


def test_with_a_locked_keyring_a_folder_that_cannot_be_read_does_not_look_empty(
        linked, keyring, person):
    keyring.lock()
    with mode(person, person.state / "practice", 0):
        result = linked("status")
    assert UNREAD in result.err and "no account is known" not in result.out


def test_a_command_that_needs_the_state_tells_that_it_cannot_be_read(linked, person):
    with mode(person, State(person).file, 0):
        for result in (linked("link", COURT), linked.get(host(COURT))):
            assert UNREAD in result.err and "written" not in result.err
