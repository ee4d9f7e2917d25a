# SPDX-License-Identifier: MIT
"""The token: who gets it, what takes its place, when it is forgotten, and who never sees it."""

import contextlib
import fcntl
import os
import pathlib
import re

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN
from support.places import PROGRAMS, SANITIZERS
from support.token import ROTATED, kept, replace, take, visit

SEARCH = "search99"
NOBODY = 65534


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer without codes, acknowledged, not signed on."""
    filer.set_up_without_codes(csolink, court)
    return csolink


def add_searcher(csolink, court):
    """A second account, which may only search; its password is the filer's."""
    court.world(accounts={SEARCH: {"password": filer.ACCOUNT["password"]}})
    filer.add_account(csolink, SEARCH, purpose="search", otp="none")


# --- what is printed ---

def test_the_token_is_printed_and_good_and_kept(filing, court):
    token = take(filing)
    assert visit(court, token)
    assert take(filing) == token
    assert court.state()["sign_on_requests"] == 1


def test_with_a_court_its_first_use_is_done_and_the_newest_token_printed(filing, court):
    token = take(filing, f"--court={COURT}")
    assert court.state()["links"] == [
        {"court": COURT, "account": LOGIN, "filing_login": "jdoe"}]
    assert visit(court, token)
    assert court.state()["sign_on_requests"] == 1


def test_what_stands_in_the_way_of_a_link_does_not_keep_the_token(filing, court):
    result = filing("token", f"--court={BANKRUPTCY}", prints_secret=True)
    assert (result.status, "needs_person" in result.err) == (0, True)
    assert visit(court, result.out.strip(), BANKRUPTCY)
    assert court.state()["sign_on_requests"] == 1


def test_a_sign_on_that_fails_for_a_courts_sake_is_told_once_and_not_tried_again(filing, court):
    court.fault("truncate", stage="sign_on", bytes=0)
    result = filing("token", f"--court={COURT}")
    assert (result.status, result.out) == (75, "")
    assert result.err.count("\n") == 1
    assert court.state()["sign_on_requests"] == 1


def test_search_accounts_sign_on_and_make_no_attestation(filing, court):
    add_searcher(filing, court)
    court.world(accounts={SEARCH: {"redaction_required": True}})
    result = filing("token", "--purpose=search")
    assert (result.status, result.out, "needs_acknowledgement" in result.err) == (3, "", True)
    court.world(accounts={SEARCH: {"redaction_required": False}})
    assert visit(court, take(filing, "--purpose=search"))


def test_tokens_of_accounts_and_client_codes_are_apart(filing, court):
    add_searcher(filing, court)
    tokens = [take(filing, f"--account={LOGIN}"), take(filing, f"--account={SEARCH}"),
              take(filing, f"--account={SEARCH}", "--client-code=Smith.v.Jones"),
              take(filing, f"--account={SEARCH}", "--client-code=Other-Matter")]
    assert len(set(tokens)) == 4
    assert take(filing, f"--account={SEARCH}", "--client-code=Smith.v.Jones") == tokens[2]
    assert take(filing) == tokens[1]  # an unmarked request searches
    assert court.state()["sign_on_requests"] == 4


def test_tokens_of_environments_are_apart(filing, court, person):
    token = take(filing)
    filing("--environment=qa", "account", "add", "--purpose=search", LOGIN, input="password=x\n")
    for option in ("--replace", "--reject"):
        filing("--environment=qa", "token", option, input=f"{ROTATED}\n")
    result = filing("--environment=qa", "token")  # the machine has loopback alone
    assert (result.status, result.out) == (75, ""), result.err
    assert filing("--environment=qa", "logout").status == 0
    assert (take(filing), court.state()["logouts"]) == (token, 0)


