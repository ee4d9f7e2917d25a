# SPDX-License-Identifier: MIT
"""One-time codes: no step twice, by whatever authenticator's parameters, and who may store what."""

import json
import time

import pytest

from support import authenticator, filer
from support.authenticator import SECRET, uri
from support.filer import COURT, LOGIN
from support.places import PATIENCE
from support.terminal import NotShown

COURTS = [COURT, "alnb", "flsd", "flsb", "cand"]


def steps_of(court):
    return [code["step"] for code in court.state()["codes_seen"]]


def otp(csolink, *options, **more):
    return csolink("otp", *options, prints_secret=True, **more)


@pytest.fixture
def fast(keyring, court, csolink):
    """Her account, whose steps last two seconds."""
    filer.add_account(csolink, otp_secret=authenticator.at_court(court, period=2))
    return csolink


# --- secrets and their parameters ---

@pytest.mark.parametrize("period, digits, algorithm", [
    (30, 6, "SHA1"), (60, 8, "SHA256"), (15, 7, "SHA512")])
def test_digits_period_and_algorithm_come_from_the_uri(
        keyring, court, csolink, period, digits, algorithm):
    text = authenticator.at_court(court, period, digits, algorithm)
    filer.add_account(csolink, otp_secret=text)
    filer.add_filing(csolink)
    assert csolink("link", COURT).status == 0
    state = court.state()
    assert (state["sign_ons"], state["refused_sign_ons"]) == (1, 0)


def test_the_keyring_holds_base32_where_the_parameters_are_pacers(keyring, court, csolink):
    filer.add_account(csolink, otp_secret=uri(digits=6, period=30, algorithm="SHA1"))
    assert keyring.lookup(kind="otp", account=LOGIN) == SECRET
    assert csolink("account", "otp", LOGIN, input=f"otp_secret={uri(period=60)}\n").status == 0
    assert keyring.lookup(kind="otp", account=LOGIN) == (
        f"otpauth://totp/PACER?secret={SECRET}&algorithm=SHA1&digits=6&period=60")


@pytest.mark.parametrize("text, word", [
    ("0189", "base32"), (uri(digits=5), "digits"), (uri(period=301), "period"),
    (uri(algorithm="MD5"), "algorithm"), (uri().replace("totp", "hotp"), "hotp"),
    (uri(encoder="steam"), "not known"), ("otpauth://totp/x", "no secret")])
@pytest.mark.parametrize("command", ["add", "otp"])
def test_other_secrets_are_refused_with_their_reason(
        keyring, court, csolink, command, text, word):
    arguments = ["account", "add", "--purpose=file", "--otp=stored", LOGIN]
    if command == "otp":
        filer.add_account(csolink, otp="ask")
        arguments = ["account", "otp", LOGIN]
    before = keyring.items()
    result = csolink(*arguments, input=f"password=Invented-Password9\notp_secret={text}\n")
    assert (result.status, word in result.err) == (65, True), result.err
    assert keyring.items() == before


# --- what she types ---

def type_code(csolink, code):
    with csolink.terminal("login") as terminal:
        terminal.expect(f"One-time code for {LOGIN}: ")
        terminal.type(code)
        return terminal.wait()


def test_a_code_that_she_types_again_is_not_sent_again_and_costs_no_password(
        keyring, court, csolink, secrets):
    secrets.add("ab12-cd34", "ef56-gh78")
    court.world(accounts={LOGIN: {"backup_codes": ["ab12-cd34", "ef56-gh78"]}})
    filer.add_account(csolink, otp="ask")
    for code, status in [("ab12-cd34", 0), ("ab12-cd34", 3), ("ef56-gh78", 0)]:
        assert type_code(csolink, code) == status
        csolink("logout")
    assert (court.state()["sign_on_requests"], court.state()["refused_sign_ons"]) == (2, 0)


def test_a_typed_code_that_never_left_may_be_typed_again(keyring, court, csolink, person, secrets):
    secrets.add("ab12-cd34")
    court.world(accounts={LOGIN: {"backup_codes": ["ab12-cd34"]}})
    filer.add_account(csolink, otp="ask")
    person.configure(connect_to="::127.0.0.1:1")
    assert type_code(csolink, "ab12-cd34") == 75
    person.configure(connect_to=court.connect_to)
    assert type_code(csolink, "ab12-cd34") == 0


# --- no step twice ---

