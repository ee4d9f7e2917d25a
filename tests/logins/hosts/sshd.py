# SPDX-License-Identifier: MIT
"""Debian's sshd on loopback, and ssh to it."""

import os
import pathlib
import socket
import subprocess

from hosts.machine import write
from support.background import wait_for
from support.places import PATIENCE

SSHD = pathlib.Path("/usr/sbin/sshd")
CONFIG = """\
ListenAddress 127.0.0.1:{port}
HostKey {directory}/host_key
PidFile none
UsePAM yes
PasswordAuthentication yes
KbdInteractiveAuthentication yes
UseDNS no
"""
ASKPASS = "#!/bin/sh\nprintf '%s\\n' \"$LOGIN_PASSWORD\"\n"
LOGIN_SECONDS = 30 * PATIENCE


class Sshd:
    """A daemon whose PAM service has the name that it is called by: /etc/pam.d/NAME.

    So sshd can also stand in the place of other hosts, with their stacks.
    """

    def __init__(self, name="sshd"):
        self._directory = pathlib.Path("/run/hosts") / name
        self._directory.mkdir(parents=True)
        program = SSHD if name == "sshd" else pathlib.Path("/usr/local/sbin", name)
        if program != SSHD:
            program.symlink_to(SSHD)
        self._port = _free_port()
        write(self._directory / "config",
              CONFIG.format(port=self._port, directory=self._directory))
        write(self._directory / "askpass", ASKPASS)
        (self._directory / "askpass").chmod(0o755)
        for key in ("host_key", "user_key"):
            subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "",
                            "-f", self._directory / key], check=True)
        with open(self._directory / "log", "wb") as log:
            self._daemon = subprocess.Popen(
                [program, "-D", "-e", "-f", self._directory / "config"], stderr=log)
        wait_for(self._answers)

    def stop(self):
        self._daemon.terminate()
        self._daemon.wait()

    def log(self):
        return (self._directory / "log").read_text()

    def run(self, person, command, method="password", password=None, terminal=False):
        """ssh: runs command in a session of the person's; returns ssh's completed process."""
        if "publickey" in method:
            person.write(person.home / ".ssh/authorized_keys",
                         (self._directory / "user_key.pub").read_text())
        return subprocess.run(
            self.command(person, method, *["-tt"] if terminal else ["-T"]) + [command],
            env=self.environment(person, password), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=LOGIN_SECONDS)

    def command(self, person, method, *options):
        settings = {
            "Port": self._port, "User": person.name, "PreferredAuthentications": method,
            "IdentityFile": self._directory / "user_key", "IdentitiesOnly": "yes",
            "StrictHostKeyChecking": "no", "UserKnownHostsFile": "/dev/null",
            "NumberOfPasswordPrompts": 1, "LogLevel": "ERROR"}
        return ["ssh", *options, *(f"-o{name}={value}" for name, value in settings.items()),
                "127.0.0.1"]

    def environment(self, person, password=None):
        """ssh asks a program for the password, and nobody else."""
        return os.environ | {"SSH_ASKPASS": str(self._directory / "askpass"),
                             "SSH_ASKPASS_REQUIRE": "force",
                             "LOGIN_PASSWORD": password or person.password}

    def _answers(self):
        assert self._daemon.poll() is None, self.log()
        with socket.socket() as connection:
            return connection.connect_ex(("127.0.0.1", self._port)) == 0


def _free_port():
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]
