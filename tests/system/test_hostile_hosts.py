# SPDX-License-Identifier: MIT
"""The PAM module in hosts that are peculiar, with helpers that misbehave: the login goes on in
time, the host loses nothing, and nothing of the host's reaches the user's side."""

import os
import subprocess

import pytest

from support.hostile import situations

pytestmark = pytest.mark.pam
ANOTHER_GROUP = "audio"
# glibc's posix_spawn(3) leaves its own signals 32 and 33 ignored in the child.
IGNORED_BY_GLIBC = 0x180000000
ONLY_STANDARD_DESCRIPTORS = ["0 socket", "1 /dev/null", "2 /dev/null"]


@pytest.fixture(autouse=True)
def another_group(person):
    """She is in one more group than her own."""
    subprocess.run(["gpasswd", "--add", person.name, ANOTHER_GROUP], check=True,
                   capture_output=True)
    yield
    subprocess.run(["gpasswd", "--delete", person.name, ANOTHER_GROUP], check=True,
                   capture_output=True)


def assert_clean_start(report):
    """What must hold for every program that the module starts, directly or not."""
    assert sorted(report["fd"]) == ONLY_STANDARD_DESCRIPTORS
    assert int(report["SigBlk"][0], 16) == 0
    assert int(report["SigIgn"][0], 16) & ~IGNORED_BY_GLIBC == 0
    assert report["session"] == ["own"]


def environment_of(person):
    """What csolink is given, and nothing else."""
    return {f"HOME={person.home}", f"USER={person.name}", f"LOGNAME={person.name}",
            "SHELL=/bin/sh", "PATH=/usr/bin:/bin", "LANG=C.UTF-8",
            f"XDG_RUNTIME_DIR={person.runtime}"}


def assert_is_the_persons_alone(report, person):
    groups = sorted(os.getgrouplist(person.name, person.gid))
    assert len(groups) > 1
    assert sorted(map(int, report["Groups"][0].split())) == groups
    assert report["Uid"][0].split() == [str(person.uid)] * 4
    assert report["Gid"][0].split() == [str(person.gid)] * 4
    for capabilities in ("CapPrm", "CapEff", "CapAmb", "CapInh"):
        assert int(report[capabilities][0], 16) == 0, capabilities
    assert report["NoNewPrivs"] == ["1"]
    assert "way_back" not in report


@pytest.mark.parametrize("situation", situations())
def test_login_goes_on_and_the_host_loses_nothing(situation, stage):
    host = stage.host(situation)
    assert host.returncode == 0, host.stderr


@pytest.mark.parametrize("situation", situations("starts"))
def test_nothing_of_the_host_reaches_csolink(situation, stage, person):
    assert stage.host(situation).returncode == 0
    report = stage.read_report()
    assert_clean_start(report)
    assert_is_the_persons_alone(report, person)
    assert set(report["environment"]) == environment_of(person)
    assert (report["directory"], report["Umask"], report["core"]) == (["/"], ["0077"], ["0 0"])


@pytest.mark.parametrize("situation", situations("refuses"))
def test_csolink_is_not_started_where_that_is_not_to_be(situation, stage):
    assert stage.host(situation).returncode == 0
    assert not stage.report.exists()


def test_csolink_learns_of_the_bus_where_there_is_one(stage, bus, person):
    assert stage.host().returncode == 0
    expected = environment_of(person) | {f"DBUS_SESSION_BUS_ADDRESS=unix:path={person.bus}"}
    assert set(stage.read_report()["environment"]) == expected


def test_nothing_of_the_host_reaches_csolink_session(stage):
    assert stage.host("probe").returncode == 0
    report = stage.read_report()
    assert_clean_start(report)
    assert "environment" not in report
