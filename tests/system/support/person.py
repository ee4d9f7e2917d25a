# SPDX-License-Identifier: MIT
"""The person in whose name csolink runs: her home, her runtime directory and her processes."""

import contextlib
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

from support.places import AS_ROOT, PROGRAMS
from support.processes import adopt_orphans, end_children

LAWYER = "lawyer"


class Person:
    """"lawyer" of the throw-away machine, or who runs the tests; everything is fresh each time."""

    def __init__(self):
        entry = pwd.getpwnam(LAWYER) if AS_ROOT else pwd.getpwuid(os.geteuid())
        self._become(entry, entry.pw_dir if AS_ROOT else tempfile.mkdtemp(prefix="home-"))
        adopt_orphans()
        for directory in (self.home, self.runtime):
            self._make_fresh(directory)
        self.run("keyctl", "clear", "@u")  # its keys outlive processes and root's machine

    def _become(self, entry, home):
        """Whose passwd entry it is, and where things of hers stand."""
        self.name, self.uid, self.gid = entry.pw_name, entry.pw_uid, entry.pw_gid
        self.home = pathlib.Path(home)
        self.runtime = pathlib.Path(f"/run/user/{self.uid}")
        self.bus = self.runtime / "bus"
        self.state = self.home / ".local/state/csolink"
        self.configuration = self.home / ".config/csolink/csolink.conf"
        self.tokens = self.runtime / "csolink"
        self._settings = {}

    def leave(self):
        """Nothing of hers stays for the next test; all processes of the test end."""
        end_children()
        for directory in (self.home, self.runtime):
            self._make_fresh(directory)
        if not AS_ROOT:
            self.home.rmdir()

    def environment(self, **more):
        """What a login session has, and nothing else of ours."""
        session = {
            "HOME": str(self.home), "USER": self.name, "LOGNAME": self.name, "SHELL": "/bin/sh",
            "PATH": f"{PROGRAMS}:/usr/bin:/bin", "LANG": "C.UTF-8",
            "XDG_RUNTIME_DIR": str(self.runtime),
        }
        if self.bus.exists():
            session["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={self.bus}"
        return session | more

    def popen(self, arguments, env=None, **options):
        """Starts a process of hers; env adds to her environment."""
        if AS_ROOT:
            options |= {"user": self.uid, "group": self.gid, "extra_groups": []}
        return subprocess.Popen(
            [str(argument) for argument in arguments], env=self.environment(**(env or {})),
            cwd=self.home, start_new_session=True, **options)

    def run(self, *arguments, input="", timeout=30):
        """Runs a program of the system for her; returns its standard output. It must succeed."""
        with self.popen(arguments, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                        stderr=subprocess.PIPE) as process:
            try:
                out, err = process.communicate(input, timeout)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
        assert process.returncode == 0, f"{arguments[0]} ended with {process.returncode}: {err}"
        return out

    @contextlib.contextmanager
    def acting(self):
        """This process has her effective ids meanwhile: files and sockets ask who it is."""
        if not AS_ROOT:
            yield
            return
        os.setegid(self.gid)
        os.seteuid(self.uid)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(0)

    def write(self, path, text):
        """Writes a file of hers, with its folders."""
        with self.acting():
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            path.write_text(text)

    def configure(self, **settings):
        """Adds to her csolink.conf; None takes a key out again."""
        self._settings |= settings
        lines = [f"{key} = {value}" for key, value in self._settings.items() if value is not None]
        self.write(self.configuration, "\n".join(["[csolink]", *lines, ""]))

    def _make_fresh(self, directory):
        for entry in directory.iterdir():
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
