# SPDX-License-Identifier: MIT
"""The fixtures of the login tests: the machine with our recipe, a newcomer, the login programs."""

import pytest

from hosts import console, machine, stacks
from hosts.logins import Daemons
from hosts.newcomer import Newcomer
from support.checks import MemoryReports, Secrets
from support.cli import Csolink
from support.court import WORLD, Court


def pytest_collection_modifyitems(items):
    """Tests of one machine do not run in the other; tests/logins/run runs both."""
    other = "plain" if machine.BOOTED else "booted"
    items[:] = [item for item in items if not item.get_closest_marker(other)]


@pytest.fixture(scope="session", autouse=True)
def recipe():
    """The machine as an administrator has it who followed docs/login-stacks.md."""
    machine.prepare()
    machine.follow_recipe()
    stacks.write_stacks()
    console.add_clerk()


@pytest.fixture(scope="session")
def daemons(recipe):
    """sshd, by PAM service; see hosts.logins."""
    daemons = Daemons()
    yield daemons
    daemons.stop()


@pytest.fixture
def newcomer(recipe):
    """Who logs in; her account is new."""
    newcomer = Newcomer()
    yield newcomer
    newcomer.leave()


@pytest.fixture
def court(newcomer):
    """The practice court, known to her configuration."""
    court = Court()
    court.introduce_to(newcomer)
    yield court
    court.stop()


@pytest.fixture
def csolink(newcomer):
    """Runs csolink beside her session, with its environment; her secrets stay out of its output."""
    secrets = Secrets()
    secrets.add_world(WORLD)
    yield Csolink(newcomer, secrets, MemoryReports())
    assert not secrets.leaks()
