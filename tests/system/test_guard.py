# SPDX-License-Identifier: MIT
"""What was refused is never sent again; what was not answered is sent once more."""

import json
import os
import shutil
import signal
import subprocess
import time

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import PATIENCE, PROGRAMS

WRONG = "Wrong-Invented-Secret5"
NEW = "New-Invented-Secret6"
QUIT = "quit=1\n\n"


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    secrets.add(WRONG, NEW)
    return csolink


def wrong_account(csolink):
    filer.add_account(csolink, password=WRONG)
    filer.add_filing(csolink)


def test_a_refused_password_is_sent_once_and_not_handed_out(filing, court):
    wrong_account(filing)
    for _ in range(3):
        result = filing.get(host(COURT))
        assert (result.status, result.out) == (77, QUIT)
        assert "rejected" in result.err
    assert court.state()["sign_on_requests"] == 1


def test_status_tells_that_the_last_sign_on_was_refused(filing, court):
    """Also where all is linked, and no court's line says so."""
    filer.add_account_without_codes(filing, court, password=WRONG)
    assert filing("token").status == 77
    account, = json.loads(filing("status", "--json").out)["accounts"]
    assert account["last_sign_on"]["status"] == "rejected"
    assert "the last sign-on ended rejected at " in filing("status").out
    court.world(accounts={LOGIN: {"password": WRONG}})
    assert filing("account", "password", "--retry", LOGIN).status == 0
    assert filing("token", prints_secret=True).status == 0
    account, = json.loads(filing("status", "--json").out)["accounts"]
    assert account["last_sign_on"]["status"] == "ok"
    assert "the last sign-on" not in filing("status").out


def test_of_many_callers_at_once_none_gets_a_refused_password_and_pacer_gets_it_once(
        filing, court):
    """Whoever asked before the refusal waits for it; whoever asks later is told at once."""
    wrong_account(filing)
    court.hold("sign_on")
    callers = [filing.start("link", COURT, stdin=None)]
    assert court.held() == "sign_on"
    callers += [filing.start_get(filer.request(name)) for name in (COURT, BANKRUPTCY) * 17]
    callers += [filing.start("link", COURT, stdin=None) for _ in range(5)]
    callers += [filing.start(*filer.taking_the_token(filing), stdin=None) for _ in range(5)]
    court.release()
    callers += [filing.start("link", BANKRUPTCY, stdin=None) for _ in range(5)]
    results = [filing.finish(caller, None) for caller in callers]
    assert len(results) == 50
    assert {result.status for result in results} == {77}
    assert {result.out for result in results} <= {QUIT, ""}
    assert filing.get("pacer.login.uscourts.gov").out == QUIT
    assert court.state()["sign_on_requests"] == 1


def test_a_refused_password_stays_refused_after_a_restart_of_the_machine(
        filing, court, keyring, person):
    wrong_account(filing)
    filing.get(host(COURT))
    shutil.rmtree(person.tokens, ignore_errors=True)
    keyring.restart_locked()
    keyring.unlock()
    assert filing.get(host(COURT)).out == QUIT
    assert court.state()["sign_on_requests"] == 1


def test_an_unanswered_password_is_sent_once_more_after_a_restart_of_the_machine(
        filing, court, keyring):
    filer.add_account_without_codes(filing, court)
    court.fault("truncate", stage="sign_on", bytes=0)
    for _ in range(3):
        filing("link", COURT)
        keyring.restart_locked()
        keyring.unlock()
    assert court.state()["sign_on_requests"] == 2


def test_a_password_is_on_record_before_it_leaves(filing, court, person):
    """Also where the power fails while PACER reads it."""
    filer.add_account_without_codes(filing, court)
    trace = person.home / "trace"
    with person.popen(["strace", "-qq", "-o", trace, "-e", "trace=fsync,renameat,sendto",
                       PROGRAMS / "csolink", "link", COURT],
                      stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL):
        pass
    # Our own memory is closed to the tracer. To the worker go "open" and then the password.
    calls = [line.partition("(")[0] + ("*" if "MSG_DONTWAIT" in line else "")
             for line in trace.read_text().splitlines()]
    password, = [i for i, call in enumerate(calls) if call == "sendto*"][1:2]
    assert calls[password - 3:password] == ["fsync", "renameat", "fsync"]


