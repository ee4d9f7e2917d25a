# SPDX-License-Identifier: MIT
"""Commands that csolink tells people to type: where several accounts are stored, they name hers."""

import re
import subprocess

import pytest

from support import filer
from support.age import days_ago, make_set
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import BUILD
from support.state import State

OTHER, OTHERS = "rroe5678", "Invented-Other-Password8"
WRONG = "Wrong-Invented-Secret4"
ENDS = ["needs_code", "needs_acknowledgement", "names_differ", "needs_person", "cancelled",
        "not_offered", "not_nextgen", "manual_court", "page_not_recognised", "offline", "rejected",
        "refused_by_policy"]


@pytest.fixture
def one(keyring, court, csolink, secrets):
    """A filer without one-time codes."""
    secrets.add(OTHERS, WRONG)
    filer.add_account_without_codes(csolink, court)
    return csolink


@pytest.fixture(params=["file", "search"])
def two(one, court, request):
    """A filer, and a colleague or the desk's search account in the same keyring."""
    filer.add_account(one, login=OTHER, password=OTHERS, purpose=request.param, otp="none")
    return one


def commands_in(result):
    """What is told to be typed, in the order told."""
    text = re.sub(r"\s+", " ", result.out + result.err)
    return re.findall(r'"csolink ([^"]+)"', text)


def words_of(command):
    """What a shell makes of a command that was pasted."""
    return subprocess.run(["sh", "-c", f"printf '%s\\n' {command}"], stdout=subprocess.PIPE,
                          text=True, check=True).stdout.splitlines()


def type_all(csolink, *results):
    """Types what is told; each is about her account. Returns the commands."""
    commands = [command for result in results for command in commands_in(result)]
    for command in commands:
        typed = csolink(*words_of(command.replace("FILING_LOGIN", "jdoe")))
        assert typed.status != 64 and "name one of them" not in typed.err, (command, typed)
        assert OTHER not in typed.out + typed.err or command.endswith("account list"), (
            command, typed)
    return commands


def test_of_several_accounts_the_one_is_named_to_which_a_sentence_belongs(two, court):
    """A court that asks for a decision, one that is linked by hand, and PACER's own questions."""
    court.world(accounts={LOGIN: {"name": "John Roe"}})
    hers = f"--account={LOGIN}"
    filer.add_filing(two)
    needs_person = two("link", hers, COURT)
    assert type_all(two, needs_person) == [f"link {hers} {COURT}"]
    by_hand = filer.add_filing(two, "ca4", password=WRONG)
    assert type_all(two, by_hand) == [f"link {hers} ca4"]
    assert two("account", "otp", "--otp=ask", LOGIN).status == 0
    court.expire_tokens()
    needs_code = two("link", hers, BANKRUPTCY)
    assert type_all(two, needs_code) == [f"login {hers}"]
    no_secret = two("otp", hers)
    assert type_all(two, no_secret) == [f"account otp {LOGIN}", f"login {hers}"]
    unasked = two("account", "password", LOGIN, input=f"password={WRONG}\n")
    assert type_all(two, unasked) == [f"login {hers}"]
    stored = two("account", "add", "--purpose=file", LOGIN, input=f"password={WRONG}\n")
    assert type_all(two, stored) == [f"account password {LOGIN}"]


def test_a_get_that_names_its_user_is_told_her_command(two, court):
    court.fault("no_names")
    filer.add_filing(two)
    told = two.get(host(COURT), username=LOGIN)
    assert commands_in(told) == [f"link --check --account={LOGIN} {COURT}"]
    explained = two(f"--account={LOGIN}", "explain", host(COURT))
    assert type_all(two, explained) == [f"link --check --account={LOGIN} {COURT}"]


def test_the_offer_of_lower_case_names_her(two, court):
    filer.add_filing(two, login="JDoe", password=filer.filing_password(COURT))
    told = two("link", f"--account={LOGIN}", COURT)
    assert f"link --account={LOGIN} {COURT}" in type_all(two, told)


def remember(person, ends, account=LOGIN):
    """As if a run had ended so at a court each; returns the ids by end."""
    ids = sorted(line.split("\t")[0] for line in (BUILD / "courts.tsv").read_text().splitlines()
                 if "\tdistrict\t" in line)
    courts = dict(zip(ends, ids))
    state = State(person, account)
    groups = [f"[court {court}]\nlast_status={end}\nlast_at=1700000000\nlast_run=1\n"
              for end, court in courts.items()]
    person.write(state.file, state.file.read_text() + "\n" + "\n".join(groups))
    return courts


