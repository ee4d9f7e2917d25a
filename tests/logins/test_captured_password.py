# SPDX-License-Identifier: MIT
"""The profile csolink-capture at Debian's sshd: which login's password becomes the pending one."""

import pathlib
import subprocess

import pytest

from hosts.desktop import desktop
from hosts.machine import run, write
from support import filer
from support.background import wait_for, wait_for_end
from support.filer import LOGIN

WRONG = "not-hers"
# A session that ends takes what waits behind it along, which is root's at first.
STAY_FOR_THE_BACKGROUND = (
    "echo got=in; while pgrep -x 'csolink(-session)?' >/dev/null; do sleep 0.1; done")
AUTOLOGIN = "sshd-autologin"  # sshd's own stack, at a service of automatic logins


@pytest.fixture
def firm(daemons, newcomer, court, csolink):
    """She works, with an account and an open keyring; from now on logins capture."""
    court.world(accounts={LOGIN: {"otp_secret": None}})
    with desktop(daemons, newcomer):
        filer.add_account(csolink, otp="none")
        wait_for_end(newcomer)
        run("pam-auth-update", "--enable", "csolink-capture")
        yield newcomer
        run("pam-auth-update", "--remove", "csolink-capture")
    wait_for(newcomer.has_left)


def pending_password(person):
    found = person.popen(["secret-tool", "lookup", "kind", "pending", "account", LOGIN],
                         stdout=subprocess.PIPE, text=True)
    return found.communicate()[0]


@pytest.mark.parametrize("service, method, password, captured", [
    ("sshd", "password", None, True),
    ("sshd", "password", WRONG, False),
    ("sshd", "password,publickey", WRONG, False),  # on one handle, and she gets in
    ("sshd", "publickey", None, False),
    ("sshd", "keyboard-interactive", None, False),
    (AUTOLOGIN, "password", None, False),
])
def test_password_of_a_login_that_it_opened_and_of_no_other_is_captured(
        firm, daemons, court, service, method, password, captured):
    write(f"/etc/pam.d/{AUTOLOGIN}", pathlib.Path("/etc/pam.d/sshd").read_text())
    shown = daemons[service].run(firm, STAY_FOR_THE_BACKGROUND, method, password).stdout
    assert ("got=in" in shown) == (method != "password" or password != WRONG), shown
    wait_for_end(firm)
    assert pending_password(firm) == (firm.password if captured else "")
    assert court.state()["requests"] == 0
