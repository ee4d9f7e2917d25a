# SPDX-License-Identifier: MIT
"""login, su and sudo on a terminal: each runs one command in a session of the person's.

Each returns all that the terminal showed.
"""

import os
import pathlib
import pwd
import subprocess

from hosts.machine import write
from support.places import PATIENCE
from support.terminal import Terminal

CLERK, CLERKS_PASSWORD = "clerk", "Invented-Clerk-Password5"
LOGIN_SECONDS = 30 * PATIENCE
PROMPT = r"\$ $"


class Operator:
    """Who sits at the terminal: root, or the clerk."""

    def __init__(self, name):
        entry = pwd.getpwnam(name)
        self._ids = {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}
        self._home = entry.pw_dir

    def popen(self, arguments, env=None, **options):
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "HOME": self._home,
                       "LANG": "C.UTF-8"}
        return subprocess.Popen(arguments, env=environment | (env or {}), cwd="/",
                                start_new_session=True, **self._ids, **options)


def add_clerk():
    """Another person in the office, who may become anyone."""
    subprocess.run(["useradd", "--create-home", CLERK], check=True)
    subprocess.run(["chpasswd"], input=f"{CLERK}:{CLERKS_PASSWORD}\n", text=True, check=True)
    write("/etc/sudoers.d/clerk", f"{CLERK} ALL=(ALL) ALL\n")
    os.chmod("/etc/sudoers.d/clerk", 0o440)
    pathlib.Path("/etc/securetty").unlink(missing_ok=True)


def login(person, command, password=None):
    """login(1), as getty starts it."""
    return _converse("root", ["login"], [("login: $", person.name),
                                         ("Password: $", password or person.password)], command)


def su(person, command, password=None):
    """The clerk's su, who knows the person's password."""
    return _converse(CLERK, ["su", "-", person.name],
                     [("Password: $", password or person.password)], command)


def su_from_root(person, command):
    return _converse("root", ["su", "-", person.name], [], command)


def sudo(person, command):
    """sudo authenticates the clerk, and opens the person's session on the same handle."""
    return _sudo(person, command)


def sudo_login(person, command):
    return _sudo(person, command, "--login")


def _sudo(person, command, *options):
    words = ["sudo", "--prompt=Password: ", f"--user={person.name}", *options, "--"]
    with Terminal(Operator(CLERK), [*words, "sh", "-c", command]) as terminal:
        terminal.expect("Password: $")
        terminal.type(CLERKS_PASSWORD)
        terminal.wait(LOGIN_SECONDS)
        return terminal.text


def _converse(operator, words, dialogue, command):
    """Answers the prompts; then types the command, if a shell comes."""
    with Terminal(Operator(operator), words) as terminal:
        for prompt, answer in dialogue:
            terminal.expect(prompt)
            terminal.type(answer)
        found = terminal.expect(rf"{PROMPT}|incorrect|failure")
        if found.group() in ("incorrect", "failure"):
            return terminal.text
        terminal.type(f"{command}; exit")
        terminal.wait(LOGIN_SECONDS)
        return terminal.text
