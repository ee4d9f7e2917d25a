# SPDX-License-Identifier: MIT
"""What a user can put in the way of her own login: root touches nothing of it, nothing is started
for what is not hers alone, and no program of csolink lends a privilege."""

import ctypes
import os
import pathlib
import signal
import stat
import subprocess

import pytest

from support.background import background_of, wait_for
from support.places import CSOLINK, SANITIZERS, SESSION, WORKER
from support.trace import Trace

pytestmark = pytest.mark.pam
PROGRAMS = [CSOLINK, SESSION, WORKER,
            *pathlib.Path("/usr/lib").glob("*/security/pam_csolink.so")]
NOBODY = 65534


class Place:
    """A path of the person's that a test may replace by anything; her own comes back."""

    def __init__(self, path, person):
        self.path, self.person = path, person
        self.own = path.rename(path.with_name("own"))

    def back(self):
        if self.path.is_dir() and not self.path.is_symlink():
            self.path.rename(self.path.with_name("discarded"))
        else:
            self.path.unlink(missing_ok=True)
        self.own.rename(self.path)

    def directory(self, path=None, uid=None, mode=0o700):
        path = path or self.path
        path.mkdir()
        os.chown(path, self.person.uid if uid is None else uid, self.person.gid)
        path.chmod(mode)
        return path

    def fifo(self, path=None):
        os.mkfifo(path or self.path)
        os.chown(path or self.path, self.person.uid, self.person.gid)


# --- what starts ---

PTRACE_TRACEME, PTRACE_KILL = 0, 8


@pytest.mark.skipif(bool(SANITIZERS), reason="LeakSanitizer has to read csolink")
def test_no_process_of_hers_gets_at_csolink_while_it_starts(person):
    """Stopped at its first instruction, before it can shield itself."""
    ptrace = ctypes.CDLL(None).ptrace
    pid = os.fork()
    if pid == 0:
        os.setgroups([])
        os.setresgid(person.gid, person.gid, person.gid)
        os.setresuid(person.uid, person.uid, person.uid)
        ptrace(PTRACE_TRACEME, 0, None, None)
        os.execv(CSOLINK, ["csolink", "version"])
    try:
        assert os.WSTOPSIG(os.waitpid(pid, 0)[1]) == signal.SIGTRAP
        assert os.readlink(f"/proc/{pid}/exe") == str(CSOLINK)
        with person.acting(), pytest.raises(PermissionError):
            os.listdir(f"/proc/{pid}/fd")
    finally:
        ptrace(PTRACE_KILL, pid, None, None)
        os.waitpid(pid, 0)


# --- /run/user/UID ---

def no_directory(place):
    pass


def link_to_anothers(place):
    place.path.symlink_to(place.directory(place.path.with_name(str(NOBODY)), NOBODY))


def link_to_her_own(place):
    place.path.symlink_to(place.own)


def fifo(place):
    place.fifo()


def file(place):
    place.path.touch(0o700)
    os.chown(place.path, place.person.uid, place.person.gid)


def anothers(place):
    place.directory(uid=NOBODY)


def roots(place):
    place.directory(uid=0)


def open_to_others(place):
    place.directory(mode=0o755)


@pytest.fixture
def runtime(person):
    place = Place(person.runtime, person)
    yield place
    place.back()
    subprocess.run(["rm", "-rf", person.runtime.with_name(str(NOBODY)),
                    person.runtime.with_name("discarded")], check=True)


@pytest.mark.parametrize("make", [
    no_directory, link_to_anothers, link_to_her_own, fifo, file, anothers, roots, open_to_others])
def test_nothing_is_started_for_a_runtime_directory_that_is_not_hers_alone(
        make, runtime, stage, person):
    make(runtime)
    trace = Trace(stage.folder)
    host = stage.host(under=trace.under, env=trace.environment)
    assert host.returncode == 0, host.stderr
    assert str(SESSION) in trace.executed() and str(CSOLINK) not in trace.executed()
    assert any(str(person.runtime) in call for call in trace.as_user())
    assert not [call for call in trace.as_root() if str(person.runtime) in call]


def test_csolink_is_started_for_a_runtime_directory_of_her_own(stage, person):
    trace = Trace(stage.folder)
    host = stage.host(under=trace.under, env=trace.environment)
    assert host.returncode == 0, host.stderr
    assert str(CSOLINK) in trace.executed()
    assert not [call for call in trace.as_root() if str(person.runtime) in call]


# --- HOME ---

def link_to_roots(place):
    place.path.symlink_to("/root")


def unreadable(place):
    place.directory(mode=0)


def fifo_for_state(place):
    for part in ("", ".local", ".local/state"):
        place.directory(place.path / part)
    place.fifo(place.path / ".local/state/csolink")


def fifo_for_configuration(place):
    for part in ("", ".config", ".config/csolink"):
        place.directory(place.path / part)
    place.fifo(place.path / ".config/csolink/csolink.conf")


HOMES = [no_directory, link_to_roots, unreadable, fifo, roots, fifo_for_state,
         fifo_for_configuration]


@pytest.fixture
def home(person):
    place = Place(person.home, person)
    yield place
    place.back()
    subprocess.run(["rm", "-rf", person.home.with_name("discarded")], check=True)


@pytest.mark.parametrize("make", HOMES)
def test_root_touches_nothing_in_a_home_of_any_kind(make, home, stage, person):
    make(home)
    trace = Trace(stage.folder)
    host = stage.host(under=trace.under, env=trace.environment)
    assert host.returncode == 0, host.stderr
    assert str(CSOLINK) in trace.executed()
    assert not [call for call in trace.as_root()
                if str(person.home) in call and not call.startswith("execve")]


@pytest.mark.parametrize("make", HOMES)
def test_login_with_a_home_of_any_kind_returns_in_time(make, keyring, home, stage):
    make(home)
    host = stage.host("nothing-replaced")
    assert host.returncode == 0, host.stderr


# --- what is installed, and what waits in the background ---

@pytest.mark.parametrize("program", PROGRAMS, ids=lambda path: path.name)
def test_installed_program_is_roots_and_gives_its_caller_no_privilege(program):
    found = program.stat()
    assert (found.st_uid, found.st_gid) == (0, 0)
    assert found.st_mode & (stat.S_ISUID | stat.S_ISGID | stat.S_IWGRP | stat.S_IWOTH) == 0
    assert "security.capability" not in os.listxattr(program)


@pytest.mark.skipif(bool(SANITIZERS), reason="LeakSanitizer needs a process that can be traced")
def test_csolink_in_the_background_cannot_be_looked_into_by_its_own_user(stage, bus, person):
    host = stage.host("nothing-replaced")
    assert host.returncode == 0, host.stderr
    wait_for(lambda: background_of(person, ["csolink"]))
    process = pathlib.Path(f"/proc/{background_of(person, ['csolink'])[0]}")
    wait_for(lambda: (process / "environ").stat().st_uid == 0)
    with person.acting(), pytest.raises(PermissionError):
        (process / "environ").read_bytes()
    status, limits = (process / "status").read_text(), (process / "limits").read_text()
    assert f"Uid:\t{person.uid}\t{person.uid}\t{person.uid}\t{person.uid}\n" in status
    assert "NoNewPrivs:\t1\n" in status
    core, = [line for line in limits.splitlines() if line.startswith("Max core file size")]
    assert core.split()[4:6] == ["0", "0"]