def test_a_refused_password_stays_refused_when_the_account_is_stored_anew(filing, court):
    wrong_account(filing)
    filing.get(host(COURT))
    again = filing("account", "password", LOGIN, input=f"password={WRONG}\n")
    assert (again.status, "rejected" in again.err) == (77, True)
    assert filing("account", "remove", LOGIN).status == 0
    filer.add_account(filing, password=WRONG, acknowledge=False)  # she said yes before
    assert filing.get(host(COURT)).out == QUIT
    assert court.state()["sign_on_requests"] == 1


def test_retry_sends_a_refused_password_once_more(filing, court):
    filer.add_account_without_codes(filing, court, password=WRONG)
    filing.get(host(COURT))
    assert filing("account", "password", "--retry", LOGIN).status == 77
    assert filing.get(host(COURT)).out == QUIT
    assert court.state()["sign_on_requests"] == 2


def test_retry_that_cannot_ask_pacer_speaks_of_no_new_password(filing, court, person):
    filer.add_account_without_codes(filing, court, password=WRONG)
    filing.get(host(COURT))
    person.configure(connect_to="::127.0.0.1:1")
    result = filing("account", "password", "--retry", LOGIN)
    assert (result.status, "new password" in result.err) == (0, False), result.err
    assert '"csolink login" asks' in result.err
    person.configure(connect_to=court.connect_to)
    assert filing.get(host(COURT)).out == QUIT
    assert court.state()["sign_on_requests"] == 2


def test_a_new_password_takes_over_when_pacer_accepts_it(filing, court):
    filer.add_account_without_codes(filing, court, password=WRONG)
    filer.add_filing(filing)
    filing.get(host(COURT))
    right = filer.ACCOUNT["password"]
    assert filing("account", "password", LOGIN, input=f"password={right}\n").status == 0
    result = filing.get(host(COURT))
    assert (result.status, result.fields["password"]) == (0, right)
    assert court.state()["links"] != []


def test_a_mistyped_new_password_cannot_replace_one_that_works(filing, court):
    filer.add_account_without_codes(filing, court)
    filer.add_filing(filing)
    assert filing("account", "password", LOGIN, input=f"password={WRONG}\n").status == 77
    assert filing("link", COURT).status == 0
    assert filing.get(host(COURT)).fields["password"] == filer.ACCOUNT["password"]
    assert court.state()["sign_on_requests"] == 2


@pytest.fixture
def linked(filing, court):
    """A filer without codes, linked at her only court, and then PACER changes her password."""
    filer.add_account_without_codes(filing, court)
    filer.add_filing(filing)
    assert filing.get(host(COURT)).err == ""
    court.world(accounts={LOGIN: {"password": NEW}})
    return filing


def store(csolink, password):
    return csolink("account", "password", LOGIN, input=f"password={password}\n")


def test_a_new_password_takes_over_at_once_also_when_all_is_linked(linked, court):
    assert store(linked, NEW).status == 0
    assert linked.get("pacer.login.uscourts.gov").fields["password"] == NEW
    requests = court.state()["requests"]
    assert linked.get(host(COURT)).fields["password"] == NEW
    assert court.state()["requests"] == requests


def test_a_new_password_that_pacer_could_not_be_asked_about_is_asked_about_at_the_next_use(
        linked, court, person):
    person.configure(connect_to="::127.0.0.1:1")
    result = store(linked, NEW)
    assert (result.status, "beside the current one" in result.err) == (0, True)
    assert linked.get(host(COURT)).fields["password"] == filer.ACCOUNT["password"]
    person.configure(connect_to=court.connect_to)
    assert linked("link", COURT).status == 0
    assert linked.get(host(COURT)).fields["password"] == NEW
    assert court.state()["sign_on_requests"] == 2


def test_a_mistyped_new_password_leaves_the_linked_filer_hers(linked, court):
    assert store(linked, WRONG).status == 77
    requests = court.state()["requests"]
    result = linked.get(host(COURT))
    assert (result.fields["password"], result.err) == (filer.ACCOUNT["password"], "")
    assert court.state()["requests"] == requests