def test_what_to_do_in_the_table_works_as_typed_whatever_the_end(two, court, keyring, person):
    courts = remember(person, ENDS)
    table = two("status")
    commands = type_all(two, table)
    assert len(commands) >= len(ENDS) - 2
    assert [command for command in commands if command.startswith("link ")] == [
        command for command in commands
        if re.match(f"link (--check )?--account={LOGIN} ", command)]
    keyring.lock()
    locked = two("status")
    assert f"link --account={LOGIN} {courts['needs_person']}" in commands_in(locked)


def test_a_court_that_is_left_out_is_told_with_her_command(two, person):
    filer.add_filing(two)
    state = State(person)
    person.write(state.file, state.file.read_text() + f"\n[court {COURT}]\n"
                 "said_no=true\nlast_status=names_differ\nlast_at=1700000000\nlast_run=1\n")
    told = two("link", "--all", f"--account={LOGIN}")
    assert commands_in(told) == [f"link --account={LOGIN} {COURT}"]


def test_with_one_account_advice_stays_short(one, court):
    court.fault("no_names")
    filer.add_filing(one)
    assert commands_in(one("link", COURT)) == [f"link --check {COURT}"]
    assert f"link --check {COURT}" in commands_in(one("status"))


# --- an account of another environment than the configured one ---

def in_practice(csolink, *arguments, **options):
    return csolink("--environment=practice", *arguments, **options)


def all_name_practice(commands):
    return commands and all(command.startswith("--environment=practice ") for command in commands)


def test_commands_repeat_the_environment_that_was_named(two, court, person):
    """Without it they were about an account of the same login in production."""
    filer.add_filing(two)
    filer.add_filing(two, BANKRUPTCY, password=WRONG)
    court.world(accounts={LOGIN: {"name": "John Roe"}})
    person.configure(environment="production")
    hers = f"--account={LOGIN}"
    told = [
        in_practice(two, "link", hers, COURT), in_practice(two, "link", hers, BANKRUPTCY),
        in_practice(two, "link", hers, "--check", "ca4"), in_practice(two, "otp", hers),
        in_practice(two, "account", "add", "--purpose=file", LOGIN),
        in_practice(two, "account", "password", LOGIN, input=f"password={WRONG}\n"),
    ]
    for result in told:
        assert all_name_practice(commands_in(result)), result
    type_all(two, *told)
    none = two("--environment=qa", "otp")
    assert commands_in(none)[0] == "--environment=qa account add --purpose=file LOGIN"


def test_the_table_of_another_environment_names_it_whatever_the_end(two, court, person):
    remember(person, ENDS)
    make_set(person, days_ago(200))
    person.configure(environment="production")
    commands = type_all(two, in_practice(two, "status"))
    assert len(commands) >= len(ENDS) - 2 and all_name_practice(commands)


def test_a_filing_login_in_the_way_is_forgotten_in_its_own_environment(one, person):
    filer.add_filing(one)
    person.configure(environment="production")
    told = in_practice(one, "filing", "add", COURT, "other1", input=f"password={WRONG}\n")
    assert type_all(one, told) == [
        f"--environment=practice filing remove --account={LOGIN} {COURT}"]
    assert in_practice(one, "filing", "list").out == ""


def test_lists_that_help_out_are_those_of_the_environment(one, person):
    person.configure(environment="production")
    assert commands_in(in_practice(one, "link", "nowhere")) == ["--environment=practice courts"]
    assert commands_in(one("--environment=qa", "status")) == [
        "--environment=qa account add --purpose=file LOGIN"]


def test_the_configured_environment_is_not_repeated(one, court):
    court.fault("no_names")
    filer.add_filing(one)
    assert commands_in(in_practice(one, "link", COURT)) == [f"link --check {COURT}"]


def test_the_line_for_a_shell_names_its_environment(one, person):
    person.configure(environment="production")
    with one.terminal("--environment=practice", "use", LOGIN) as terminal:
        assert terminal.wait() == 0
        assert f'eval "$(csolink --environment=practice use {LOGIN})"' in terminal.text


# --- logins that a shell reads otherwise ---

@pytest.fixture(params=["a&b", "it's", "do$e", "-x*"])
def odd(keyring, csolink, person, request, secrets):
    """The login of a filer, stored."""
    secrets.add(WRONG)
    person.configure(environment="practice")
    added = csolink("account", "add", "--purpose=file", "--otp=none", "--", request.param,
                    input=f"password={WRONG}\n")
    assert added.status == 0, added.err
    return request.param


def state_name(login):
    return "".join(byte if byte.isalnum() or byte == "-" else f"%{ord(byte):02X}"
                   for byte in login)


