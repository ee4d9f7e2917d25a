# SPDX-License-Identifier: MIT
"""A PAM login by pamtester: the real libpam, pam_unix, pam_gnome_keyring and pam_csolink."""

import pathlib
import subprocess

from support.bus import wait_for_name
from support.keyring import NAME, PASSWORD, Keyring
from support.places import PATIENCE, SANITIZERS

SERVICE = "csolink-test"
STACK = """\
auth     required   pam_unix.so
auth     optional   pam_gnome_keyring.so
{auth}
account  required   pam_unix.so
session  required   pam_env.so conffile=/etc/security/csolink-test.conf
session  required   pam_unix.so
session  optional   pam_gnome_keyring.so auto_start
session  optional   pam_csolink.so {options}
password required   pam_unix.so
"""
# What pam_systemd says where systemd is process 1.
ENVIRONMENT = """\
XDG_RUNTIME_DIR          DEFAULT={runtime}
DBUS_SESSION_BUS_ADDRESS DEFAULT=unix:path={bus}
"""
TIMEOUT_SECONDS = 30 * PATIENCE


class Login:
    """Logs the person in and out; her session bus must be there, as logind makes it.

    What a login starts ends when the person leaves.
    """

    def __init__(self, bus):
        self.bus, self.person, self.password = bus, bus.person, PASSWORD
        pathlib.Path("/etc/security/csolink-test.conf").write_text(
            ENVIRONMENT.format(runtime=self.person.runtime, bus=self.person.bus))
        subprocess.run(["chpasswd"], input=f"{self.person.name}:{self.password}\n", text=True,
                       check=True)
        self.stack()

    def stack(self, options="", auth="", without=()):
        """Writes the PAM service: pam_csolink.so's options, another auth line, modules left out."""
        lines = STACK.format(options=options, auth=auth).splitlines(keepends=True)
        pathlib.Path("/etc/pam.d", SERVICE).write_text("".join(
            line for line in lines if not any(module in line for module in without)))

    def __call__(self, *operations, password=None):
        """Runs PAM operations in one transaction; returns pamtester's completed process.

        Without operations: those of a login.
        """
        operations = operations or ("authenticate", "acct_mgmt", "setcred", "open_session")
        return subprocess.run(
            ["pamtester", SERVICE, self.person.name, *operations],
            input=f"{password or self.password}\n", env=_preload(), capture_output=True, text=True,
            timeout=TIMEOUT_SECONDS)

    def start_desktop(self):
        """What a desktop's autostart does after the login: the unlocked daemon takes its name.

        Returns her keyring.
        """
        with self.bus.connect() as connection:
            self.person.run("gnome-keyring-daemon", "--start", "--components=secrets")
            wait_for_name(connection, NAME)
        return Keyring(self.bus, self.password)


def _preload():
    """A sanitized module in pamtester, which is not: the runtime library must come first.

    libcrypt must be there at once, or libasan's crypt_r interceptor calls NULL inside pam_unix.
    """
    environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8"}
    if not SANITIZERS:
        return environment
    libasan = subprocess.run(["gcc", "-print-file-name=libasan.so"], check=True,
                             capture_output=True, text=True).stdout.strip()
    return environment | {"LD_PRELOAD": f"{libasan} libcrypt.so.1",
                          "ASAN_OPTIONS": "detect_leaks=0"}
