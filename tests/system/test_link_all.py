# SPDX-License-Identifier: MIT
"""csolink link --all: forty courts with one sign-on, and wherever it is killed it goes on there."""

import os
import random
import signal

import pytest

from support import filer
from support.filer import host
from support.places import TREE

COURTS = 40
SEED = 20261123
PASSWORD = "Invented-{}-Filing7"

# What a kill meets: a stage of the practice court, before its effect or after, or the moment after
# a court's line. At the later ones the court has the filing password already.
KILLS = [("sign_on", False), ("login", False), ("login", True), ("utilities", False),
         ("utilities", True), ("link_form", False), ("link_form", True), ("submit", False),
         ("submit", True), ("confirm", False), ("confirm", True), ("fresh_menu", False),
         ("fresh_menu", True), ("line", None), ("line", None)]
SUBMITTED_AGAIN = [("submit", False), ("submit", True), ("confirm", False)]


def some_courts(chance):
    """Courts of the directory, district and bankruptcy, in link --all's order."""
    rows = [line.split("\t") for line in (TREE / "etc/courts.tsv").read_text().splitlines()]
    ids = [row[0] for row in rows if row[2:3] in (["district"], ["bankruptcy"])]
    return sorted(chance.sample(ids, COURTS))


@pytest.fixture
def forty(keyring, court, csolink, secrets):
    """A filer with a filing login at forty courts; none has seen her yet."""
    courts = some_courts(random.Random(SEED))
    for name in courts:
        secrets.add(PASSWORD.format(name))
    court.world(courts={"alnd": None, "alnb": None})
    court.world(courts={name: {"filing_logins": {
        "jdoe": {"password": PASSWORD.format(name), "name": "Jane Q. Doe"}}} for name in courts})
    filer.add_account_without_codes(csolink, court)
    for name in courts:
        assert filer.add_filing(csolink, name, password=PASSWORD.format(name)).status == 0
    return courts


def kill_at(csolink, court, name, stage, after):
    """Starts link --all and kills it at this court."""
    if stage == "fresh_menu":
        court.hold("confirm", host=host(name))
    elif stage != "line":
        court.hold(stage, host=None if stage == "sign_on" else host(name), after=after)
    process = csolink.start("link", "--all")
    if stage == "line":
        while not process.stdout.readline().startswith(f"{name}: linked"):
            assert process.poll() is None
    elif stage == "fresh_menu":
        assert court.held() == "confirm"
        court.hold("utilities", host=host(name), after=after)
        court.release()
        assert court.held() == "utilities"
    else:
        assert court.held() == stage
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    court.release(drop=True)


def test_killed_anywhere_it_goes_on_where_it_stood(forty, court, csolink):
    chance = random.Random(SEED)
    points = sorted(chance.sample(range(1, COURTS), len(KILLS) - 1))
    others = KILLS[1:]
    chance.shuffle(others)
    plan = [(forty[0], *KILLS[0])] + [(forty[i], *kill) for i, kill in zip(points, others)]
    for kill in plan:
        kill_at(csolink, court, *kill)
    result = csolink("link", "--all")
    assert (result.status, result.err) == (0, "")
    state = court.state()
    assert sorted(link["court"] for link in state["links"]) == forty
    twice = {name for name, *kill in plan if tuple(kill) in SUBMITTED_AGAIN}
    assert state["link_submissions"] == {name: 2 if name in twice else 1 for name in forty}
    assert state["sign_on_requests"] <= 2
    assert state["violations"] == []
    assert csolink("link", "--all").status == 0
    assert court.state()["requests"] == state["requests"]
    check = csolink("link", "--check", "--all")
    assert (check.status, check.err) == (0, "")
    assert check.out.splitlines()[-1] == "40 courts: 40 linked"
    assert court.state()["requests"] - state["requests"] == COURTS


def test_a_failure_at_one_court_does_not_stop_the_others(forty, court, csolink):
    bad, differs, down = forty[3], forty[5], forty[7]
    court.world(courts={bad: {"filing_logins": {"jdoe": {"password": "Changed-At-The-Court7"}}},
                        differs: {"filing_logins": {"jdoe": {"name": "John Roe"}}}})
    court.fault("status", host=host(down), code=500)
    result = csolink("link", "--all")
    assert result.status == 77
    assert [line.split(" (")[0] for line in result.err.splitlines()] == [
        "csolink: rejected", "csolink: needs_person", "csolink: court_error"]
    assert result.out.splitlines()[-1] == "40 courts: 37 linked, 3 failed"
    assert (len(court.state()["links"]), court.state()["sign_on_requests"]) == (37, 1)