@pytest.mark.parametrize("options, status, word", [
    (["--client-code=a,b"], 65, "client code"),
    (["--court=nowhere"], 65, "no such court"),
    (["--account=nobody77"], 1, "absent"),
    (["--replace", "--reject"], 64, "exclude"),
    (["--replace", f"--court={COURT}"], 64, "--court"),
])
def test_a_request_that_cannot_be_met_says_why(filing, options, status, word):
    result = filing("token", *options, input="x\n")
    assert (result.status, result.out, word in result.err) == (status, "", True), result.err
    assert result.err.count("\n") == 1


def test_a_standard_output_that_is_full_is_no_success(filing, person):
    take(filing)
    with person.popen(["sh", "-c", "csolink token >/dev/full 2>/dev/null"]) as process:
        assert process.wait() == 70


# --- what a tool hands back ---

def test_a_rotated_token_takes_the_old_ones_place(filing):
    take(filing)
    assert replace(filing).status == 0
    assert take(filing) == ROTATED


@pytest.mark.parametrize("line", ["", "\n", "a b\n", "a;b\n", "a\nb\n", "a\r\n", "\N{EURO SIGN}\n",
                                  "a\tb\n", "x" * 5000 + "\n"])
def test_what_could_not_stand_in_a_cookie_is_no_token(filing, line):
    token = take(filing)
    for option in ("--replace", "--reject"):
        result = filing("token", option, input=line)
        assert (result.status, "bad_input" in result.err) == (65, True)
    assert take(filing) == token


def test_a_rejected_token_is_forgotten_and_another_is_not(filing, court):
    first = take(filing)
    assert filing("token", "--reject", input="A" * 128 + "\n").status == 0
    assert take(filing) == first
    assert filing("token", "--reject", input=f"{first}\n").status == 0
    assert take(filing) != first
    assert court.state()["sign_on_requests"] == 2


def test_a_token_that_is_handed_back_after_a_logout_does_not_come_back(filing, person):
    take(filing)
    assert filing("logout").status == 0
    result = replace(filing)
    assert (result.status, "absent" in result.err) == (1, True)
    assert kept(person) == []


def test_a_run_that_outlives_a_logout_does_not_bring_the_token_back(filing, court, person):
    take(filing)
    court.hold("login", after=True)
    link = filing.start_fed("", "link", COURT)
    assert court.held() == "login"
    assert filing("logout").status == 0
    court.release()
    filing.finish(link, None)
    assert kept(person) == []


# --- login and logout ---

def test_login_signs_on_once_and_says_one_line(filing, court):
    for _ in range(2):
        result = filing("login")
        assert (result.status, result.out, result.err) == (0, f"{LOGIN}: signed on\n", "")
    assert court.state()["sign_on_requests"] == 1


def test_logout_signs_off_at_pacer(filing, court, person):
    token = take(filing)
    result = filing("logout")
    assert (result.status, result.out, result.err) == (0, f"{LOGIN}: signed off\n", "")
    assert (court.state()["logouts"], kept(person)) == (1, [])
    assert visit(court, token) is None
    assert filing("logout").status == 0
    assert court.state()["logouts"] == 1


def test_logout_forgets_the_token_also_when_pacer_cannot_be_told(filing, court, person):
    take(filing)
    court.stop()
    result = filing("logout")
    assert (result.status, "PACER was not told" in result.err) == (75, True)
    assert kept(person) == []


def test_logout_of_all_also_ends_tokens_of_accounts_that_are_gone(filing, court, person, keyring):
    add_searcher(filing, court)
    tokens = [take(filing, f"--account={login}", *more) for login, *more in
              [(LOGIN,), (SEARCH,), (SEARCH, "--client-code=Smith.v.Jones")]]
    person.run("secret-tool", "clear", "kind", "account", "account", SEARCH)
    keyring.lock()
    result = filing("logout", "--all")
    assert (result.status, result.out.count("signed off")) == (0, 3)
    assert (court.state()["logouts"], kept(person)) == (3, [])
    assert [visit(court, token) for token in tokens] == [None] * 3


def test_a_file_of_no_environment_does_not_keep_the_others_signed_on(filing, court, person):
    take(filing)
    person.write(person.tokens / "token nowhere jdoe1234 ", "invented")
    assert filing("logout", "--all").status == 0
    assert court.state()["logouts"] == 1


