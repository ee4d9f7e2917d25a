# SPDX-License-Identifier: MIT
"""csolink-session run by hand: it obeys nobody but the module, and gives no user what she has not
already."""

import os
import pwd
import socket
import subprocess

import pytest

from support.places import CSOLINK, PATIENCE, SESSION
from support.trace import Trace

pytestmark = pytest.mark.pam
NOBODY = 65534
ABSENT, USAGE, BAD_INPUT, TIMED_OUT, REFUSED = 1, 64, 65, 75, 77
TIMEOUT_SECONDS = 30 * PATIENCE


def request(operation="session", user=None, **more):
    fields = {"operation": operation, "user": user, **more}
    return "".join(f"{key}={value}\n" for key, value in fields.items() if value) + "\n"


class ByHand:
    """Runs csolink-session as she could; nothing that it starts is missed."""

    def __init__(self, person, stage):
        self.person, self.trace = person, Trace(stage.folder)
        self.answer, self.error = "", ""

    def run(self, standard_input, as_root=False):
        """Returns the exit status."""
        command = [*self.trace.under, SESSION]
        options = {"stdin": standard_input, "stderr": subprocess.PIPE, "text": True}
        environment = {**self.trace.environment, "HOME": "/of/hers"}
        process = (subprocess.Popen(command, env=environment, **options) if as_root
                   else self.person.popen(command, environment, **options))
        with process:
            _, self.error = process.communicate(timeout=TIMEOUT_SECONDS)
        return process.returncode

    def ask(self, *messages, as_root=False, made_by_root=False, hang_up=False):
        """Sends the messages over a socket pair that she made, or root."""
        if made_by_root:
            ours, theirs = _pair()
        else:
            with self.person.acting():
                ours, theirs = _pair()
        with ours, theirs:
            for message in messages:
                ours.send(message.encode() if isinstance(message, str) else message)
            if hang_up:
                ours.shutdown(socket.SHUT_WR)
            status = self.run(theirs, as_root)
            theirs.close()
            self.answer = _receive(ours)
        return status

    @property
    def has_started_something(self):
        return self.trace.executed() != [str(SESSION)]


def _pair():
    return socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)


def _receive(end):
    """What was answered. The kernel tells once that the request was left unread."""
    for _ in range(2):
        try:
            return end.recv(4096, socket.MSG_DONTWAIT).decode()
        except ConnectionResetError:
            continue
    return ""


@pytest.fixture
def by_hand(person, stage):
    return ByHand(person, stage)


@pytest.mark.parametrize("message, status, sentence", [
    (request(user=pwd.getpwuid(NOBODY).pw_name), REFUSED, "only root can act for another user"),
    (request(user="root"), REFUSED, "root has no session here"),
    (request(user="no-such-user"), ABSENT, "no such user"),
    (request(), BAD_INPUT, "no user"),
    (request(user="lawyer", operation="shell"), BAD_INPUT, "no such operation"),
    (request(user="lawyer", secret="Invented-Login-Password3"), BAD_INPUT, "a secret belongs to"),
    (request(user="lawyer", operation="refresh", secret="x"), BAD_INPUT, "a secret belongs to"),
    (request(user="lawyer", operation="capture"), BAD_INPUT, "a secret belongs to"),
    (request(user="lawyer", operation="capture", secret=513 * "x"), BAD_INPUT, "secret"),
    (request(user="lawyer", extra=4096 * "x"), BAD_INPUT, "too long"),
    (request(user="lawyer", extra=100_000 * "x"), BAD_INPUT, "no request"),
    (300 * "a=b\n" + request(user="lawyer"), BAD_INPUT, "no request"),
    (request(user="lawyer\x00root"), BAD_INPUT, "no request"),
    ("operation=session\nlawyer\n\n", BAD_INPUT, "no request"),
    (b"\xff\xfe\x00\n", BAD_INPUT, "no request"),
], ids=lambda value: None if isinstance(value, int) else value[:40])
def test_request_that_is_not_hers_to_make_is_refused(by_hand, message, status, sentence):
    assert by_hand.ask(message) == status
    assert sentence in by_hand.answer
    assert not by_hand.has_started_something


@pytest.mark.parametrize("hang_up, status", [(False, TIMED_OUT), (True, ABSENT)])
def test_no_request_is_waited_for_a_moment_only(by_hand, hang_up, status):
    assert by_hand.ask(hang_up=hang_up) == status
    assert not by_hand.has_started_something


@pytest.mark.parametrize("as_root, made_by_root", [(False, True), (True, False)])
def test_socket_that_somebody_else_made_is_not_listened_to(by_hand, person, as_root, made_by_root):
    status = by_hand.ask(request(user=person.name), as_root=as_root, made_by_root=made_by_root)
    assert (status, by_hand.answer) == (USAGE, "")
    assert "only pam_csolink.so can start this program" in by_hand.error
    assert not by_hand.has_started_something


def terminal():
    end, other_end = os.openpty()
    os.close(end)
    return other_end


def pipe():
    end, other_end = os.pipe()
    os.write(other_end, request(user="lawyer").encode())
    return end


def regular_file():
    end = os.memfd_create("request")
    os.write(end, request(user="lawyer").encode())
    os.lseek(end, 0, os.SEEK_SET)
    return end


def socket_of(kind):
    ours, theirs = socket.socketpair(socket.AF_UNIX, kind)
    ours.send(request(user="lawyer").encode())
    ours.detach()
    return theirs.detach()


def byte_stream():
    return socket_of(socket.SOCK_STREAM)


def datagrams():
    return socket_of(socket.SOCK_DGRAM)


@pytest.mark.parametrize("standard_input", [terminal, pipe, regular_file, byte_stream, datagrams])
def test_what_is_no_socket_of_the_modules_is_not_listened_to(by_hand, person, standard_input):
    with person.acting():
        end = standard_input()
    assert by_hand.run(end) == USAGE
    assert by_hand.error == "csolink-session: only pam_csolink.so can start this program\n"
    assert not by_hand.has_started_something


def test_her_own_request_gives_her_nothing_that_she_has_not(stage, person):
    """The probe stands over csolink in a mount namespace that ends with it."""
    script = stage.folder / "csolink"
    script.write_text(f"#!{stage.folder}/probe {stage.report}\n")
    script.chmod(0o755)
    with person.acting():
        ours, theirs = _pair()
    with ours, theirs:
        ours.send(request(user=person.name).encode())
        subprocess.run(
            ["unshare", "--mount", "--propagation", "unchanged", "--", "sh", "-c",
             'mount --bind "$1" "$2" && shift 2 && exec setpriv "$@"', "sh", script, CSOLINK,
             f"--reuid={person.uid}", f"--regid={person.gid}", "--init-groups", SESSION],
            stdin=theirs, check=True, timeout=TIMEOUT_SECONDS,
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": "/of/hers",
                 "LD_LIBRARY_PATH": "/of/hers"})
    report = stage.read_report()
    assert report["Uid"][0].split() == [str(person.uid)] * 4
    assert report["Gid"][0].split() == [str(person.gid)] * 4
    assert report["Groups"][0].split() == [str(person.gid)]
    assert int(report["CapPrm"][0], 16) == 0 and report["NoNewPrivs"] == ["1"]
    assert "way_back" not in report
    assert f"HOME={person.home}" in report["environment"]
    assert not [entry for entry in report["environment"] if "/of/hers" in entry]
