# SPDX-License-Identifier: MIT
"""The token under real logins: every shell of hers has it, and it goes with the last one."""

import re

from hosts.desktop import desktop
from hosts.logins import WITH_PASSWORD, WITHOUT_PASSWORD
from support import filer
from support.background import wait_for
from support.token import kept, take

# Not the token itself, which the output would show.
SUM = "csolink token | sha256sum"
LOGINS = {**WITH_PASSWORD, **{name: log_in for name, (log_in, _) in WITHOUT_PASSWORD.items()}}


def sum_in(shown):
    """None where no token was printed."""
    found = re.search(r"\b[0-9a-f]{64}\b", shown)
    return found and found[0]


def test_every_shell_of_hers_has_the_token_and_it_goes_with_the_last_logout(
        daemons, newcomer, court, csolink):
    with desktop(daemons, newcomer):
        filer.add_account_without_codes(csolink, court)
        take(csolink)
        first = sum_in(WITH_PASSWORD["ssh"](daemons, newcomer, SUM))
        sums = {name: sum_in(log_in(daemons, newcomer, SUM)) for name, log_in in LOGINS.items()}
        assert sums == {name: first for name in LOGINS}
        assert len(kept(newcomer)) == court.state()["sign_on_requests"] == 1
    wait_for(newcomer.has_left)
    with desktop(daemons, newcomer):
        assert not kept(newcomer)
        assert sum_in(WITH_PASSWORD["ssh"](daemons, newcomer, SUM)) not in (None, first)
    assert court.state()["sign_on_requests"] == 2
