# SPDX-License-Identifier: MIT
"""A display manager: logging in, unlocking the screen, logging out, with the password typed."""

import pytest

from hosts.lightdm import Lightdm
from support import filer
from support.background import wait_for, wait_for_end
from support.filer import COURT, LOGIN

pytestmark = pytest.mark.booted  # lightdm has its seats from systemd-logind


@pytest.fixture(scope="module")
def lightdm(recipe):
    lightdm = Lightdm()
    yield lightdm
    lightdm.stop()


def assert_get_answers(csolink):
    answer = csolink.get(filer.host(COURT))
    assert (answer.status, answer.fields["username"]) == (0, LOGIN), answer.err


def test_login_opens_the_keyring_and_links_what_is_pending(lightdm, newcomer, court, csolink):
    with lightdm.session(newcomer):
        wait_for_end(newcomer)  # for nothing was pending
        filer.set_up_without_codes(csolink, court)
    wait_for(newcomer.has_left)
    assert court.state()["links"] == []
    with lightdm.session(newcomer) as environment:
        assert environment["XDG_RUNTIME_DIR"] == str(newcomer.runtime)
        assert environment["DBUS_SESSION_BUS_ADDRESS"] == f"unix:path={newcomer.bus}"
        wait_for(lambda: court.state()["links"])
        wait_for_end(newcomer)
        assert_get_answers(csolink)
    wait_for(newcomer.has_left)
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


def test_unlocking_the_screen_links_what_became_pending(lightdm, newcomer, court, csolink):
    with lightdm.session(newcomer) as environment:
        wait_for_end(newcomer)
        filer.set_up_without_codes(csolink, court)
        lightdm.lock(newcomer, environment)
        assert court.state()["links"] == []
        lightdm.unlock(newcomer)
        wait_for(lambda: court.state()["links"])
        wait_for_end(newcomer)
        assert_get_answers(csolink)
    wait_for(newcomer.has_left)
