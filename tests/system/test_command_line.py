# SPDX-License-Identifier: MIT
"""The command line as people type it: help where they look for it, and what to do after a slip."""

import os
import re
import subprocess

import pytest

from support import filer
from support.court import WORLD
from support.filer import BANKRUPTCY, COURT, LOGIN, host

NEW = "Invented-New-Password9"


@pytest.mark.parametrize("arguments, words", [
    (["--help"], "account add LOGIN"),
    (["-h"], "account add LOGIN"),
    (["account", "add", "--help"], "--client-code=CODE"),
    (["account", "add", LOGIN, "-h"], "--client-code=CODE"),
    (["help", "account"], "csolink account remove LOGIN"),
    (["--version"], "csolink "),
])
def test_help_comes_where_it_is_looked_for(csolink, person, arguments, words):
    person.configure(no_such_key=1)  # help is also for those whose configuration is wrong
    result = csolink(*arguments)
    assert (result.status, result.err) == (0, "")
    assert words in result.out


@pytest.mark.parametrize("arguments, words", [
    ([], "no command"),
    (["accont", "list"], '"accont"'),
    (["account"], "comes one of: add, "),
    (["help", "nonsense"], '"nonsense"'),
    (["get", "now"], "takes options only"),
    (["account", "add", "--purpose=file"], "takes LOGIN"),
    (["account", "add", "--purose=file", LOGIN], "--purose"),
    (["account", "add", "\N{EN DASH}purpose=file", LOGIN], "two hyphens"),
    (["account", "add", "-purpose=file", LOGIN], "two hyphens"),
    (["account", "add", "--purpose", "file", LOGIN], "--purpose=PURPOSE"),
    (["account", "add", "--purpose=filing", LOGIN], "--purpose=file or --purpose=search"),
    (["link", "--account=", COURT], "--account=LOGIN"),
    (["status", "--json=yes"], "takes no value"),
    (["link", "--json", COURT], "takes no --json"),
])
def test_a_slip_of_the_fingers_is_wrong_usage_and_says_what(csolink, arguments, words):
    result = csolink(*arguments)
    assert (result.status, result.out) == (64, "")
    assert words in result.err and result.err.count("\n") == 1


def test_output_that_cannot_be_written_is_no_success(csolink, person, keyring):
    for command in ("help", "status", "status --json"):
        with person.popen(["sh", "-c", f"csolink {command} >/dev/full"], text=True,
                          stderr=subprocess.PIPE) as process:
            err = process.communicate()[1]
        assert process.returncode == 70, command
        assert "standard output cannot be written" in err and err.count("\n") == 1


def test_a_reader_that_left_is_told_nothing_and_is_no_success(csolink, person, keyring):
    for command in ("help", "status", "status --json", "courts", "account list --json"):
        read_end, write_end = os.pipe()
        os.close(read_end)
        with person.popen(["csolink", *command.split()], stdout=write_end,
                          stderr=subprocess.PIPE, text=True) as process:
            os.close(write_end)
            err = process.communicate()[1]
        assert (process.returncode, err) == (141, ""), command


def test_status_tells_a_newcomer_how_to_begin(csolink, keyring):
    result = csolink("status")
    assert (result.status, result.err) == (0, "")
    assert "account add" in result.out


def test_status_without_a_keyring_says_so_in_a_sentence(csolink):
    result = csolink("status")
    assert (result.status, result.err.count("\n")) == (69, 1)
    assert "no_keyring" in result.err


def test_an_empty_password_is_refused_before_anything_else_is_asked(csolink, keyring):
    with csolink.terminal("account", "add", "--purpose=file", "--otp=stored", LOGIN) as terminal:
        terminal.expect("Password of PACER account jdoe1234: ")
        terminal.type("")
        assert terminal.wait() == 65
        assert "one-time-code secret" not in terminal.text


def test_a_pasted_windows_line_end_is_no_part_of_the_password(csolink, keyring, secrets):
    secrets.add(NEW)
    lines = f"password={NEW} \r\n"
    assert csolink("account", "add", "--purpose=search", LOGIN, input=lines).status == 0
    assert csolink.get(host(COURT)).fields["password"] == NEW + " "


@pytest.fixture
def searching(csolink, keyring, court, secrets):
    secrets.add(NEW)
    court.world(accounts={LOGIN: {"otp_secret": None, "filer": False}})
    filer.add_account(csolink, purpose="search", otp="none")
    return csolink


def items_of_hers(keyring):
    return [item for item in keyring.items() if item["attributes"].get("account") == LOGIN]


def test_a_search_accounts_new_password_takes_over_when_pacer_accepts_it(searching, keyring, court):
    court.world(accounts={LOGIN: {"password": NEW}})
    assert searching("account", "password", LOGIN, input=f"password={NEW}\n").status == 0
    assert searching.get(host(COURT)).fields["password"] == NEW
    assert len(items_of_hers(keyring)) == 1


