# SPDX-License-Identifier: MIT
"""No secret on a command line, in an environment, in a file, in a log, or in a core dump.

That none stands in a test's output is checked by the fixture "secrets" after each test.
"""

import os
import pathlib
import resource
import signal

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.places import SANITIZERS, TREE

STAGES = ["sign_on", "login", "submit", "confirm"]


def known_secrets(person):
    tokens = [path.read_text() for path in person.tokens.glob("token *")]
    return [text.encode() for text in (filer.ACCOUNT["password"], filer.ACCOUNT["otp_secret"],
                                       filer.filing_password(COURT), *tokens)]


def processes_of(person):
    """Their names, with all that /proc tells everybody or root about them."""
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            if process.stat().st_uid != person.uid and not is_csolink(process):
                continue
            yield (process / "comm").read_text().strip(), b"".join(
                (process / name).read_bytes() for name in ("cmdline", "environ"))
        except (FileNotFoundError, ProcessLookupError):
            continue  # it ended meanwhile


def is_csolink(process):
    return (process / "comm").read_text().startswith("csolink")


@pytest.fixture
def held(keyring, court, csolink):
    """Starts a get that stands still at a stage of the court."""
    started = []

    def hold(stage):
        court.hold(stage)
        process = csolink.start_get(filer.request(COURT))
        started.append(process)
        assert court.held() == stage
        return process

    filer.set_up(csolink)
    yield hold
    for process in started:
        process.kill()
        process.communicate()
    court.release(drop=True)


@pytest.mark.pam  # root alone may read the environment of a process that cannot be dumped
@pytest.mark.parametrize("stage", STAGES)
def test_no_command_line_and_no_environment_holds_a_secret(held, person, stage):
    held(stage)
    seen = dict(processes_of(person))
    assert {"csolink", "csolink-net"} <= set(seen)
    for secret in known_secrets(person):
        assert not [name for name, text in seen.items() if secret in text]


@pytest.mark.parametrize("stage", STAGES)
def test_csolink_and_its_worker_cannot_be_dumped_or_traced(held, person, stage):
    process = held(stage)
    limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text()
    core, = [line.split() for line in limits.splitlines() if "core file" in line]
    assert core[4:6] == ["0", "0"]
    if not SANITIZERS:  # which trace their own process
        # The kernel gives them to root, whom an ordinary user's namespace calls nobody.
        assert pathlib.Path(f"/proc/{process.pid}/environ").stat().st_uid != person.uid
    status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
    assert "NoNewPrivs:\t1" in status


def test_a_crash_leaves_no_core_dump(held, person):
    limit = resource.getrlimit(resource.RLIMIT_CORE)
    resource.setrlimit(resource.RLIMIT_CORE, (limit[1], limit[1]))
    try:
        process = held("submit")
    finally:
        resource.setrlimit(resource.RLIMIT_CORE, limit)
    process.send_signal(signal.SIGABRT)
    _, status = os.waitpid(process.pid, 0)
    assert os.WTERMSIG(status) == signal.SIGABRT
    assert not os.WCOREDUMP(status)


def test_no_file_but_the_token_holds_a_secret(
        keyring, court, csolink, person, tmp_path_factory):
    sources = {TREE, tmp_path_factory.getbasetemp()}  # where other tests keep copies of the tree
    filer.set_up(csolink)
    csolink.get(host(COURT))
    token, = person.tokens.glob("token *")
    for secret in known_secrets(person):
        for tree in (person.home, person.runtime, pathlib.Path("/tmp"), pathlib.Path("/var/log")):
            holders = [path for path in tree.rglob("*")
                       if path.is_file() and sources.isdisjoint(path.parents)
                       and os.access(path, os.R_OK) and secret in path.read_bytes()]
            assert [path for path in holders if path != token] == []


@pytest.mark.parametrize("result", ["0", "13"])
def test_a_sign_on_that_repeats_the_password_is_told_without_it(keyring, court, csolink, result):
    """The fixture secrets looks for it in what csolink writes."""
    filer.add_account(csolink)
    words = f"Practice: {filer.ACCOUNT['password']} was typed"
    court.fault("login_result", result=result, token="T" * 128, description=words)
    with csolink.terminal("link", "--progress", COURT) as terminal:
        terminal.expect(r"Practice: \*+ was typed")


def test_the_token_is_hers_alone(keyring, court, csolink, person):
    filer.set_up(csolink)
    csolink.get(host(COURT))
    token, = person.tokens.glob("token *")
    assert (token.stat().st_mode & 0o777, person.tokens.stat().st_mode & 0o777) == (0o600, 0o700)
    assert token.stat().st_uid == person.uid


def test_a_token_folder_that_is_not_private_is_not_used(keyring, court, csolink, person):
    filer.set_up(csolink)
    person.tokens.chmod(0o755)
    assert csolink.get(host(COURT)).fields["username"] == LOGIN
    assert list(person.tokens.glob("token *")) == []
