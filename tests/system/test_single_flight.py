# SPDX-License-Identifier: MIT
"""However many processes need a token at once, one signs on and the others share what came of it."""

import os
import signal
import time

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.places import PATIENCE, VALGRIND
from support.processes import wait_until_all_wait
from support.token import finish_all, kept, start_many, take, visit

MANY = 10 if VALGRIND else 100
WRONG = "Wrong-Invented-Secret5"


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    """A filer without codes, acknowledged, not signed on."""
    secrets.add(WRONG)
    filer.set_up_without_codes(csolink, court)
    return csolink


def assert_one_token(results):
    tokens = {result.out for result in results}
    assert [result.err for result in results if result.status != 0] == []
    assert len(tokens) == 1 and tokens.pop().endswith("\n")


def test_many_processes_on_a_cold_cache_sign_on_once(filing, court):
    court.hold("sign_on")
    processes = start_many(filing, MANY, "token")
    assert court.held() == "sign_on"
    court.release()
    assert_one_token(finish_all(filing, processes))
    assert court.state()["sign_on_requests"] == 1


def test_gets_links_and_tokens_at_once_sign_on_once(filing, court):
    first = filer.start_held(filing, court, "token")
    get = filing.start_get(filer.request(COURT))
    others = start_many(filing, 5, "token", f"--court={COURT}") + start_many(
        filing, 5, "link", COURT)
    court.release()
    assert_one_token(finish_all(filing, [first]))
    assert [result.status for result in finish_all(filing, [get, *others])] == [0] * 11
    assert court.state()["sign_ons"] == court.state()["sign_on_requests"] == 1


@pytest.mark.parametrize("after", [False, True], ids=["unanswered", "answered"])
def test_one_that_is_killed_in_its_sign_on_costs_one_more(filing, court, after):
    first = filer.start_held(filing, court, "token", after=after)
    others = start_many(filing, MANY - 1, "token")
    filer.kill_held(first, court)
    assert_one_token(finish_all(filing, others))
    assert court.state()["sign_on_requests"] == 2


def test_one_that_is_stopped_costs_the_others_their_deadline_and_no_more(filing, court, person):
    first = filer.start_held(filing, court, "token")
    person.configure(worker_timeout=3)  # the others', not its own
    os.killpg(first.pid, signal.SIGSTOP)
    begun = time.monotonic()
    try:
        results = finish_all(filing, start_many(filing, 5, "token"))
    finally:
        filer.kill_held(first, court)
    assert 3 <= time.monotonic() - begun < 3 + 5 * PATIENCE
    assert [(result.status, result.out, "busy" in result.err) for result in results] == [
        (75, "", True)] * 5
    assert court.state()["sign_on_requests"] == 1
    take(filing)


def test_a_refusal_is_shared_and_nobody_is_given_the_password(filing, court):
    court.world(accounts={LOGIN: {"password": "Another-Invented-Secret7"}})
    first = filer.start_held(filing, court, "token")
    others = start_many(filing, 10, "token")
    gets = [filing.start_get(filer.request(COURT)) for _ in range(5)]
    court.release()
    results = finish_all(filing, [first, *others])
    assert [(result.status, result.out) for result in results] == [(77, "")] * 11
    assert {result.out for result in finish_all(filing, gets)} == {"quit=1\n\n"}
    assert court.state()["sign_on_requests"] == 1


def test_a_failure_of_the_network_is_shared(filing, court):
    court.fault("truncate", stage="sign_on", bytes=0)
    first = filer.start_held(filing, court, "token")
    others = start_many(filing, 10, "token")
    wait_until_all_wait(others)
    court.release()
    results = finish_all(filing, [first, *others])
    assert {(result.status, result.out) for result in results} == {(75, "")}
    assert court.state()["sign_on_requests"] == 1


def test_one_that_lacked_a_person_does_not_speak_for_one_who_has_her(
        keyring, court, csolink, secrets):
    secrets.add("ab12-cd34")
    court.world(accounts={LOGIN: {"backup_codes": ["ab12-cd34"]}})
    filer.add_account(csolink, otp="ask")
    assert csolink("token").status == 3
    with csolink.terminal("login") as terminal:
        terminal.expect(f"One-time code for {LOGIN}: ")
        terminal.type("ab12-cd34")
        assert terminal.wait() == 0, terminal.text
    take(csolink)


def test_the_person_is_asked_once_for_all_that_wait(keyring, court, csolink, secrets):
    secrets.add("ab12-cd34")
    court.world(accounts={LOGIN: {"backup_codes": ["ab12-cd34"]}})
    filer.add_account(csolink, otp="ask")
    with csolink.terminal("login") as terminal:
        terminal.expect(f"One-time code for {LOGIN}: ")
        others = start_many(csolink, 10, "token")
        wait_until_all_wait(others)
        terminal.type("ab12-cd34")
        assert terminal.wait() == 0, terminal.text
        assert_one_token(finish_all(csolink, others))
    assert court.state()["sign_on_requests"] == 1


def test_tools_that_reject_the_same_dead_token_cause_one_sign_on(filing, court):
    dead = take(filing)
    court.expire_tokens()
    assert visit(court, dead) is None
    rejecting = [filing.start_fed(f"{dead}\n", "token", "--reject") for _ in range(50)]
    results = finish_all(filing, rejecting)
    assert {(result.status, result.out, result.err) for result in results} == {(0, "", "")}
    assert_one_token(finish_all(filing, start_many(filing, 50, "token")))
    late = filing("token", "--reject", input=f"{dead}\n")
    assert (late.status, late.out) == (0, "")
    fresh = take(filing)
    assert fresh != dead and visit(court, fresh)
    assert court.state()["sign_on_requests"] == 2


@pytest.mark.parametrize("stage", ["login", "utilities", "link_form"])
def test_a_run_whose_token_a_tool_has_rotated_away_takes_the_tools(filing, court, stage):
    token = take(filing)
    court.hold(stage)
    link = filing.start_fed("", "link", COURT)
    assert court.held() == stage
    token = token if stage == "login" else take(filing)
    for _ in range(2):
        token = visit(court, token)
        assert filing("token", "--replace", input=f"{token}\n").status == 0
    court.release()
    assert finish_all(filing, [link])[0].status == 0
    assert court.state()["sign_on_requests"] == 1


def test_rotation_on_every_answer_costs_no_sign_on(filing, court, person):
    """A grace of one request: of the last two values both are good, once."""
    courts = [COURT, filer.BANKRUPTCY]
    filer.add_filing(filing, filer.BANKRUPTCY)
    for turn in range(20 if VALGRIND else 200):
        if turn % 50 == 25:
            filing("link", courts[turn // 50 % 2])
        rotated = visit(court, take(filing))
        assert rotated, "the court had signed us out"
        assert filing("token", "--replace", input=f"{rotated}\n").status == 0
    assert court.state()["sign_on_requests"] == 1
    assert len(kept(person)) == 1
    assert filing.get(host(COURT)).status == 0
