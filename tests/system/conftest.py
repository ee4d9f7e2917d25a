# SPDX-License-Identifier: MIT
"""The fixtures of the system tests: a person, her keyring, her login, the practice court."""

import signal

import pytest

from support.bus import Bus
from support.checks import MemoryReports, Secrets
from support.cli import Csolink
from support.court import WORLD, Court
from support.desktop import GTK2, Desktop
from support.hostile import Stage
from support.keyring import PASSWORD, KeyringDaemon
from support.login import Login
from support.person import Person
from support.places import AS_ROOT


def pytest_configure():
    """A shell's background job ignores Ctrl-C, and what it starts would inherit that."""
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config, items):
    """Tests of real PAM stacks need the throw-away machine that root has."""
    if AS_ROOT:
        return
    with_pam = [item for item in items if item.get_closest_marker("pam")]
    if with_pam:
        items[:] = [item for item in items if item not in with_pam]
        config.hook.pytest_deselected(items=with_pam)
        config.deselected_for_root = len(with_pam)


def pytest_terminal_summary(terminalreporter, config):
    count = getattr(config, "deselected_for_root", 0)
    if count:
        terminalreporter.write_line(
            f"{count} tests with mark pam left out: they change /etc/pam.d, which needs root")


@pytest.fixture
def person():
    """Who runs csolink; home, state, configuration and runtime directory are empty."""
    person = Person()
    yield person
    person.leave()


@pytest.fixture
def secrets(person):
    """Collects the test's secrets (.add) and fails the test when one stands in its output."""
    secrets = Secrets()
    secrets.add(PASSWORD)
    yield secrets
    secrets.add_tokens(person.tokens)
    assert not secrets.leaks()


@pytest.fixture
def bus(person):
    """Her session bus, with nobody on it yet."""
    bus = Bus(person)
    yield bus
    bus.end()


@pytest.fixture
def keyring(bus):
    """Her keyring: real, empty, unlocked."""
    keyring = KeyringDaemon(bus)
    yield keyring
    keyring.end()


@pytest.fixture
def court(person, secrets):
    """The practice court, known to her configuration."""
    court = Court()
    court.introduce_to(person)
    secrets.add_world(WORLD)
    yield court
    court.stop()


@pytest.fixture
def desktop(person):
    """Her display, and Debian's plainest dialogs on it."""
    desktop = Desktop(person)
    person.configure(pinentry=GTK2)
    yield desktop
    desktop.end()


@pytest.fixture
def login(bus, secrets):
    """A PAM login of hers; for tests with mark pam, without keyring: the login brings its own."""
    return Login(bus)


@pytest.fixture
def stage(person):
    """Where the test host of the PAM module plays; for tests with mark pam."""
    stage = Stage(person)
    yield stage
    stage.clear()


@pytest.fixture
def csolink(person, secrets):
    """Runs csolink for her, under valgrind where that was asked for."""
    reports = MemoryReports()
    yield Csolink(person, secrets, reports)
    report = reports.take()
    assert not report, report
