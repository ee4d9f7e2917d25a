# SPDX-License-Identifier: MIT
"""Files that may not grow (RLIMIT_FSIZE), as on a disk that is full: a sentence, and nothing sent
that is not on record."""

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


def link_within(person, size):
    """csolink link where no file may be larger; returns its status and standard error."""
    with person.popen(["prlimit", f"--fsize={size}", "csolink", "link", COURT],
                      stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        err = process.communicate(timeout=60)[1]
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
        status, err = link_within(person, size)
        if status == 0:
            break
        refused += 1
        assert (status, err.count("\n")) == (77, 1), (size, status, err)
        assert err.endswith("csolink cannot be written\n") and "refused_by_policy" in err
        assert court.state()["sign_on_requests"] <= len(state.sign_ons())
        sent = court.state()["link_submissions"][COURT]
        assert sent == 0 or f"[filing {COURT}]" in state.file.read_text()
    assert (refused > 5, status) == (True, 0)
