# SPDX-License-Identifier: MIT
"""csolink where there is no /run/user/UID, with kernel keyrings that no other test has."""

import subprocess

from support.places import PROGRAMS


class Apart:
    """Runs programs of hers in a user namespace of the test's own, which has its own keyrings.

    There is no /run/user/UID meanwhile, as in a container or under cron.
    """

    def __init__(self, csolink, person):
        self._csolink, self._person = csolink, person
        self._aside = person.runtime.with_name("aside")
        self._holder = person.popen(["unshare", "--user", "--map-current-user", "cat"],
                                    stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._holder.stdin.write(b"\n")
        self._holder.stdin.flush()
        assert self._holder.stdout.read(1)  # it is in its namespace
        self._enter = ["nsenter", "--user", "--preserve-credentials",
                       f"--target={self._holder.pid}"]
        self._program = person.home / "csolink-apart"
        person.write(self._program,
                     f'#!/bin/sh\nexec {" ".join(self._enter)} {PROGRAMS}/csolink "$@"\n')
        self._program.chmod(0o755)
        person.runtime.rename(self._aside)

    def end(self):
        self._aside.rename(self._person.runtime)
        self._holder.communicate()

    def __call__(self, *arguments, **more):
        environment = {"XDG_RUNTIME_DIR": "",
                       "DBUS_SESSION_BUS_ADDRESS": f"unix:path={self._aside}/bus"}
        return self._csolink(*arguments, program=self._program, env=environment, **more)

    def keys(self):
        """Our keys in her keyring, as keyctl describes them."""
        keys = self._run("keyctl", "rlist", "@u").split()
        return [line.strip() for key in keys
                if "csolink:" in (line := self._run("keyctl", "rdescribe", key))]

    def seconds_left(self):
        """Of our one key's time, as /proc/keys tells its owner, rounded down: "11h", "59s"."""
        line, = [line for line in self._run("cat", "/proc/keys").splitlines()
                 if "csolink:" in line]
        left = line.split()[3]
        return int(left[:-1]) * {"s": 1, "m": 60, "h": 3600}[left[-1]]

    def _run(self, *arguments):
        return self._person.run(*self._enter, *arguments)