def test_a_new_password_that_is_never_answered_does_not_make_every_use_sign_on(linked, court):
    court.fault("truncate", stage="sign_on", bytes=0, times=2)
    store(linked, NEW)
    for _ in range(4):
        linked("link", COURT)
    assert court.state()["sign_on_requests"] <= 4
    requests = court.state()["requests"]
    linked.get(host(COURT))
    assert court.state()["requests"] == requests


def test_a_filing_password_that_may_not_be_sent_does_not_stop_viewing(filing, court):
    filer.set_up(filing)
    court.fault("truncate", stage="submit", bytes=0)
    for _ in range(3):
        filing("link", COURT)
    result = filing.get(host(COURT))
    assert (result.status, "refused_by_policy" in result.err) == (0, True)
    assert result.fields["username"] == LOGIN


@pytest.mark.parametrize("tried", ["right", WRONG], ids=["accepted", "refused"])
def test_a_new_password_that_is_stored_during_a_sign_on_is_not_lost(
        filing, court, keyring, secrets, tried):
    newest = "Newest-Invented-Secret6"
    secrets.add(newest)
    filer.add_account_without_codes(filing, court, password="Outdated-Invented-Secret8")
    court.hold("sign_on", after=True)
    first = filer.start_password(filing, filer.ACCOUNT["password"] if tried == "right" else tried)
    assert court.held() == "sign_on"
    court.world(accounts={LOGIN: {"password": newest}})
    second = filer.start_password(filing, newest)
    while keyring.lookup(kind="pending") != newest:
        assert second.poll() is None
    court.release()
    filing.finish(first)
    assert filing.finish(second).status == 0
    assert filing.get("pacer.login.uscourts.gov").fields["password"] == newest
    assert court.state()["sign_on_requests"] == 2


def test_an_account_that_is_removed_during_a_sign_on_stays_removed(filing, court):
    filer.add_account_without_codes(filing, court, password=WRONG)
    court.hold("sign_on", after=True)
    run = filer.start_password(filing, filer.ACCOUNT["password"])
    assert court.held() == "sign_on"
    assert filing("account", "remove", LOGIN).status == 0
    court.release()
    filing.finish(run)
    assert filing("account", "list").out == ""


def test_a_refused_filing_password_is_submitted_once(filing, court):
    filer.add_account(filing)
    filer.add_filing(filing, password=WRONG)
    for _ in range(3):
        result = filing.get(host(COURT))
        assert "rejected" in result.err
        assert result.fields["username"] == LOGIN  # viewing works without a link
    assert court.state()["link_submissions"][COURT] == 1
    requests = court.state()["requests"]
    again = filer.add_filing(filing, password=WRONG)
    assert (again.status, "rejected" in again.err) == (77, True)
    assert filing("link", COURT).status == 77
    assert court.state()["link_submissions"][COURT] == 1
    assert court.state()["requests"] <= requests + 3
    assert filer.add_filing(filing).status == 0
    assert filing.get(host(COURT)).err == ""
    assert court.state()["link_submissions"][COURT] == 2


def test_retry_submits_a_refused_filing_password_once_more(filing, court):
    filer.add_account(filing)
    filer.add_filing(filing, password=WRONG)
    filing.get(host(COURT))
    assert filer.add_filing(filing, password=WRONG, options=["--retry"]).status == 0
    filing.get(host(COURT))
    assert court.state()["link_submissions"][COURT] == 2


def test_without_an_answer_the_password_is_sent_twice_and_no_more(filing, court, person):
    filer.add_account_without_codes(filing, court)
    for _ in range(4):
        court.hold("sign_on")
        process = filing.start("link", COURT, stdin=None)
        while process.poll() is None and court.held(0.1) is None:
            continue
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
        court.release(drop=True)
    assert court.state()["sign_on_requests"] == 2
    result = filing("link", COURT)
    assert (result.status, "refused_by_policy" in result.err) == (77, True)
    assert f'"csolink account password --retry {LOGIN}"' in result.err
    assert filing("account", "password", "--retry", LOGIN).status == 0
    assert "refused_by_policy" not in filing("link", COURT).err


