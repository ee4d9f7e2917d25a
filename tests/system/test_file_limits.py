# SPDX-License-Identifier: MIT
"""Files that may not grow (RLIMIT_FSIZE), as on a disk that is full: a sentence that is true, and
nothing sent that is not on record."""

import re
import subprocess

import pytest

from support import filer
from support.filer import COURT, LOGIN
from support.state import State

STEP, MOST = 50, 4000


@pytest.fixture
def filing(keyring, court, csolink):
    filer.set_up_without_codes(csolink, court)
    return csolink


def run_within(person, size, *arguments, input=""):
    """csolink where no file may be larger; returns its status and standard error."""
    with person.popen(["prlimit", f"--fsize={size}", "csolink", *arguments], text=True,
                      stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                      stderr=subprocess.PIPE) as process:
        err = process.communicate(input, timeout=60)[1]
    return process.returncode, err


def test_a_state_that_may_not_grow_stops_the_run_with_a_sentence_at_any_size(filing, court, person):
    state, refused = State(person), 0
    state.keep()
    for size in range(0, MOST, STEP):
        state.bring_back()
        for token in person.tokens.glob("*"):
            token.unlink()
        court.reset()
        court.world(accounts={LOGIN: {"otp_secret": None}})
        status, err = run_within(person, size, "link", COURT)
        if status == 0:
            break
        refused += 1
        assert (status, err.count("\n")) == (77, 1), (size, status, err)
        assert err.endswith("csolink cannot be written\n") and "refused_by_policy" in err
        assert court.state()["sign_on_requests"] <= len(state.sign_ons())
        sent = court.state()["link_submissions"][COURT]
        assert sent == 0 or f"[filing {COURT}]" in state.file.read_text()
    assert (refused > 5, status) == (True, 0)


@pytest.mark.parametrize("arguments, input", [
    (["account", "add", "--purpose=search", "--otp=none", "searcher"], "password=Sesame-2024\n"),
    (["account", "remove", LOGIN], ""),
    (["account", "otp", LOGIN], f"otp_secret={filer.ACCOUNT['otp_secret']}\n"),
    (["account", "otp", "--otp=ask", LOGIN], ""),
    (["filing", "add", f"--account={LOGIN}", filer.BANKRUPTCY, "jdoe"],
     f"password={filer.filing_password(filer.BANKRUPTCY)}\n"),
    (["filing", "remove", f"--account={LOGIN}", COURT], ""),
])
def test_a_state_that_may_not_grow_leaves_the_keyring_as_it_was_at_any_size(
        filing, keyring, person, arguments, input):
    before, refused = keyring.items(), 0
    for size in range(0, MOST, STEP):
        status, err = run_within(person, size, *arguments, input=input)
        if status == 0:
            break
        refused += 1
        assert (status, keyring.items()) == (77, before), (size, err)
        assert re.search(r"/csolink cannot be written, so nothing was (changed|stored)\n$", err), err
    assert (refused > 0, status) == (True, 0)
    assert keyring.items() != before


def test_a_lock_that_cannot_be_made_is_told_and_leaves_the_keyring_as_it_was(
        filing, keyring, person):
    lock = person.state / "practice" / f"{LOGIN}.run"
    lock.unlink(missing_ok=True)
    with person.acting():
        lock.mkdir()
    before = keyring.items()
    for arguments in (["otp", "--otp=ask", LOGIN], ["client-code", LOGIN, "12-345"]):
        result = filing("account", *arguments)
        assert (result.status, keyring.items()) == (77, before)
        assert result.err.endswith("csolink cannot be written, so nothing was changed\n")


def test_no_new_password_is_stored_that_the_state_cannot_remember(filing, keyring, court, person):
    before, sent = keyring.items(), court.state()["requests"]
    status, err = run_within(person, 0, "account", "password", LOGIN,
                             input="password=Invented-New-Password9\n")
    assert (status, keyring.items(), court.state()["requests"]) == (77, before, sent), err
    assert err.count("\n") == 1


@pytest.mark.parametrize("options", [[], ["--retry"]])
def test_a_new_password_is_not_told_to_be_unanswered_where_the_state_may_not_grow(
        filing, court, person, options):
    with person.popen(["prlimit", "--fsize=0", "csolink", "account", "password", *options, LOGIN],
                      stdin=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        err = process.communicate("password=New-Invented-Secret7\n", timeout=60)[1]
    assert (process.returncode, court.state()["sign_on_requests"]) == (77, 0)
    assert err.endswith("csolink cannot be written\n") and "twice" not in err, err
