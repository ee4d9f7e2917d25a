# SPDX-License-Identifier: MIT
"""Real login programs: who gets in, and whether csolink finds the keyring open, as it should."""

import re

import pytest

from hosts.logins import WITH_PASSWORD, WITHOUT_PASSWORD
from support.background import wait_for
from support.places import PATIENCE

SECRET = "Invented-Search-Password8"
RECORD = r"protocol=https\nhost=research.example\nusername=lawyer\n"
STORE = f"printf '{RECORD}password={SECRET}\\n\\n' | csolink store; echo stored=$?"
GET = f"printf '{RECORD}\\n' | csolink get; echo status=$?"
TIMED_GET = f"begun=$(date +%s%3N); {GET}; echo took=$(($(date +%s%3N) - begun))ms"
AT_ONCE_MS = 1000 * PATIENCE

with_password = pytest.mark.parametrize("log_in", WITH_PASSWORD.values(), ids=WITH_PASSWORD)
without_password = pytest.mark.parametrize(
    "log_in, expected", WITHOUT_PASSWORD.values(), ids=WITHOUT_PASSWORD)


def statuses(shown):
    return re.findall(r"(?:stored|status)=(\d+)", shown)


@with_password
def test_login_with_the_password_opens_the_keyring(log_in, daemons, newcomer):
    shown = log_in(daemons, newcomer, f"{STORE}; {GET}")
    assert statuses(shown) == ["0", "0"], shown
    wait_for(newcomer.has_left)
    shown = log_in(daemons, newcomer, GET)
    assert statuses(shown) == ["0"] and f"password={SECRET}\n" in shown, shown
    wait_for(newcomer.has_left)


@pytest.mark.parametrize("program", WITH_PASSWORD.keys() - {"ssh-terminal"})
def test_wrong_password_is_refused(program, daemons, newcomer):
    shown = WITH_PASSWORD[program](daemons, newcomer, GET, "not-hers")
    assert statuses(shown) == [] and re.search("denied|incorrect|failure", shown), shown
    assert newcomer.has_left()


@without_password
def test_login_without_the_password_is_told_at_once_that_the_keyring_is_shut(
        log_in, expected, daemons, newcomer):
    shown = WITH_PASSWORD["ssh"](daemons, newcomer, STORE)
    assert statuses(shown) == ["0"], shown
    wait_for(newcomer.has_left)
    shown = log_in(daemons, newcomer, TIMED_GET)
    assert statuses(shown) == [str(expected)] and SECRET not in shown, shown
    assert int(re.search(r"took=(\d+)ms", shown)[1]) < AT_ONCE_MS
    wait_for(newcomer.has_left)