@pytest.mark.parametrize("answer", [{"bytes": 0}, {}], ids=["silent", "in_its_answer"])
@pytest.mark.parametrize("stage", ["sign_on", "submit"])
def test_a_server_that_hangs_up_gets_the_password_once_a_run_and_twice_at_most(
        filing, court, stage, answer):
    filer.add_account_without_codes(filing, court)
    filer.add_filing(filing)
    court.fault("truncate", stage=stage, **answer)
    count = {"sign_on": lambda state: state["sign_on_requests"],
             "submit": lambda state: state["link_submissions"][COURT]}[stage]
    filing("link", COURT)
    assert count(court.state()) == 1
    for _ in range(3):
        result = filing("link", COURT)
    assert count(court.state()) == 2
    assert (result.status, "twice" in result.err) == (77, True)


@pytest.mark.parametrize("code", [401, 403])
def test_a_sign_on_that_http_refuses_is_refused(filing, court, code):
    filer.add_account(filing)
    court.fault("status", stage="sign_on", code=code)
    for _ in range(2):
        assert filing.get(host(COURT)).out == QUIT
    assert filing("link", COURT).status == 77
    assert court.state()["sign_on_requests"] == 1


def test_a_court_that_answers_with_an_error_gets_the_filing_password_twice_at_most(filing, court):
    filer.add_account_without_codes(filing, court)
    filer.add_filing(filing)
    court.fault("status", stage="submit", code=500)
    for _ in range(4):
        result = filing("link", COURT)
    assert court.state()["link_submissions"][COURT] == 2
    assert (result.status, "twice" in result.err) == (77, True)
    assert f'"csolink filing add --retry --account={LOGIN} {COURT} jdoe"' in result.err


def test_a_wrong_clock_is_named_and_the_right_code_used(filing, court):
    filer.set_up(filing)
    court.clock(600)
    result = filing("link", "--progress", COURT)
    assert result.status == 0, result.err
    assert "clock" in result.err
    assert court.state()["sign_on_requests"] == 2


def test_a_refusal_of_a_wrong_clocks_code_alone_does_not_condemn_the_password(
        filing, court, keyring):
    filer.set_up(filing)
    court.clock(600)
    run = filer.start_held(filing, court, "link", COURT, after=True)
    keyring.lock()
    court.release()
    assert "locked" in run.communicate()[1]
    keyring.unlock()
    court.clock(0)
    assert filing("link", COURT).status == 0


def test_a_wrong_clock_after_a_lost_answer_does_not_condemn_the_password(filing, court):
    filer.set_up(filing)
    filer.kill_held(filer.start_held(filing, court, "link", COURT), court)
    court.clock(600)
    result = filing("link", COURT)
    assert result.status == 0, result.err


def test_a_code_is_never_used_twice(filing, court):
    filer.set_up(filing)
    filing.get(host(COURT))
    court.expire_tokens()
    assert filing("link", "alnb").status in (0, 3)
    steps = [code["step"] for code in court.state()["codes_seen"]]
    assert len(steps) == len(set(steps)) == 2


def test_an_account_that_asks_for_codes_is_never_signed_on_without_one(filing, court, secrets):
    secrets.add("ab12-cd34")
    court.world(accounts={LOGIN: {"backup_codes": ["ab12-cd34"]}})
    filer.add_account(filing, otp="ask")
    filer.add_filing(filing)
    result = filing.get(host(COURT))
    assert (result.fields["username"], "needs_code" in result.err) == (LOGIN, True)
    assert court.state()["sign_on_requests"] == 0
    with filing.terminal("link", COURT) as terminal:
        terminal.expect(f"One-time code for {LOGIN}: ")
        assert not terminal.echoes
        terminal.type("ab12-cd34")
        assert terminal.wait() == 0, terminal.text
    assert court.state()["sign_on_requests"] == 1


def test_a_court_that_hangs_costs_get_its_time_limit_and_not_the_credential(
        filing, court, person):
    filer.set_up(filing)
    person.configure(worker_timeout=2)
    court.fault("hang", stage="login")
    begun = time.monotonic()
    result = filing.get(host(COURT))
    assert (result.status, result.fields["username"]) == (0, LOGIN)
    assert "timed_out" in result.err
    assert time.monotonic() - begun < 4 + 4 * PATIENCE
