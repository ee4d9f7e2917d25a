# SPDX-License-Identifier: MIT
"""The person's session bus, and a test's own conversation with those on it."""

import subprocess

from jeepney import MatchRule, MessageType, message_bus, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, Properties

from support.places import PATIENCE

DEADLINE_SECONDS = 10 * PATIENCE


class Bus:
    """A real dbus-daemon at the place where a login has its session bus."""

    def __init__(self, person):
        self.person = person
        self._daemon = person.popen(
            ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address",
             f"--address=unix:path={person.bus}"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        assert self._daemon.stdout.readline(), "dbus-daemon did not start"

    def connect(self):
        """A connection of the person's, for a with statement."""
        with self.person.acting():
            return open_dbus_connection(f"unix:path={self.person.bus}")

    def kill(self):
        """The daemon dies and leaves its socket."""
        self._daemon.kill()
        self._daemon.wait()

    def end(self):
        self.kill()
        self._daemon.stdout.close()
        self.person.bus.unlink(missing_ok=True)


def call(connection, address, method, signature, *arguments):
    """The answer's body, a tuple. An error answer is raised."""
    return _send(connection, new_method_call(address, method, signature, arguments))


def get_property(connection, address, name):
    (_, value), = _send(connection, Properties(address).get(name))
    return value


def has_owner(connection, name):
    """Asks the bus alone: nobody is started."""
    owned, = _send(connection, message_bus.NameHasOwner(name))
    return bool(owned)


def wait_for_name(connection, name):
    """Returns when the name has an owner on the bus."""
    changes = MatchRule(type="signal", interface="org.freedesktop.DBus",
                        member="NameOwnerChanged", path="/org/freedesktop/DBus")
    changes.add_arg_condition(0, name)
    with connection.filter(changes) as queue:
        _send(connection, message_bus.AddMatch(changes))
        if not has_owner(connection, name):
            connection.recv_until_filtered(queue, timeout=DEADLINE_SECONDS)


def _send(connection, message):
    reply = connection.send_and_get_reply(message, timeout=DEADLINE_SECONDS)
    if reply.header.message_type == MessageType.error:
        raise DBusErrorResponse(reply)
    return reply.body