def test_a_mistyped_password_of_a_search_account_replaces_nothing(searching, keyring, court):
    assert searching("account", "password", LOGIN, input=f"password={NEW}\n").status == 77
    assert searching.get(host(COURT)).fields["password"] == filer.ACCOUNT["password"]
    assert len(items_of_hers(keyring)) == 1


def test_a_new_password_that_pacer_could_not_be_asked_about_waits_for_the_next_login(
        searching, court):
    court.world(accounts={LOGIN: {"password": NEW}})
    court.fault("status", stage="sign_on", code=503)
    result = searching("account", "password", LOGIN, input=f"password={NEW}\n")
    assert (result.status, '"csolink login" asks' in result.err) == (0, True), result.err
    assert searching.get(host(COURT)).fields["password"] == filer.ACCOUNT["password"]
    court.clear_faults()
    assert searching("login").status == 0
    assert searching.get(host(COURT)).fields["password"] == NEW


@pytest.mark.parametrize("name", ["ALND", "ecf.alnd.uscourts.gov", "ECF.ALND.USCOURTS.GOV"])
def test_a_court_goes_by_its_id_and_host_in_any_case(csolink, keyring, court, name):
    filer.set_up(csolink)
    assert csolink("link", name).out == "alnd: linked, account jdoe1234\n"


def test_an_account_that_cannot_file_is_named_with_the_reason(csolink, keyring, court):
    filer.add_account(csolink, purpose="search", otp="none")
    for arguments in (["link", COURT], ["link", COURT, "--account=" + LOGIN]):
        result = csolink(*arguments)
        assert (result.status, "no file account" in result.err) == (1, True)


def test_a_refused_filing_password_sends_nobody_to_change_the_accounts(
        csolink, keyring, court, secrets):
    secrets.add(NEW)
    filer.add_account(csolink)
    assert filer.add_filing(csolink, BANKRUPTCY, password=NEW).status == 0
    advice = f'"csolink filing add --account={LOGIN} {BANKRUPTCY} jdoe"'
    for ask in (lambda: csolink("link", BANKRUPTCY), lambda: csolink.get(host(BANKRUPTCY)),
                lambda: csolink("token", f"--court={BANKRUPTCY}", "--purpose=file"),
                lambda: filer.add_filing(csolink, BANKRUPTCY, password=NEW)):
        told = ask().err
        assert advice in told and "account password" not in told
    table = re.sub(r"\s+", " ", csolink("status").out)
    assert f'"csolink filing add --account={LOGIN} {BANKRUPTCY} ' in table
    assert court.state()["link_submissions"][BANKRUPTCY] == 1
    assert WORLD["accounts"][LOGIN]["password"] == csolink.get(host(COURT)).fields["password"]


def test_an_empty_word_is_told_as_no_court(csolink, keyring, court):
    filer.set_up(csolink)
    for command in (["link"], ["link", "--check"], ["filing", "remove"]):
        told = csolink(*command, "")
        assert (told.status, "empty" in told.err, "(court" in told.err) == (65, True, False)


@pytest.mark.parametrize("word", ["LOGIN", "FILING_LOGIN"])
def test_advice_that_is_pasted_as_it_stands_stores_nothing(csolink, keyring, court, word):
    filer.add_account(csolink)
    items = keyring.items()
    for command in (["account", "add", "--purpose=search", word], ["filing", "add", COURT, word]):
        told = csolink(*command, input=f"password={filer.filing_password(COURT)}\n")
        assert (told.status, f'"{word}" stands for a login' in told.err) == (65, True), told
    with csolink.terminal("link", COURT) as terminal:
        terminal.expect("Filing login for PACER account")
        terminal.type(word)
        assert terminal.wait() == 3
        assert "stands for a login" in terminal.text
    assert keyring.items() == items
    assert court.state()["link_submissions"].get(COURT, 0) == 0


@pytest.mark.parametrize("name", ["alnd", "ALND", "ecf.alnd.uscourts.gov", "ECF.alnd.uscourts.gov"])
def test_a_filing_login_is_forgotten_by_id_and_host_in_any_case(csolink, keyring, court, name):
    filer.set_up(csolink)
    assert csolink("filing", "remove", name).err == ""
    assert csolink("filing", "list").out == ""


def test_a_filing_login_of_a_court_that_is_gone_can_be_forgotten(csolink, keyring, court):
    filer.set_up(csolink)
    keyring.set_attribute("filing", "court", "gone")
    assert "gone" in csolink("filing", "list").out
    assert csolink("filing", "remove", "GONE").err == ""
    assert csolink("filing", "list").out == ""