def test_five_sign_ons_with_a_period_of_two_seconds_show_no_code_twice(fast, court):
    court.world(courts={name: {} for name in COURTS})
    for name in COURTS:
        court.expire_tokens()
        fast("link", name)
    assert court.state()["sign_ons"] == 5
    steps = steps_of(court)
    assert len(steps) == len(set(steps)) >= 5


def test_otp_prints_the_code_of_now(keyring, court, csolink):
    begun = time.time()
    filer.add_account(csolink)
    result = otp(csolink)
    assert (result.status, result.err) == (0, "")
    assert result.out.rstrip("\n") in authenticator.codes_since(begun)
    assert result.out == result.out.rstrip("\n") + "\n"


def test_a_code_that_was_printed_is_used_and_the_next_one_waited_for(fast):
    begun = time.time()
    printed = [otp(fast) for _ in range(3)]
    codes = [result.out for result in printed]
    assert len(set(codes)) == 3
    assert {code.strip() for code in codes} <= set(authenticator.codes_since(begun, period=2))
    waits = [result.err for result in printed if result.err]
    assert waits and all("seconds for the next one-time code" in text for text in waits)


def test_a_code_that_was_printed_is_not_sent_by_a_sign_on(fast, court):
    printed = otp(fast).out.strip()
    fast("link", COURT)
    assert court.state()["sign_ons"] == 1
    sent = steps_of(court)
    assert printed not in [authenticator.code_of(step, period=2) for step in sent]


def test_eight_at_once_get_eight_codes(keyring, court, csolink):
    filer.add_account(csolink, otp_secret=authenticator.at_court(court, period=1))
    processes = [csolink.start("otp") for _ in range(8)]
    results = [csolink.finish(process, prints_secret=True) for process in processes]
    assert [result.status for result in results] == [0] * 8
    assert len({result.out for result in results}) == 8


def test_a_clock_that_is_hours_back_is_told_and_not_waited_for(fast, court, person):
    assert otp(fast).status == 0
    state, = person.state.rglob("*.state")
    text = state.read_text().replace("[code]", f"[code]\nbefore={int(time.time()) + 7200}")
    person.write(state, text)
    begun = time.monotonic()
    result = otp(fast)
    assert (result.status, result.out) == (3, "")
    assert "needs_code" in result.err and "clock" in result.err
    assert fast("link", COURT).status == 3
    assert court.state()["sign_on_requests"] == 0
    assert time.monotonic() - begun < 30 * PATIENCE