def test_an_odd_login_is_one_word_of_each_command(odd, csolink, person):
    remember(person, [*ENDS, "refused_by_policy"], state_name(odd))
    make_set(person, days_ago(200), state_name(odd))
    told = [
        csolink("account", "add", "--purpose=file", "--", odd),
        csolink("otp"), csolink("status"), csolink("session", "notice"),
        csolink("link", "ca4"), csolink("explain", host(COURT)),
        csolink("account", "password", "--password-set=2012-02-30", "--", odd),
    ]
    commands = type_all(csolink, *told)
    assert len(commands) > len(ENDS)
    for command in commands:
        words = words_of(command)
        if "account" in words and "list" not in words:
            assert words[-1] == odd, command
        for word in words:
            assert not word.startswith("--account=") or word == f"--account={odd}", command


def test_an_odd_login_is_one_word_where_a_filing_login_is_in_the_way(odd, csolink):
    for login in ("jdoe", "other1"):
        told = csolink("filing", "add", f"--account={odd}", COURT, login,
                       input=f"password={WRONG}\n")
    command, = commands_in(told)
    assert words_of(command) == ["filing", "remove", f"--account={odd}", COURT]


def test_the_line_for_an_odd_logins_shell_is_one_that_the_shell_reads(odd, csolink):
    with csolink.terminal("use", "--", odd) as terminal:
        assert terminal.wait() == 0
        command, = re.findall(r'eval "\$\(csolink (.*)\)"', terminal.text)
    assert words_of(command)[-1] == odd
    assert csolink(*words_of(command)).status == 0


@pytest.mark.parametrize("login, word", [
    ("j&d", "j&d"), ("-x", "-x"), ("it's", "it's"), ("a{court}", "FILING_LOGIN")])
def test_an_odd_filing_login_that_was_refused_is_one_word(one, court, login, word):
    added = one("filing", "add", f"--account={LOGIN}", "--", BANKRUPTCY, login,
                input=f"password={WRONG}\n")
    assert added.status == 0, added.err
    command, = commands_in(one("link", BANKRUPTCY))
    words = [word for word in words_of(command) if word != "--"]
    assert words == ["filing", "add", f"--account={LOGIN}", BANKRUPTCY, word]


def test_an_odd_filing_login_is_one_word_of_the_way_out(one, court):
    court.fault("no_names", times=2)
    court.world(courts={COURT: {"filing_logins": {"j&d": {"password": WRONG, "name": "John Doe"}}}})
    filer.add_filing(one, login="j&d", password=WRONG)
    for _ in range(3):
        told = one("link", COURT)
    command, = commands_in(told)
    assert words_of(command)[-3:] == [f"--account={LOGIN}", COURT, "j&d"]


# --- a filing password whose answer is not known ---

def submissions(court):
    return court.state()["link_submissions"].get(COURT, 0)


@pytest.mark.parametrize("fault, ending", [
    ("no_names", 76), ("redirect_foreign", 77), ("form_foreign", 77)])
def test_what_is_told_after_a_lost_answer_does_not_spend_the_filing_password(
        one, court, fault, ending):
    court.fault(fault, stage="submit")
    filer.add_filing(one)
    told = one("link", COURT)
    assert (told.status, submissions(court)) == (ending, 1)
    assert "leaves one more try" in told.err
    assert type_all(one, told, one("status"), one("explain", host(COURT)))
    assert submissions(court) == 1


@pytest.mark.parametrize("fault, options", [
    ("no_names", {}), ("status", {"stage": "submit", "code": 500}),
    ("truncate", {"stage": "submit", "bytes": 0})])
def test_after_the_last_try_the_way_out_is_told_at_once_and_wherever_she_looks(
        one, court, fault, options):
    """The second run, the third, a tool's get, explain and status."""
    court.fault(fault, **options)
    filer.add_filing(one)
    one("link", COURT)
    retry = f"filing add --retry --account={LOGIN} {COURT} "
    assert retry + "jdoe" in commands_in(one("link", COURT))
    assert retry + "FILING_LOGIN" in commands_in(one("status"))
    third = one("link", COURT)
    assert (third.status, commands_in(third)) == (77, [retry + "jdoe"])
    for told in (one.get(host(COURT)), one("explain", host(COURT)), one("status")):
        assert commands_in(told) == [retry + "FILING_LOGIN"]
    assert submissions(court) == 2


def test_the_way_out_works_as_typed_in_a_terminal(one, court):
    court.fault("no_names", times=2)
    filer.add_filing(one)
    for _ in range(3):
        told = one("link", COURT)
    command, = commands_in(told)
    with one.terminal(*command.split()) as terminal:
        terminal.expect("Password of filing login jdoe at alnd: ")
        terminal.type(filer.filing_password(COURT))
        terminal.expect(r"Store it for that\?")
        terminal.type("yes")
        assert terminal.wait() == 0, terminal.text
    assert (one("link", COURT).status, submissions(court)) == (0, 3)


