# SPDX-License-Identifier: MIT
"""Every way in, by name: each runs a command in a session and returns what was shown.

A way takes the daemons (Daemons), the person, the command and, if it asks for her password,
another one to answer with.
"""

from hosts import console
from hosts.machine import BOOTED
from hosts.sshd import Sshd

NO_KEYRING, LOCKED = 69, 3


class Daemons:
    """One sshd for each PAM service that a test wants, until stop()."""

    def __init__(self):
        self._running = {}

    def __getitem__(self, service):
        if service not in self._running:
            self._running[service] = Sshd(service)
        return self._running[service]

    def stop(self):
        for daemon in self._running.values():
            daemon.stop()


def _ssh(service="sshd", **options):
    def log_in(daemons, person, command, password=None):
        return daemons[service].run(person, command, password=password, **options).stdout
    return log_in


def _at_console(program):
    def log_in(_, person, command, password=None):
        return program(person, command, *[password] if password else [])
    return log_in


# The keyring opens with these.
WITH_PASSWORD = {
    "ssh": _ssh(),
    "ssh-terminal": _ssh(terminal=True),
    "login": _at_console(console.login),
}

# These open no keyring; what csolink get ends with in them.
WITHOUT_PASSWORD = {
    # sshd asks in a child process, which pam_gnome_keyring's copy of the password dies with.
    "ssh-keyboard-interactive": (_ssh(method="keyboard-interactive"), LOCKED),
    "ssh-key": (_ssh(method="publickey"), LOCKED),
    "fingerprint": (_ssh("gdm-fingerprint"), LOCKED),
    "autologin": (_ssh("gdm-autologin"), LOCKED),
    "cron": (_ssh("cron", method="publickey"), NO_KEYRING),
    "su-from-root": (_at_console(console.su_from_root), LOCKED),
    "sudo": (_at_console(console.sudo), NO_KEYRING),
    "sudo-login": (_at_console(console.sudo_login), LOCKED),
}

# Another person's su cannot start pam_gnome_keyring's daemon (42.1: its setgid fails), but finds
# the one that the user's service manager starts.
_SU = _at_console(console.su)
if BOOTED:
    WITH_PASSWORD["su"] = _SU
else:
    WITHOUT_PASSWORD["su"] = (_SU, LOCKED)
