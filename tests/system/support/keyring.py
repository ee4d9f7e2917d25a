# SPDX-License-Identifier: MIT
"""GNOME Keyring on the person's bus: what a test looks at, and a daemon of the test's own."""

import contextlib
import itertools
import re
import shutil
import signal
import subprocess

from jeepney import DBusAddress, MessageType, Properties
from jeepney.wrappers import DBusErrorResponse

from support.bus import call, get_property, wait_for_name

PASSWORD = "Invented-Login-Password3"
NAME = "org.freedesktop.secrets"
SERVICE_PATH = "/org/freedesktop/secrets"
SERVICE = DBusAddress(SERVICE_PATH, NAME, "org.freedesktop.Secret.Service")
# GNOME's own, by the only name that it has; without it a test could not unlock without a dialog.
GNOME = DBusAddress(SERVICE_PATH, NAME,
                    "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")


class Keyring:
    """The default collection of whichever daemon owns the Secret Service's name."""

    def __init__(self, bus, password=PASSWORD):
        self.bus, self.password = bus, password

    def lock(self):
        with self.bus.connect() as connection:
            call(connection, SERVICE, "Lock", "ao", [_default_path(connection)])
        assert self.is_locked()

    def unlock(self):
        with self.bus.connect() as connection:
            path = _default_path(connection)
            _, session = call(connection, SERVICE, "OpenSession", "sv", "plain", ("s", ""))
            secret = (session, b"", self.password.encode(), "text/plain")
            call(connection, GNOME, "UnlockWithMasterPassword", "o(oayays)", path, secret)
        assert not self.is_locked()

    def is_locked(self):
        with self.bus.connect() as connection:
            return get_property(connection, _default(connection), "Locked")

    def calls_during(self, act):
        """The methods of the service's objects that are called while act() runs, in their order."""
        rule = f"type=method_call,path_namespace={SERVICE_PATH}"
        with self.bus.person.popen(["dbus-monitor", "--session", rule], text=True,
                                   stdout=subprocess.PIPE) as monitor:
            monitor.stdout.readline()  # its first message: it listens from here on
            act()
            with self.bus.connect() as connection, contextlib.suppress(DBusErrorResponse):
                call(connection, SERVICE, "EndOfTheTest", "s", "")
            calls = (found[1] for line in monitor.stdout
                     if (found := re.match(r"method call .* member=(\w+)", line)))
            seen = list(itertools.takewhile(lambda member: member != "EndOfTheTest", calls))
            monitor.terminate()
        return seen

    def items(self):
        """Label and attributes of every item, never a secret."""
        with self.bus.connect() as connection:
            return [_item(connection, path)
                    for path in get_property(connection, _default(connection), "Items")]

    def set_attribute(self, kind, name, value):
        """Changes one attribute of the one item of a kind."""
        with self.bus.connect() as connection:
            for path in get_property(connection, _default(connection), "Items"):
                address = DBusAddress(path, NAME, "org.freedesktop.Secret.Item")
                attributes = get_property(connection, address, "Attributes")
                if attributes.get("kind") == kind:
                    reply = connection.send_and_get_reply(Properties(address).set(
                        "Attributes", "a{ss}", attributes | {name: value}))
                    assert reply.header.message_type is MessageType.method_return
                    return
        raise AssertionError(f"there is no item of kind {kind}")

    def lookup(self, **attributes):
        """The secret of the item that has these attributes."""
        pairs = [word for pair in attributes.items() for word in pair]
        return self.bus.person.run("secret-tool", "lookup", *pairs)


class KeyringDaemon(Keyring):
    """gnome-keyring-daemon with an empty default collection, unlocked when it is ready."""

    def __init__(self, bus):
        super().__init__(bus)
        self._start("--unlock", standard_input=self.password)

    def end(self):
        self._daemon.kill()
        self._daemon.wait()

    def restart_locked(self):
        """As after a login that could not unlock: running, and never unlocked since its start."""
        self.end()
        self._start()

    def keep(self):
        """Copies what it has stored, for bring_back()."""
        with self.bus.person.acting():
            shutil.copytree(self._files, self._kept)

    def bring_back(self):
        """All as it was at keep(), and unlocked."""
        self.end()
        with self.bus.person.acting():
            shutil.rmtree(self._files)
            shutil.copytree(self._kept, self._files)
        self._start()
        self.unlock()

    @property
    def _files(self):
        return self.bus.person.home / ".local/share/keyrings"

    @property
    def _kept(self):
        return self.bus.person.home / "kept-keyrings"

    def freeze(self):
        """The daemon keeps its name on the bus and answers nothing more."""
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._daemon.send_signal(signal.SIGCONT)

    def _start(self, *options, standard_input=""):
        with self.bus.connect() as connection:
            self._daemon = self.bus.person.popen(
                ["gnome-keyring-daemon", "--foreground", "--components=secrets", *options],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self._daemon.stdin.write(standard_input.encode())
            self._daemon.stdin.close()
            wait_for_name(connection, NAME)


def _default_path(connection):
    path, = call(connection, SERVICE, "ReadAlias", "s", "default")
    assert path != "/", "there is no default collection"
    return path


def _default(connection):
    return DBusAddress(_default_path(connection), NAME, "org.freedesktop.Secret.Collection")


def _item(connection, path):
    address = DBusAddress(path, NAME, "org.freedesktop.Secret.Item")
    return {name.lower(): get_property(connection, address, name)
            for name in ("Label", "Attributes")}
