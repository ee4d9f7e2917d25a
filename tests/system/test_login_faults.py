# SPDX-License-Identifier: MIT
"""Logins while something is broken: not held up, not refused; and nothing is spoilt for later."""

import contextlib
import dataclasses
import socket
import subprocess
import time

import pytest

from support import filer
from support.background import background_of, wait_for, wait_for_end
from support.bus import Bus
from support.court import Court
from support.dead_files import dead_files
from support.filer import COURT, LOGIN, host
from support.keyring import KeyringDaemon
from support.login import Login
from support.person import Person
from support.places import PATIENCE, WORKER

pytestmark = pytest.mark.pam
TIMEOUT_SECONDS = 2  # the module's option "timeout"
GRACE_SECONDS = 2 * PATIENCE
WAIT_SECONDS = 60 + 10 * PATIENCE  # for the keyring, as long as the work waits at most
DISK_KIB = 128
BLOCK = bytes(4096)


@dataclasses.dataclass
class Workplace:
    """A filer with one pending link; her login, and what it depends on."""
    person: Person
    bus: Bus
    keyring: KeyringDaemon
    court: Court
    login: Login

    def end_session(self):
        self.keyring.end()
        self.bus.end()

    def begin_session(self):
        """What person.leave() will end."""
        self.bus = Bus(self.person)
        self.keyring = KeyringDaemon(self.bus)


@pytest.fixture
def small_disks(person):
    """Her state and her runtime directory each on a disk of its own, which a test can fill."""
    with contextlib.ExitStack() as disks:
        with person.acting():
            person.state.mkdir(mode=0o700, parents=True)
        for directory in (person.state, person.runtime):
            options = f"size={DISK_KIB}k,mode=700,uid={person.uid},gid={person.gid}"
            subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", directory], check=True)
            disks.callback(subprocess.run, ["umount", "--lazy", directory], check=True)
        yield


@pytest.fixture
def workplace(small_disks, person, login, bus, keyring, court, csolink):
    person.configure(worker_timeout=3 * PATIENCE)
    filer.set_up_without_codes(csolink, court)
    return Workplace(person, bus, keyring, court, login)


# The faults are contexts: broken inside, mended at the end.


@contextlib.contextmanager
def stopped_keyring_daemon(workplace):
    workplace.keyring.freeze()
    yield
    workplace.keyring.thaw()


@contextlib.contextmanager
def dead_bus(workplace, backlog=None):
    """A socket in the bus's place; nobody listens."""
    workplace.end_session()
    with socket.socket(socket.AF_UNIX) as listener:
        with workplace.person.acting():
            listener.bind(str(workplace.person.bus))
        if backlog:
            listener.listen(backlog)
        yield
    workplace.person.bus.unlink()
    workplace.begin_session()


def deaf_bus(workplace):
    """Connections are accepted, and never answered."""
    return dead_bus(workplace, backlog=100)


@contextlib.contextmanager
def full_disk(directory):
    filler = directory / "filler"
    with open(filler, "wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
        while True:
            file.write(BLOCK)
    yield
    filler.unlink()


def full_state(workplace):
    return full_disk(workplace.person.state)


def full_runtime(workplace):
    return full_disk(workplace.person.runtime)


@contextlib.contextmanager
def hanging_court(workplace):
    workplace.court.fault("hang", stage="login")
    yield
    workplace.court.fault("hang", clear=True)


@contextlib.contextmanager
def missing_worker(_workplace):
    aside = WORKER.with_suffix(".aside")
    WORKER.rename(aside)
    try:
        yield
    finally:
        aside.rename(WORKER)


# What the background work does meanwhile: does it wait, and how often has it signed on.
FAULTS = [
    (stopped_keyring_daemon, True, 0),
    (dead_bus, False, 0),
    (deaf_bus, True, 0),
    (full_state, False, 0),
    (full_runtime, False, 1),
    (hanging_court, False, 1),
    (missing_worker, False, 0),
]


def seconds_of_login(login, *without):
    """A login that succeeds, without the modules named; pam_gnome_keyring would hang itself."""
    login.stack("link=login", without=["pam_gnome_keyring.so", *without])
    begun = time.monotonic()
    process = login()
    assert process.returncode == 0, process.stderr
    return time.monotonic() - begun


@pytest.mark.parametrize("fault, waits, sign_ons", FAULTS,
                         ids=[fault.__name__ for fault, _, _ in FAULTS])
def test_no_fault_holds_up_a_login_or_spoils_the_first_use(
        workplace, csolink, fault, waits, sign_ons):
    person, court = workplace.person, workplace.court
    with fault(workplace):
        without = seconds_of_login(workplace.login, "pam_csolink.so")
        seconds = seconds_of_login(workplace.login)
        assert seconds <= without + TIMEOUT_SECONDS + GRACE_SECONDS
        wait_for(lambda: bool(background_of(person)) == waits)
        assert court.state()["sign_on_requests"] == sign_ons
    wait_for_end(person)
    assert csolink("link", COURT).status == 0
    assert csolink.get(host(COURT)).fields["username"] == LOGIN
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


def test_the_background_work_ends_by_itself_on_a_bus_that_never_answers(workplace):
    with deaf_bus(workplace):
        seconds_of_login(workplace.login)
        wait_for(lambda: background_of(workplace.person))
        wait_for(lambda: not background_of(workplace.person), WAIT_SECONDS)


def test_a_runtime_directory_that_never_answers_does_not_hold_up_a_login(person, login):
    """She can mount one there herself; who looks into it does not end when it is killed."""
    login.stack("link=login")
    with dead_files(person.runtime, person.uid, person.gid):
        begun = time.monotonic()
        process = login()
        assert process.returncode == 0, process.stderr
        assert time.monotonic() - begun <= TIMEOUT_SECONDS + GRACE_SECONDS
