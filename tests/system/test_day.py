# SPDX-License-Identifier: MIT
"""A day of a law firm: two hundred runs of tools, and one sign-on of ours."""

import pytest

from support import filer
from support.background import ask, wait_for_end
from support.filer import COURT, LOGIN, host
from support.other_tool import AGENT, sign_on

pytestmark = pytest.mark.pam
RUNS, UNLOCKS, LOGINS = 200, 12, 3


@pytest.fixture
def filing(keyring, court, csolink, person, secrets):
    filer.set_up_without_codes(csolink, court)
    return csolink


def events():
    """The day in its order: what happens before which run."""
    for run in range(RUNS):
        if run % (RUNS // LOGINS) == 0 and run // (RUNS // LOGINS) < LOGINS:
            yield "login"
        if run % (RUNS // UNLOCKS) == 0 and run // (RUNS // UNLOCKS) < UNLOCKS:
            yield "unlock"
        yield "token" if run % 2 else "password"


def test_a_day_is_one_sign_on_of_ours(filing, court, person):
    take_token = filer.taking_the_token(filing)
    done = dict.fromkeys(["login", "unlock", "token", "password"], 0)
    for event in events():
        done[event] += 1
        if event == "login":
            assert ask(person, "session", link="login") == {"status": "ok"}
            wait_for_end(person)
        elif event == "unlock":
            assert ask(person, "refresh") == {"status": "ok"}
            wait_for_end(person)
        elif event == "token":
            result = filing(*take_token, prints_secret=True)
            assert result.status == 0, result.err
        else:
            password = filing.get(host(COURT)).fields["password"]
            assert sign_on(court, loginId=LOGIN, password=password)["loginResult"] == "0"
    state = court.state()
    assert done == {"login": LOGINS, "unlock": UNLOCKS, "token": RUNS // 2, "password": RUNS // 2}
    assert state["sign_on_requests_by_agent"] == {"csolink": 1, AGENT: RUNS // 2}
    assert state["link_submissions"][COURT] == 1
    assert state["violations"] == []
