# SPDX-License-Identifier: MIT
"""The person's desktop: an X server and a window manager, the dialogs on it, and her keyboard."""

import os
import subprocess
import time

from jeepney import DBusAddress

from support.bus import call
from support.places import PATIENCE

GTK2 = "/usr/bin/pinentry-gtk-2"
GNOME = "/usr/bin/pinentry-gnome3"  # has the desktop ask, here gcr-prompter
CLASSES = "^(pinentry|gcr-prompter)"
SECONDS = 20 * PATIENCE


class Desktop:
    """Xvfb with openbox, without which no window has the keyboard.

    Without -noreset Xvfb starts anew when its last client leaves, which xdotool may be.
    """

    def __init__(self, person):
        self._person = person
        reader, writer = os.pipe()
        os.set_inheritable(writer, True)
        self._server = person.popen(
            ["Xvfb", "-displayfd", writer, "-noreset", "-nolisten", "tcp",
             "-screen", "0", "1000x700x24"],
            pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writer)
        with os.fdopen(reader) as told:
            number = told.readline().strip()
        assert number, "Xvfb did not start"
        self.environment = {"DISPLAY": f":{number}"}
        self._manager = person.popen(["openbox"], env=self.environment, stdout=subprocess.DEVNULL,
                                     stderr=subprocess.DEVNULL)
        # Until then xdotool tells of none.
        wait_until(lambda: int(self._xdotool("get_num_desktops") or 0), "openbox did not start")

    def end(self):
        for process in (self._manager, self._server):
            process.kill()
            process.wait()

    def tell(self, bus):
        """Programs that the bus starts have this display too, as a desktop's session does it."""
        address = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus",
                              "org.freedesktop.DBus")
        with bus.connect() as connection:
            call(connection, address, "UpdateActivationEnvironment", "a{ss}", self.environment)

    def dialogs(self):
        """The dialogs that are shown now."""
        return self._xdotool("search", "--onlyvisible", "--class", CLASSES).split()

    def wait_for_dialog(self):
        """The one dialog, when it has the keyboard."""
        wait_until(self.dialogs, "no dialog is shown")
        dialog, = self.dialogs()
        wait_until(lambda: self._xdotool("windowfocus", dialog, "getwindowfocus").strip() == dialog,
                   "the dialog has not the keyboard")
        return dialog

    def press(self, key):
        self._xdotool("key", key)

    def type(self, text):
        self._xdotool("type", "--delay", "20", "--file", "-", text=text)

    def answer(self, text):
        """Types an answer into the dialog that comes, and Enter; returns when it has gone."""
        dialog = self.wait_for_dialog()
        program = self._program_of(dialog)
        self.type(text)
        self.press("Return")
        self.wait_for_end(dialog, program)

    def wait_for_end(self, dialog, program=None):
        """X gives a window's number to the next program that comes: it may have a dialog too."""
        wait_until(lambda: dialog not in self.dialogs() or
                   program and self._program_of(dialog) not in (program, ""),
                   "the dialog does not go")

    def _program_of(self, dialog):
        return self._xdotool("getwindowpid", dialog).strip()

    def _xdotool(self, *words, text=""):
        done = subprocess.run(
            ["xdotool", *words], input=text, text=True, check=False, timeout=SECONDS,
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            env=self._person.environment(**self.environment))
        return done.stdout


def wait_until(condition, otherwise):
    end = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < end, otherwise
        time.sleep(0.05)