def test_otp_without_a_stored_secret_needs_a_code(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    result = otp(csolink, "--account=" + LOGIN)
    assert (result.status, result.out) == (3, "")
    assert "needs_code" in result.err


# --- the clock ---

@pytest.mark.parametrize("offset, words", [(95, "behind"), (-95, "ahead of")])
def test_a_wrong_clock_is_named_with_how_much_and_which_way(
        keyring, court, csolink, secrets, offset, words):
    secrets.add("Invented-Wrong-Password7")
    filer.add_account(csolink, password="Invented-Wrong-Password7")
    court.clock(offset)
    result = csolink("link", COURT)
    assert result.status == 77
    assert any(f"this machine's clock is {seconds} seconds {words} PACER's" in result.err
               for seconds in range(90, 100)), result.err
    steps = steps_of(court)
    assert len(steps) == len(set(steps)) == 2


@pytest.mark.parametrize("offset", [95, -95, 1000, -1000])
def test_a_wrong_clock_costs_one_refusal_and_no_code_twice(keyring, court, csolink, offset):
    filer.set_up(csolink)
    court.clock(offset)
    result = csolink("link", "--progress", COURT)
    assert result.status == 0, result.err
    state = court.state()
    assert (state["sign_ons"], state["refused_sign_ons"]) == (1, 1)
    assert len(set(steps_of(court))) == 2


def test_a_right_clock_is_not_blamed(keyring, court, csolink, secrets):
    secrets.add("Invented-Wrong-Password7")
    filer.add_account(csolink, password="Invented-Wrong-Password7")
    result = csolink("link", COURT)
    assert (result.status, "clock" in result.err) == (77, False)


# --- what a person types ---

def test_a_typed_code_may_have_blanks(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    filer.add_filing(csolink)
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect("One-time code for")
        code = authenticator.code_now()
        terminal.type(f" {code[:3]} {code[3:]} ")
        assert terminal.wait() == 0, terminal.text
    assert court.state()["sign_ons"] == 1


def test_one_question_serves_all_who_wait(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    for name in (COURT, "alnb"):
        filer.add_filing(csolink, name)
    with (csolink.terminal("link", COURT) as asked, csolink.terminal("link", "alnb") as waiting):
        first, other = asked_first(asked, waiting)
        first.type(authenticator.code_now())
        assert (first.wait(), other.wait()) == (0, 0), first.text + other.text
        assert "One-time code" not in other.text
    assert (len(steps_of(court)), court.state()["sign_ons"]) == (1, 1)


def asked_first(*terminals):
    """The terminal that shows the question, and the other one."""
    one, other = terminals
    while True:
        for first, second in ((one, other), (other, one)):
            try:
                first.expect("One-time code for", timeout=0.2)
                return first, second
            except NotShown:
                continue


@pytest.mark.parametrize("word", ["cancel", "12345", "123456?", ""])
def test_a_word_that_is_no_code_is_not_sent(keyring, court, csolink, word):
    filer.add_account(csolink, otp="ask")
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect("One-time code for")
        terminal.type(word)
        assert terminal.wait() == 3, terminal.text
    assert court.state()["sign_on_requests"] == 0


# --- storing ---

def account_of(csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    return account


def test_storing_tells_what_it_weakens_and_leaving_it_erases_the_secret(
        keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    count = len(keyring.items())
    result = csolink("account", "otp", LOGIN, input=f"otp_secret={SECRET}\n")
    assert result.status == 0
    assert "both factors" in result.err and "second authenticator" in result.err
    assert (account_of(csolink)["otp"], len(keyring.items())) == ("stored", count + 1)
    assert keyring.lookup(kind="account", account=LOGIN) == filer.ACCOUNT["password"]
    for how in ["ask", "none"]:
        assert csolink("account", "otp", f"--otp={how}", LOGIN).status == 0
        assert (account_of(csolink)["otp"], len(keyring.items())) == (how, count)
    assert keyring.lookup(kind="account", account=LOGIN) == filer.ACCOUNT["password"]


def test_an_account_that_is_changed_while_a_run_holds_it_stays_one(
        keyring, court, csolink, secrets):
    """The run found the item by its old attributes."""
    secrets.add("Invented-New-Password7!")
    filer.add_account_without_codes(csolink, court)
    court.world(accounts={LOGIN: {"password": "Invented-New-Password7!"}})
    court.hold("sign_on")
    run = filer.start_password(csolink, "Invented-New-Password7!")
    assert court.held() == "sign_on"
    keyring.set_attribute("account", "otp", "ask")
    court.release()
    assert csolink.finish(run, input=None).status == 0
    account, = json.loads(csolink("account", "list", "--json").out)
    assert account["otp"] == "ask"
    assert keyring.lookup(kind="account", account=LOGIN) == "Invented-New-Password7!"


def test_a_secret_can_be_typed_unseen(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    with csolink.terminal("account", "otp", LOGIN) as terminal:
        terminal.expect(f"One-time-code secret .* of PACER account {LOGIN}: ")
        assert not terminal.echoes
        terminal.type(SECRET.lower())
        assert terminal.wait() == 0, terminal.text
    assert keyring.lookup(kind="otp", account=LOGIN) == SECRET


def test_a_new_secret_lets_a_failed_first_use_try_again(keyring, court, csolink):
    filer.add_account(csolink, otp="ask")
    filer.add_filing(csolink)
    assert "needs_code" in csolink.get(filer.host(COURT)).err
    assert csolink("account", "otp", LOGIN, input=f"otp_secret={SECRET}\n").status == 0
    assert csolink.get(filer.host(COURT)).err == ""
    assert court.state()["links"]


def test_a_firm_can_forbid_stored_secrets(keyring, court, csolink, person):
    filer.add_account(csolink)
    filer.add_filing(csolink)
    person.configure(store_otp="forbidden")
    before = keyring.items()
    for arguments in (["account", "add", "--purpose=file", "--otp=stored", "new12345"],
                      ["account", "otp", LOGIN]):
        result = csolink(*arguments, input=f"password=x\notp_secret={SECRET}\n")
        assert (result.status, "refused_by_policy" in result.err) == (77, True)
    assert keyring.items() == before
    assert otp(csolink).status == 3
    result = csolink("link", COURT)
    assert (result.status, "store_otp" in result.err) == (3, True), result.err
    assert court.state()["sign_on_requests"] == 0
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect("One-time code for")
        terminal.type(authenticator.code_now())
        assert terminal.wait() == 0, terminal.text
    assert csolink("account", "otp", "--otp=ask", LOGIN).status == 0
    assert len(keyring.items()) < len(before)
