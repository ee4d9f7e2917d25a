# SPDX-License-Identifier: MIT
"""The ground of the login tests: a booted machine changes nothing outside, the recipe stands."""

import pathlib
import re
import socket
import subprocess

import pytest

from hosts import console
from hosts.machine import run
from support.background import wait_for
from support.places import TREE

BOOT = TREE / "tests/machine/boot"
RECIPE = TREE / "docs/login-stacks.md"


def empty_groups(mount_point):
    """Control groups of booted machines that no longer run."""
    run("mount", "-t", "cgroup2", "cgroup2", str(mount_point))
    try:
        return [group for group in mount_point.glob("csolink-machine.*")
                if "populated 0" in (group / "cgroup.events").read_text()]
    finally:
        run("umount", str(mount_point))


@pytest.mark.plain
def test_booted_machine_reports_the_status_of_its_command_and_takes_its_groups_along(tmp_path):
    machine = subprocess.run(
        [BOOT, "sh", "-c", "cat /proc/1/comm; systemctl is-active dbus systemd-logind; exit 7"],
        capture_output=True, text=True, timeout=120)
    assert (machine.returncode, machine.stdout) == (7, "systemd\nactive\nactive\n"), machine.stderr
    wait_for(lambda: not empty_groups(tmp_path))


@pytest.mark.plain
def test_machine_that_cannot_boot_says_why_in_one_sentence():
    machine = subprocess.run(["setpriv", "--reuid=nobody", "--clear-groups", BOOT, "true"],
                             capture_output=True, text=True, timeout=120)
    assert machine.returncode == 69
    assert machine.stderr == f"{BOOT}: root is needed to boot a machine\n"


@pytest.mark.booted
@pytest.mark.parametrize("path", ["/written", "/opt/written", "/proc/sys/kernel/hostname",
                                  "/sys/kernel/mm/ksm/run", TREE / "written"])
def test_booted_machine_cannot_write_outside(path):
    with pytest.raises(OSError):
        pathlib.Path(path).write_text("1")


@pytest.mark.booted
def test_booted_machine_has_loopback_alone():
    assert [name for _, name in socket.if_nameindex()] == ["lo"]


def test_recipe_gives_the_lines_that_it_shows():
    shown = re.search(r"```\n(/etc/pam.d/common-auth.*?)```", RECIPE.read_text(), re.DOTALL)[1]
    lines = [line.split() for line in shown.splitlines() if line]
    for name in ("common-auth", "common-session"):
        first = lines.index([f"/etc/pam.d/{name}:"]) + 1
        expected = [line for line in lines[first:] if line[0] == name.split("-")[1]]
        stack = [line.split() for line in pathlib.Path("/etc/pam.d", name).read_text().splitlines()]
        assert expected and [line for line in stack if line in expected] == expected


def test_sudo_makes_no_keyring_with_another_persons_password(daemons, newcomer):
    assert "became=newcomer" in console.sudo_login(newcomer, "echo became=$(id -un)")
    assert not (newcomer.home / ".local/share/keyrings").exists()
