# SPDX-License-Identifier: MIT
"""The ground that the other tests stand on: the machine, the fixtures, the checks after a test."""

import socket
import subprocess

import pytest

from support.checks import Secrets
from support.places import TREE
from support.processes import adopt_orphans, children_of, end_children


def test_machine_has_loopback_alone():
    assert [name for _, name in socket.if_nameindex()] == ["lo"]


def test_machine_cannot_write_to_the_source_tree():
    with pytest.raises(OSError):
        (TREE / "tests/written").touch()


def test_machine_reports_the_status_of_its_command():
    machine = subprocess.run([TREE / "tests/machine/enter", "sh", "-c", "exit 7"],
                             capture_output=True, text=True)
    assert machine.returncode == 7, machine.stderr


def test_secret_in_output_is_found_also_when_it_becomes_known_later():
    secrets = Secrets()
    secrets.watch("standard error of csolink", "csolink: the password Gavel7 was refused")
    assert not secrets.leaks()
    secrets.add("Gavel7")
    assert secrets.leaks() == ["standard error of csolink"]


def test_background_process_ends_with_the_test():
    adopt_orphans()
    shell = subprocess.run(["sh", "-c", "sleep 60 >/dev/null 2>&1 & echo $!"], capture_output=True,
                           text=True, check=True)
    assert int(shell.stdout) in children_of("self")
    end_children()
    assert not children_of("self")


def test_keyring_answers_by_what_was_stored_and_locks_without_a_dialog(keyring):
    keyring.bus.person.run("secret-tool", "store", "--label=Invented", "colour", "green",
                           input="leaf")
    assert keyring.lookup(colour="green") == "leaf"
    keyring.lock()
    keyring.unlock()
    attributes = {"colour": "green", "xdg:schema": "org.freedesktop.Secret.Generic"}
    assert keyring.items() == [{"label": "Invented", "attributes": attributes}]


def test_keyring_that_was_restarted_is_locked_and_keeps_its_items(keyring):
    keyring.bus.person.run("secret-tool", "store", "--label=Invented", "colour", "green",
                           input="leaf")
    keyring.restart_locked()
    assert keyring.is_locked()
    keyring.unlock()
    assert keyring.lookup(colour="green") == "leaf"


@pytest.mark.pam
def test_login_unlocks_the_keyring_and_a_wrong_password_does_not(login):
    assert login(password="wrong").returncode != 0
    assert login().returncode == 0
    assert not login.start_desktop().is_locked()


def test_terminal_tells_whether_typing_is_shown(csolink):
    script = "stty -echo </dev/tty; printf 'Password: ' >/dev/tty; read x </dev/tty; cat"
    with csolink.terminal("-c", script, input="from the pipe\n", output=True,
                          program="/bin/sh") as terminal:
        terminal.expect("Password: ")
        assert not terminal.echoes
        terminal.type("typed")
        assert terminal.wait() == 0
        assert terminal.out == "from the pipe\n"
        assert "typed" not in terminal.text