def test_a_pipe_in_a_files_place_keeps_nobody_waiting(filing, person):
    take(filing)
    for file in (*kept(person), person.tokens / "accounts practice", person.tokens / "next"):
        file.unlink(missing_ok=True)
        with person.acting():
            os.mkfifo(file)
    for _ in range(2):  # the first puts files in their place
        take(filing)
    assert kept(person)[0].is_file()


def test_a_stopped_writer_of_tokens_stops_nothing_that_writes_none(filing, person):
    filer.add_filing(filing)
    with person.acting():
        person.tokens.mkdir(mode=0o700, exist_ok=True)
    folder = os.open(person.tokens, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        status, accounts = filing("status"), filing("account", "list")
        reject = filing("token", "--reject", input="dead\n")
    finally:
        os.close(folder)
    assert (status.status, accounts.status) == (0, 0), status.err + accounts.err
    assert (reject.status, "busy" in reject.err) == (75, True), reject.err


def test_logout_of_one_leaves_the_other_signed_on(filing, court):
    add_searcher(filing, court)
    searching, _ = take(filing, f"--account={SEARCH}"), take(filing, f"--account={LOGIN}")
    assert filing("logout", f"--account={LOGIN}").status == 0
    assert take(filing, f"--account={SEARCH}") == searching
    assert court.state()["logouts"] == 1


def test_an_account_that_is_removed_leaves_no_token_and_is_not_answered_for(filing, person):
    take(filing)
    assert filing("account", "remove", LOGIN).status == 0
    assert kept(person) == []
    assert filing("token").status == 1


# --- without a bus ---

@contextlib.contextmanager
def traced(person, *arguments):
    """Runs csolink under strace; gives the calls of it and of all that it starts."""
    trace = pathlib.Path("/tmp/csolink-calls")
    with person.acting():
        trace.unlink(missing_ok=True)
    person.run("strace", "-f", "-qq", "-o", trace, PROGRAMS / "csolink", *arguments)
    yield trace.read_text().splitlines()
    trace.unlink()


@pytest.mark.parametrize("options", [[], [f"--court={COURT}"]], ids=["token", "token of a court"])
@pytest.mark.skipif(bool(SANITIZERS), reason="a sanitizer does not live under strace")
def test_a_token_that_is_kept_costs_no_connection_and_no_process(filing, person, options):
    take(filing, *options)
    with traced(person, "token", *options) as calls:
        assert any(re.search(r"\bexecve\(", call) for call in calls)
        sockets = r"\b(socket|socketpair|connect|sendto|sendmsg|recvmsg|clone3?|v?fork)\("
        assert [call for call in calls if re.search(sockets, call)] == []


def test_a_token_that_is_kept_is_printed_with_a_locked_keyring_and_without_one(
        filing, keyring, bus, person):
    token = take(filing)
    keyring.lock()
    assert take(filing) == token
    bus.kill()
    assert take(filing) == token
    person.bus.unlink()
    assert take(filing) == token


def test_an_account_that_is_added_may_change_who_answers(filing, court):
    filers = take(filing)
    add_searcher(filing, court)
    assert take(filing) != filers
    assert take(filing, "--purpose=file") == filers


def test_several_accounts_that_could_answer_are_named_and_none_chosen(filing, court):
    take(filing)
    court.world(accounts={"roe99999": {"password": filer.ACCOUNT["password"]}})
    filer.add_account(filing, "roe99999", otp="none", acknowledge=False)
    result = filing("token")
    assert (result.status, result.out) == (65, "")
    assert LOGIN in result.err and "roe99999" in result.err
    assert take(filing, env={"CSOLINK_ACCOUNT": LOGIN})


def test_the_roster_is_hers_alone_and_without_a_secret(filing, person):
    take(filing)
    roster, = person.tokens.glob("accounts *")
    assert roster.stat().st_mode & 0o777 == 0o600
    assert roster.read_text() == f"{LOGIN}\tfile\tnone\t\n"