def test_the_way_out_for_a_password_that_pacer_did_not_answer_is_told_wherever_she_looks(
        one, court):
    filer.add_filing(one)
    court.fault("truncate", stage="sign_on", bytes=0, times=2)
    for _ in range(3):
        last = one("link", COURT)
    retry = f"account password --retry {LOGIN}"
    for told in (last, one("status"), one("explain", host(COURT)), one.get(host(COURT))):
        assert commands_in(told) == [retry], told
    assert one(*retry.split()).status == 0
    assert one("link", COURT).status == 0


# --- two passwords of one account ---

def store(csolink, password):
    return csolink("account", "password", LOGIN, input=f"password={password}\n")


def test_of_a_new_and_a_stored_password_the_one_is_named_that_is_meant(one, court):
    refused = store(one, WRONG)
    assert refused.status == 77
    assert "it was the new password, which is dropped, and the stored one stays" in refused.err
    retry = ["account", "password", "--retry", LOGIN]
    assert one(*retry).out == f"{LOGIN}: PACER accepted the stored password\n"
    again = store(one, WRONG)
    assert (again.status, "kept beside the stored one, unsent" in again.err) == (77, True)
    court.world(accounts={LOGIN: {"password": WRONG}})
    assert one(*retry).out == f"{LOGIN}: PACER accepted the new password\n"


def test_a_refused_password_that_is_stored_already_is_named_so(one, court):
    court.world(accounts={LOGIN: {"password": OTHERS}})
    assert one("token").status == 77
    again = store(one, filer.ACCOUNT["password"])
    assert (again.status, "it is the stored one" in again.err) == (77, True)
    retried = one("account", "password", "--retry", LOGIN)
    assert (retried.status, "the new password" in retried.err) == (77, False)


def test_an_unanswered_new_password_that_is_stored_again_is_what_retry_sends(one, court):
    court.world(accounts={LOGIN: {"password": OTHERS}})
    court.fault("truncate", stage="sign_on", bytes=0, times=2)
    store(one, OTHERS)
    one("token")
    assert store(one, WRONG).status == 77
    assert "twice" in store(one, OTHERS).err
    retried = one("account", "password", "--retry", LOGIN)
    assert retried.out == f"{LOGIN}: PACER accepted the new password\n"


# --- words that must be true ---

def test_who_needs_no_codes_is_told_no_login_for_one(one):
    told = one("otp")
    assert (told.status, commands_in(told)[0]) == (1, f"account otp {LOGIN}")
    assert "login" not in " ".join(commands_in(told)) and "otp=none" in told.err


def test_a_court_that_is_linked_by_hand_stays_so_after_a_new_password(one, court, person):
    state = State(person)
    person.write(state.file, state.file.read_text() + "\n[court cit]\n"
                 "last_at=1700000000\nlast_run=1\n")
    told = one("status")
    assert commands_in(told) == ["link cit"] and "tries to link" not in told.out


def test_a_login_that_finds_no_code_secret_is_not_told_to_log_in_alone(one, keyring):
    keyring.set_attribute("account", "otp", "stored")
    with one.terminal("login") as terminal:
        assert terminal.wait() == 3
        assert f'"csolink account otp {LOGIN}" stores one; run "csolink login"' in terminal.text


@pytest.mark.parametrize("purpose", ["file", "search"])
def test_rules_that_no_yes_satisfies_are_for_a_browser(one, court, purpose):
    if purpose == "search":
        assert one("account", "remove", LOGIN).status == 0
        filer.add_account(one, purpose=purpose, otp="none")
    rules = "Practice: rules that no yes satisfies."
    court.fault("login_result", result="1", token="", description=rules)
    if purpose == "file":
        with one.terminal("login") as terminal:
            terminal.expect(r"acknowledge this for account .*\?")
            terminal.type("yes")
            assert terminal.wait() == 3
    with one.terminal("login") as terminal:
        assert terminal.wait() == 3
        assert "acknowledge them at PACER in a browser first" in terminal.text


def test_where_nothing_is_stored_the_command_that_stores_is_told(keyring, court, csolink):
    assert "account add --purpose=file LOGIN" in commands_in(csolink("link", COURT))
    assert "account add --purpose=file LOGIN" in commands_in(csolink("token"))


def test_a_filing_password_that_is_spent_is_not_stored_again_without_a_reason(one, court):
    court.fault("no_names")
    filer.add_filing(one)
    for _ in range(2):
        one("link", COURT)
    again = filer.add_filing(one)
    assert again.status == 77
    assert "sent twice and never answered; nothing was stored; --retry lets it be" in again.err
