# SPDX-License-Identifier: MIT
"""A new user's first login ever: the keyring that it creates can be used at once."""

import pytest

from hosts.logins import WITH_PASSWORD
from test_ways_in import GET, SECRET, STORE, statuses


@pytest.mark.booted  # without systemd no socket starts the daemon too early
@pytest.mark.parametrize("attempt", range(20))
def test_first_login_ever_stores_and_gets(attempt, daemons, newcomer):
    shown = WITH_PASSWORD["ssh"](daemons, newcomer, f"{STORE}; {GET}")
    assert statuses(shown) == ["0", "0"] and f"password={SECRET}\n" in shown, shown
