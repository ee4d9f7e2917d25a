# SPDX-License-Identifier: MIT
"""kill -9 at each step: the next use ends linked, and links once what the court had linked."""

import os
import signal
import subprocess

import pytest

from support import filer
from support.filer import COURT, LOGIN, host

FRESH_MENU = "fresh_menu"
STAGES = ["sign_on", "login", "utilities", "link_form", "submit", "confirm", FRESH_MENU]


def kill_csolink(process):
    os.kill(process.pid, signal.SIGKILL)


def kill_worker(process):
    """csolink's only child."""
    subprocess.run(["pkill", "-KILL", "-P", str(process.pid)], check=True)


def hold_first(court, stage, after):
    """The fresh menu of step 10 is the second Utilities page, after the confirmation."""
    if stage == FRESH_MENU:
        court.hold("confirm")
    else:
        court.hold(stage, after=after)


def reach(court, stage, after):
    if stage == FRESH_MENU:
        assert court.held() == "confirm"
        court.hold("utilities", after=after)
        court.release()
        stage = "utilities"
    assert court.held() == stage


@pytest.mark.parametrize("kill", [kill_csolink, kill_worker])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("stage", STAGES)
def test_the_next_use_ends_linked(keyring, court, csolink, stage, after, kill):
    filer.set_up_without_codes(csolink, court)
    hold_first(court, stage, after)
    process = csolink.start_get(filer.request(COURT))
    reach(court, stage, after)
    kill(process)
    process.communicate()
    court.release(drop=True)
    before = court.state()
    result = csolink.get(host(COURT))
    state = court.state()
    assert result.err == ""
    assert result.fields["username"] == LOGIN
    assert len(state["links"]) == 1
    submissions = state["link_submissions"][COURT] - before["link_submissions"][COURT]
    assert submissions <= (0 if before["links"] else 1)
    assert state["confirmations"][COURT] - before["confirmations"][COURT] <= submissions
    assert state["violations"] == []
