# SPDX-License-Identifier: MIT
"""Where the token is kept: from whom, in the kernel's keyring where there is no folder, how long."""

import os
import pathlib
import subprocess
import time

import pytest

from support import filer
from support.apart import Apart
from support.background import wait_for
from support.filer import COURT
from support.places import AS_ROOT
from support.token import ROTATED, kept, replace, take, visit

NOBODY = 65534


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer without codes, acknowledged, not signed on."""
    filer.set_up_without_codes(csolink, court)
    return csolink


# --- whom it is kept from, and where ---

@pytest.mark.pam  # another user's processes need root
def test_another_user_cannot_read_it(filing, person):
    token = take(filing)
    path, = kept(person)
    command = ["cat", str(path)]
    denied = subprocess.run(command, user=NOBODY, group=NOBODY, capture_output=True, text=True)
    assert (denied.returncode, denied.stdout) == (1, "")
    path.chmod(0o644)
    person.tokens.chmod(0o755)
    denied = subprocess.run(command, user=NOBODY, group=NOBODY, capture_output=True, text=True)
    assert (denied.returncode, denied.stdout) == (1, "")  # the runtime directory is closed too
    assert subprocess.run(command, user=person.uid, capture_output=True, text=True).stdout == token


def make_open(person):
    person.tokens.chmod(0o755)


def make_group_readable(person):
    person.tokens.chmod(0o740)


def make_link(person):
    with person.acting():
        for path in person.tokens.iterdir():
            path.unlink()
        person.tokens.rmdir()
        elsewhere = person.home / "elsewhere"
        elsewhere.mkdir(mode=0o700)
        person.tokens.symlink_to(elsewhere)


def make_file(person):
    with person.acting():
        for path in person.tokens.iterdir():
            path.unlink()
        person.tokens.rmdir()
        person.tokens.write_text("")


def make_runtime_open(person):
    person.runtime.chmod(0o755)


def make_foreign(person):
    os.chown(person.tokens, NOBODY, NOBODY)


def make_disk(person):
    """A folder of a disk instead of memory."""
    folder = pathlib.Path("/var/lib/on-a-disk")
    folder.mkdir(exist_ok=True)
    os.chown(folder, person.uid, person.gid)
    folder.chmod(0o700)
    if folder.stat().st_dev == person.runtime.stat().st_dev or is_in_memory(folder):
        pytest.skip("no folder here is on a disk")
    subprocess.run(["mount", "--bind", folder, person.tokens], check=True)


def is_in_memory(folder):
    kind = subprocess.run(["stat", "-f", "-c", "%T", folder], capture_output=True, text=True)
    return kind.stdout.strip() in ("tmpfs", "ramfs")


ANYONES = [make_open, make_group_readable, make_link, make_file, make_runtime_open]
ROOTS = [make_foreign, make_disk]


@pytest.fixture
def runtime_again(person):
    """Whatever a test made of the runtime directory, the next one finds it private."""
    yield
    if AS_ROOT:
        subprocess.run(["umount", person.tokens], capture_output=True)
    person.runtime.chmod(0o700)


@pytest.mark.parametrize("spoil", [*ANYONES, *[pytest.param(spoil, marks=pytest.mark.pam)
                                               for spoil in ROOTS]],
                         ids=lambda spoil: spoil.__name__)
def test_a_folder_that_cannot_be_trusted_keeps_nothing_and_that_is_said(
        filing, court, person, runtime_again, spoil):
    spoil(person)
    for sign_ons in (1, 2):
        result = filing("token", prints_secret=True)
        assert (result.status, "not kept" in result.err) == (0, True), result.err
        assert court.state()["sign_ons"] == sign_ons
        assert visit(court, result.out.strip())
    assert not any("token" in path.name for path in person.runtime.rglob("*"))
    assert "csolink:" not in person.run("keyctl", "show", "@u")


# --- the kernel's keyring ---

@pytest.fixture
def apart(filing, person):
    apart = Apart(filing, person)
    yield apart
    apart.end()


def test_without_a_runtime_directory_the_users_kernel_keyring_keeps_the_token(
        apart, court, person):
    token = take(apart)
    assert take(apart) == token
    assert court.state()["sign_on_requests"] == 1
    described, = apart.keys()
    _, uid, _, permissions, _ = described.split(";")
    assert (int(uid), int(permissions, 16) & 0xffff) == (person.uid, 0)
    assert replace(apart).status == 0
    assert take(apart) == ROTATED
    assert apart("token", "--reject", input=f"{ROTATED}\n").status == 0
    assert apart.keys() == []


def test_logout_forgets_the_tokens_in_the_kernel_keyring(apart, court):
    take(apart)
    take(apart, "--client-code=Smith.v.Jones")
    assert len(apart.keys()) == 2
    assert apart("logout", "--all").status == 0
    assert (court.state()["logouts"], apart.keys()) == (2, [])


TWELVE_HOURS = (12 * 3600, 11 * 3600)  # the second one soon


def test_the_kernel_forgets_the_token_after_twelve_hours(apart):
    take(apart)
    assert apart.seconds_left() in TWELVE_HOURS
    assert replace(apart).status == 0
    assert apart.seconds_left() in TWELVE_HOURS


def test_the_kernel_forgets_the_token_at_max_token_age(apart, person):
    person.configure(max_token_age=1)
    take(apart)
    wait_for(lambda: apart.seconds_left() < 57)
    assert replace(apart).status == 0
    assert apart.seconds_left() < 58  # a rotated token is no younger


# --- its age ---

def make_older(person, seconds):
    path, = kept(person)
    then = time.time() - seconds
    os.utime(path, (then, then))


def test_a_token_older_than_max_token_age_is_none(filing, court, person):
    first = take(filing)
    make_older(person, 540)
    person.configure(max_token_age=10)
    assert take(filing) == first
    make_older(person, 601)
    assert replace(filing).status == 1
    assert take(filing) != first
    assert court.state()["sign_on_requests"] == 2


def test_a_clock_that_is_set_back_gives_a_token_no_longer_life(filing, court, person):
    first = take(filing)
    make_older(person, -3600)
    assert take(filing) == first
    person.configure(max_token_age=10)
    assert take(filing) != first
    assert court.state()["sign_on_requests"] == 2


def test_rotation_does_not_make_a_token_younger(filing, court, person):
    person.configure(max_token_age=10)
    take(filing)
    make_older(person, 500)
    assert replace(filing, visit(court, take(filing))).status == 0
    assert filing("link", COURT).status == 0
    path, = kept(person)
    assert 500 <= time.time() - path.stat().st_mtime < 560
    assert court.state()["sign_on_requests"] == 1


def test_without_max_token_age_a_token_is_used_however_old(filing, court, person):
    token = take(filing)
    make_older(person, 30 * 86400)
    assert take(filing) == token
