# SPDX-License-Identifier: MIT
"""A court's credential and a keyring that is locked, frozen or not there."""

import subprocess
import time

from support import filer
from support.filer import COURT, host
from support.places import PATIENCE

DEADLINE = 2


def test_a_locked_keyring_says_locked_and_touches_no_court(keyring, court, csolink):
    filer.set_up(csolink)
    for lock in (keyring.lock, keyring.restart_locked):
        lock()
        result = csolink.get(host(COURT))
        assert (result.status, result.out) == (3, "")
        assert result.err.startswith("csolink: locked")
    assert court.state()["requests"] == 0


def test_twenty_at_once_on_a_locked_keyring_all_say_locked(keyring, court, csolink):
    filer.set_up(csolink)
    keyring.lock()
    processes = [csolink.start_get(filer.request(COURT)) for _ in range(20)]
    results = [csolink.finish(process) for process in processes]
    assert [result.status for result in results] == [3] * 20
    assert all(result.out == "" and "locked" in result.err for result in results)
    keyring.unlock()
    assert csolink.get(host(COURT)).status == 0


def test_without_a_session_bus_there_is_no_keyring(person, court, csolink):
    result = csolink.get(host(COURT))
    assert (result.status, result.out) == (69, "")
    assert result.err.startswith("csolink: no_keyring")


def test_a_frozen_keyring_ends_by_the_deadline_with_its_sentence(keyring, court, csolink, person):
    filer.set_up(csolink)
    person.configure(keyring_timeout=DEADLINE)
    keyring.freeze()
    begun = time.monotonic()
    result = csolink.get(host(COURT))
    keyring.thaw()
    assert (result.status, result.out) == (75, "")
    assert "timed_out" in result.err and "keyring" in result.err
    assert time.monotonic() - begun < DEADLINE + 8 * PATIENCE
    assert court.state()["requests"] == 0


def test_twenty_cold_callers_cause_one_sign_on_and_one_link(keyring, court, csolink):
    filer.set_up(csolink)
    processes = [csolink.start_get(filer.request(COURT)) for _ in range(20)]
    results = [csolink.finish(process, prints_secret=True) for process in processes]
    assert all("username=" in result.out and result.err == "" for result in results)
    state = court.state()
    assert (state["sign_on_requests"], state["link_submissions"][COURT]) == (1, 1)


def test_a_stopped_holder_costs_the_others_their_deadline_and_no_more(
        keyring, court, csolink, person):
    filer.set_up(csolink)
    court.hold("login")
    holder = csolink.start("link", COURT, stdin=subprocess.DEVNULL)
    assert court.held() == "login"
    person.configure(worker_timeout=DEADLINE)  # the other's, not the holder's
    holder.send_signal(19)
    result = csolink.get(host(COURT))
    assert result.status == 0 and "username=" in result.out
    assert "busy" in result.err
    holder.kill()
    holder.communicate()
    court.release(drop=True)


def test_a_state_folder_that_cannot_be_written_means_no_sign_on(keyring, court, csolink, person):
    filer.set_up(csolink)
    with person.acting():
        (person.state / "practice").chmod(0o500)
    result = csolink.get(host(COURT))
    with person.acting():
        (person.state / "practice").chmod(0o700)
    assert (result.status, result.out) == (77, "quit=1\n\n")
    assert court.state()["requests"] == 0
