# SPDX-License-Identifier: MIT
"""The two machines, and what makes them a place to log in to."""

import os
import pathlib
import shutil
import subprocess

from support.places import TREE

BOOTED = pathlib.Path("/run/systemd/system").is_dir()
STAND_IN = TREE / "tests/logins/logind-stand-in"
STAND_IN_ENVIRONMENT = pathlib.Path("/etc/security/logind-stand-in.conf")
STAND_IN_PROFILE = """\
Name: What pam_systemd and logind do, in a machine without them
Default: no
Priority: 1
Session-Type: Additional
Session-Interactive-Only: yes
Session:
	required	pam_exec.so quiet seteuid /usr/local/libexec/logind-stand-in
	required	pam_env.so conffile=/etc/security/logind-stand-in.conf
"""


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True,
                          env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}).stdout


def prepare():
    """Sessions with a runtime directory and a bus, which go at once with the last logout."""
    if BOOTED:
        write("/etc/systemd/logind.conf.d/test.conf", "[Login]\nUserStopDelaySec=0\n")
        run("systemctl", "restart", "systemd-logind.service")
        return
    shutil.copy(STAND_IN, "/usr/local/libexec/logind-stand-in")
    write("/usr/share/pam-configs/logind-stand-in", STAND_IN_PROFILE)
    write(STAND_IN_ENVIRONMENT, "")
    run("pam-auth-update", "--enable", "logind-stand-in")


def introduce(person):
    """pam_env cannot name a user's id by itself, so one person at a time has sessions."""
    if not BOOTED:
        write(STAND_IN_ENVIRONMENT,
              f"XDG_RUNTIME_DIR DEFAULT={person.runtime}\n"
              f"DBUS_SESSION_BUS_ADDRESS DEFAULT=unix:path={person.bus}\n")


def write(path, text):
    path = pathlib.Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)


def follow_recipe():
    """Does what docs/login-stacks.md tells an administrator to do, word for word."""
    text = (TREE / "docs/login-stacks.md").read_text()
    commands = text.split("```sh\n", 1)[1].split("```", 1)[0]
    run("sh", "-ec", commands)
