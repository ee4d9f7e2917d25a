# SPDX-License-Identifier: MIT
"""lightdm and its GTK greeter on Xvfb; the person types on that screen's keyboard."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

from hosts.machine import run, write
from support.background import LINK_SECONDS, background_of, wait_for
from support.places import PATIENCE, TREE

LOG = pathlib.Path("/var/log/lightdm/lightdm.log")
STACK = pathlib.Path("/etc/pam.d/lightdm")
X_SERVER = pathlib.Path("/usr/local/libexec/x-server")
CONFIG = f"""\
[LightDM]
logind-check-graphical=false
[Seat:*]
xserver-command={X_SERVER}
greeter-hide-users=true
user-session=desktop
"""
# What a desktop's autostart does, and a desktop that only waits.
DESKTOP_PROGRAM = """\
#!/bin/sh
gnome-keyring-daemon --start --components=secrets
exec sleep infinity
"""
DESKTOP = """\
[Desktop Entry]
Name=Desktop
Exec=/usr/local/bin/desktop
Type=Application
"""
# There are no virtual terminals here, and logind takes no session on one that is not there.
NO_TERMINAL = "XDG_VTNR DEFAULT=0 OVERRIDE=0\n"
UNLOCK_LINE = "auth optional pam_csolink.so refresh=unlock\n"
ATTEMPTS, TYPING_SECONDS, NAMING_SECONDS = 4, 5 * PATIENCE, 1 * PATIENCE


class Lightdm:
    """One running lightdm with Debian's stack, and the line for unlocked screens, until stop()."""

    def __init__(self):
        _prepare()
        self._read = 0  # how much of the log was taken into account
        run("systemd-run", "--quiet", "--unit=lightdm", "/usr/sbin/lightdm", "--debug")

    def stop(self):
        run("systemctl", "stop", "lightdm.service")

    @contextlib.contextmanager
    def session(self, person):
        """She is logged in meanwhile, with her password; yields her session's environment."""
        # It may be up already: without virtual terminals, another one follows an unlocked screen.
        self._comes("Prompt greeter", TYPING_SECONDS)
        self._type(person.name, f"Greeter start authentication for {person.name}")
        self._type_password(person)
        pid = _desktop_of(person)
        try:
            yield dict(entry.split("=", 1) for entry in
                       pathlib.Path(f"/proc/{pid}/environ").read_text().split("\0") if entry)
        finally:
            self._read = len(_log())
            os.kill(pid, signal.SIGTERM)

    def lock(self, person, environment):
        """She locks the screen: the greeter comes up on another one."""
        subprocess.run(["dm-tool", "lock"], env=environment, user=person.uid, check=True)
        self._expect("Locking login1 session")
        self._expect("Prompt greeter")

    def unlock(self, person):
        """She types her password again; her name only where the greeter has not filled it in."""
        named = f"Greeter start authentication for {person.name}"
        if not self._comes(named, NAMING_SECONDS):
            self._type(person.name, named)
        self._type_password(person)
        self._expect(f"Returning to existing user session {person.name}")

    def _type_password(self, person):
        self._expect("Prompt greeter")
        self._type(person.password, f"Authenticate result for user {person.name}: Success")

    def _type(self, text, outcome):
        """Types a line until it is taken, for an entry that is not there yet loses keys."""
        for _ in range(ATTEMPTS):
            self._press("key", "ctrl+a")
            self._press("type", "--file", "-", text=text)
            self._press("key", "Return")
            if self._comes(outcome, TYPING_SECONDS):
                return
        raise AssertionError(f"no {outcome!r} in lightdm's log:\n{_log()}")

    def _press(self, *words, text=""):
        """Presses keys on the newest screen, if there is one yet."""
        display = [":0", *re.findall(r"Connecting to XServer (:\d+)", _log())][-1]
        subprocess.run(
            ["xdotool", *words], input=text, text=True, check=False, stderr=subprocess.DEVNULL,
            env=os.environ | {"DISPLAY": display, "XAUTHORITY": f"/run/lightdm/root/{display}"})

    def _expect(self, words):
        if not self._comes(words, LINK_SECONDS):
            raise AssertionError(f"no {words!r} in lightdm's log:\n{_log()}")

    def _comes(self, words, seconds):
        """Whether the words come in the log in time, after those that came before."""
        end = time.monotonic() + seconds
        while True:
            found = _log().find(words, self._read)
            if found >= 0:
                self._read = found + len(words)
                return True
            if time.monotonic() > end:
                return False
            time.sleep(0.05)


def _log():
    return LOG.read_text() if LOG.exists() else ""


def _prepare():
    """What lightdm's package does when it is installed, a seat without hardware, and a desktop."""
    run("useradd", "--system", "--home-dir=/var/lib/lightdm", "--create-home", "lightdm")
    for directory in ("/var/lib/lightdm-data", LOG.parent):
        os.makedirs(directory, exist_ok=True)
    run("systemctl", "reload", "dbus.service")
    shutil.copy(TREE / "tests/logins/x-server", X_SERVER)
    write("/etc/lightdm/lightdm.conf", CONFIG)
    write("/usr/local/bin/desktop", DESKTOP_PROGRAM)
    os.chmod("/usr/local/bin/desktop", 0o755)
    write("/usr/share/xsessions/desktop.desktop", DESKTOP)
    write("/etc/security/pam_env.conf", NO_TERMINAL)
    write("/etc/X11/Xsession.options", "")  # its ssh-agent sees a session's end 10 s late
    write(STACK, STACK.read_text().replace(
        "@include common-auth\n", "@include common-auth\n" + UNLOCK_LINE))


def _desktop_of(person):
    wait_for(lambda: background_of(person, ["sleep"]))
    return background_of(person, ["sleep"])[0]
