# SPDX-License-Identifier: MIT
"""What csolink does behind a login: asked for as pam_csolink.so does, and watched."""

import os
import pathlib
import socket
import subprocess
import time

from support.places import PATIENCE, SESSION

LINK_SECONDS = 20 * PATIENCE
SYS_CLOCK_NANOSLEEP = {"x86_64": 230, "aarch64": 115}.get(os.uname().machine)


def ask(person, operation, **fields):
    """Sends a request to csolink-session, which root's PAM hosts start; returns the answer."""
    ours, theirs = request_socket(operation=operation, user=person.name, **fields)
    with ours, theirs, subprocess.Popen([SESSION], stdin=theirs, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL, env={}) as helper:
        ours.settimeout(LINK_SECONDS)
        answer = ours.recv(512).decode()
        assert helper.wait(LINK_SECONDS) == (0 if answer == "status=ok\n\n" else helper.returncode)
    return dict(line.split("=", 1) for line in answer.split("\n") if line)


def request_socket(**fields):
    """The two ends of a socket; a request waits at the second one."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    ours.send("".join(f"{key}={value}\n" for key, value in fields.items()).encode() + b"\n")
    return ours, theirs


def wait_for(what, seconds=LINK_SECONDS):
    """What a background process will have done; polls, for nothing tells us."""
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end, "it was not done in time"
        time.sleep(0.05)


def background_of(person, names=("csolink-session", "csolink", "csolink-net")):
    """Processes of hers that run: csolink is csolink-session for a moment before, first root's."""
    found = []
    for process in pathlib.Path("/proc").glob("[0-9]*"):
        try:
            status = dict(line.split(":\t", 1) for line in
                          (process / "status").read_text().splitlines() if ":\t" in line)
        except (FileNotFoundError, ProcessLookupError):
            continue
        owners = (0, person.uid) if status["Name"] == "csolink-session" else (person.uid,)
        if (status["Name"] in names and not status["State"].startswith("Z")
                and int(status["Uid"].split()[0]) in owners):
            found.append(int(process.name))
    return found


def wait_for_end(person):
    wait_for(lambda: not background_of(person))


def wait_for_waiter(person):
    """The one csolink of hers, when it has looked at the keyring and waits for it."""
    wait_for(lambda: background_of(person, ["csolink"]))
    process, = background_of(person)
    wait_for(lambda: is_asleep(process))
    return process


def is_asleep(process):
    """Whether it waits for a time, and for nothing else."""
    call = pathlib.Path(f"/proc/{process}/syscall").read_text().split()[0]
    return call == str(SYS_CLOCK_NANOSLEEP)


def is_stuck(process):
    """Whether it waits for an answer: it does not pause for longer than its pauses are apart."""
    for _ in range(10):
        if is_asleep(process):
            return False
        time.sleep(0.05)
    return True
