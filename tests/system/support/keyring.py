# SPDX-License-Identifier: MIT
"""A real session bus and a real gnome-keyring-daemon on it, for one person."""

import signal
import subprocess

from jeepney import DBusAddress, MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, Properties

from support.places import PATIENCE

PASSWORD = "Invented-Login-Password3"
NAME = "org.freedesktop.secrets"
SERVICE = DBusAddress("/org/freedesktop/secrets", NAME, "org.freedesktop.Secret.Service")
# GNOME's own, by the only name that it has; without it a test could not unlock without a dialog.
GNOME = DBusAddress("/org/freedesktop/secrets", NAME,
                    "org.gnome.keyring.InternalUnsupportedGuiltRiddenInterface")
ITEM = "org.freedesktop.Secret.Item"
COLLECTION = "org.freedesktop.Secret.Collection"
DEADLINE_SECONDS = 10 * PATIENCE


class Bus:
    """A session bus at the place where a login has it."""

    def __init__(self, person):
        self.person = person
        self._daemon = person.popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address",
             f"--address=unix:path={person.bus}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._daemon.stdout.readline(), "dbus-daemon did not start"

    def connect(self):
        """A connection of the person's; to be closed by the caller."""
        with self.person.acting():
            return open_dbus_connection(f"unix:path={self.person.bus}")

    def end(self):
        self._daemon.kill()
        self._daemon.wait()
        self._daemon.stdout.close()
        self.person.bus.unlink(missing_ok=True)


class Keyring:
    """gnome-keyring-daemon with a default collection, unlocked when it is ready."""

    def __init__(self, bus):
        self.bus = bus
        self.password = PASSWORD
        self._start("--unlock", password=PASSWORD)

    def end(self):
        if self._daemon:
            self._daemon.kill()
            self._daemon.wait()
            self._daemon = None

    def restart_locked(self):
        """As after a login that could not unlock: running, and never unlocked since its start."""
        self.end()
        self._start()

    def freeze(self):
        """The daemon keeps its name on the bus and answers nothing more."""
        self._daemon.send_signal(signal.SIGSTOP)

    def thaw(self):
        self._daemon.send_signal(signal.SIGCONT)

    def lock(self):
        with self.bus.connect() as connection:
            _call(connection, SERVICE, "Lock", "ao", [self._default(connection)])
        assert self.is_locked()

    def unlock(self):
        with self.bus.connect() as connection:
            default = self._default(connection)
            _, session = _call(connection, SERVICE, "OpenSession", "sv", "plain", ("s", ""))
            secret = (session, b"", self.password.encode(), "text/plain")
            _call(connection, GNOME, "UnlockWithMasterPassword", "o(oayays)", default, secret)
        assert not self.is_locked()

    def is_locked(self):
        with self.bus.connect() as connection:
            return _property(connection, self._default(connection), COLLECTION, "Locked")

    def items(self):
        """Label and attributes of every item of the default collection, never a secret."""
        with self.bus.connect() as connection:
            paths = _property(connection, self._default(connection), COLLECTION, "Items")
            return [{"label": _property(connection, path, ITEM, "Label"),
                     "attributes": _property(connection, path, ITEM, "Attributes")}
                    for path in paths]

    def lookup(self, **attributes):
        """The secret of the item that has these attributes ("-" in their names written as "_")."""
        pairs = [word for name, value in attributes.items() for word in (name, value)]
        return self.bus.person.run("secret-tool", "lookup", *pairs)

    def _start(self, *options, password=""):
        with self.bus.connect() as connection:
            self._daemon = self.bus.person.popen(
                ["gnome-keyring-daemon", "--foreground", "--components=secrets", *options],
                stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            self._daemon.stdin.write(password.encode())
            self._daemon.stdin.close()
            wait_for_name(connection, NAME)

    def _default(self, connection):
        path, = _call(connection, SERVICE, "ReadAlias", "s", "default")
        assert path != "/", "there is no default collection"
        return path


def wait_for_name(connection, name):
    """Returns when the name has an owner on the bus."""
    changes = MatchRule(type="signal", interface="org.freedesktop.DBus",
                        member="NameOwnerChanged", path="/org/freedesktop/DBus")
    changes.add_arg_condition(0, name)
    with connection.filter(changes) as queue:
        _send(connection, message_bus.AddMatch(changes))
        has_owner, = _send(connection, message_bus.NameHasOwner(name))
        if not has_owner:
            connection.recv_until_filtered(queue, timeout=DEADLINE_SECONDS)


def _send(connection, message):
    reply = connection.send_and_get_reply(message, timeout=DEADLINE_SECONDS)
    if reply.header.message_type == MessageType.error:
        raise DBusErrorResponse(reply)
    return reply.body


def _call(connection, address, method, signature, *arguments):
    return _send(connection, new_method_call(address, method, signature, arguments))


def _property(connection, path, interface, name):
    address = DBusAddress(path, NAME, interface)
    (_, value), = _send(connection, Properties(address).get(name))
    return value
