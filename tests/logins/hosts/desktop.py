# SPDX-License-Identifier: MIT
"""A session that lasts, with the keyring of a desktop in it."""

import contextlib
import subprocess

from support.background import background_of, wait_for

# What a desktop's autostart does: the daemon that the login unlocked takes the service's name.
DESKTOP = "gnome-keyring-daemon --start --components=secrets; cat"


@contextlib.contextmanager
def desktop(daemons, newcomer):
    """She is logged in over sshd meanwhile, with her password."""
    sshd = daemons["sshd"]
    session = subprocess.Popen(
        [*sshd.command(newcomer, "password", "-T"), DESKTOP], env=sshd.environment(newcomer),
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    try:
        wait_for(lambda: background_of(newcomer, ["cat"]))
        yield
    finally:
        session.stdin.close()
        session.wait(20)
