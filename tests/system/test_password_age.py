# SPDX-License-Identifier: MIT
"""PACER wants a new password every 180 days: the day is kept, and who works with it is warned."""

import os
import subprocess

import pytest

from support import filer
from support.age import account, days_ago, make_set, set_on
from support.background import ask, wait_for_end
from support.filer import COURT, LOGIN
from support.places import AS_ROOT, PATIENCE, PROGRAMS
from support.trace import Trace

CURRENT = filer.ACCOUNT["password"]
NEW, WRONG = "New-Invented-Secret6", "Wrong-Invented-Secret5"
SIGN_ON_HOST = "pacer.login.uscourts.gov"
SOON, OVER, FINE = days_ago(170), days_ago(200), days_ago(165)


@pytest.fixture
def lawyer(keyring, court, csolink, secrets):
    """Who has a file account without codes."""
    secrets.add(NEW, WRONG)
    filer.add_account_without_codes(csolink, court)
    return csolink


def change_password(csolink, password, *options):
    return csolink("account", "password", *options, LOGIN, input=f"password={password}\n")


# --- the day -------------------------------------------------------------------------------------


def test_a_password_is_as_old_as_its_storing(lawyer):
    told = account(lawyer)
    assert told["password_set_on"] in (days_ago(0), days_ago(1))  # midnight
    assert told["password_days_left"] in (180, 179)
    assert told["password_warning"] is None


def test_the_person_may_tell_the_day(keyring, court, csolink):
    result = csolink("account", "add", "--purpose=search", f"--password-set={SOON}", LOGIN,
                     input=f"password={CURRENT}\n")
    assert result.status == 0
    assert account(csolink)["password_days_left"] == 10


@pytest.mark.parametrize("day, word", [
    (days_ago(-2), "to come"), ("2011-12-31", "2012"), ("31.12.2025", "YYYY-MM-DD"),
])
def test_a_day_that_cannot_be_stores_nothing(keyring, court, csolink, day, word):
    result = csolink("account", "add", "--purpose=search", f"--password-set={day}", LOGIN,
                     input=f"password={CURRENT}\n")
    assert (result.status, word in result.err) == (65, True)
    assert keyring.items() == []


def test_pacers_word_on_a_new_password_is_its_first_day(lawyer, court, person):
    make_set(person, OVER)
    court.world(accounts={LOGIN: {"password": NEW}})
    assert change_password(lawyer, NEW).status == 0
    assert account(lawyer)["password_days_left"] in (180, 179)


def test_the_day_of_a_new_password_waits_for_pacers_word(lawyer, court, person):
    make_set(person, OVER)
    court.world(accounts={LOGIN: {"password": NEW}})
    person.configure(connect_to="::127.0.0.1:1")
    assert change_password(lawyer, NEW, f"--password-set={FINE}").status == 0
    assert set_on(lawyer) == OVER
    person.configure(connect_to=court.connect_to)
    assert filer.add_filing(lawyer).status == 0
    assert lawyer("link", COURT).status == 0
    assert set_on(lawyer) == FINE


def test_a_refused_new_password_leaves_the_day(lawyer, person):
    make_set(person, OVER)
    assert change_password(lawyer, WRONG).status == 77
    assert set_on(lawyer) == OVER


def test_the_same_text_stored_anew_is_no_younger(lawyer, person):
    make_set(person, OVER)
    assert change_password(lawyer, CURRENT).status == 0
    assert set_on(lawyer) == OVER
    assert change_password(lawyer, CURRENT, f"--password-set={SOON}").status == 0
    assert set_on(lawyer) == SOON


def test_a_search_accounts_new_password_is_set_at_pacers_word_too(keyring, court, csolink, person,
                                                                  secrets):
    secrets.add(NEW)
    court.world(accounts={LOGIN: {"password": NEW, "otp_secret": None, "filer": False}})
    filer.add_account(csolink, purpose="search", otp="none")
    make_set(person, OVER)
    assert change_password(csolink, NEW).status == 0
    assert account(csolink)["password_days_left"] in (180, 179)


@pytest.mark.pam
def test_a_captured_password_is_as_old_as_pacers_word(lawyer, court, person):
    make_set(person, OVER)
    court.world(accounts={LOGIN: {"password": NEW}})
    assert ask(person, "capture", secret=NEW) == {"status": "ok"}
    wait_for_end(person)
    assert set_on(lawyer) == OVER
    assert filer.add_filing(lawyer).status == 0
    assert lawyer("link", COURT).status == 0
    assert account(lawyer)["password_days_left"] in (180, 179)


# --- the warning ---------------------------------------------------------------------------------


@pytest.mark.parametrize("day, words", [
    (FINE, None), (SOON, "in 10 days"), (OVER, "is now"),
])
def test_status_warns_from_14_days_before(lawyer, person, day, words):
    make_set(person, day)
    table, told = lawyer("status"), account(lawyer)
    assert day in table.out
    assert (told["password_warning"] is not None) == (words is not None)
    assert words is None or (words in table.out and words in told["password_warning"])


def test_a_locked_keyring_leaves_the_warning(lawyer, keyring, person):
    make_set(person, SOON)
    keyring.lock()
    assert "in 10 days" in lawyer("status").out


def test_a_password_of_unknown_age_is_not_warned_about(lawyer, person):
    make_set(person, "")
    assert account(lawyer)["password_set_on"] is None
    assert "PACER wants" not in lawyer("status").out
    assert lawyer("session", "notice").err == ""


def get_on_terminal(csolink, host=SIGN_ON_HOST):
    request = f"protocol=https\nhost={host}\n\n"
    with csolink.terminal("get", input=request, output=True) as terminal:
        assert terminal.wait() == 0
        assert CURRENT in terminal.out
        return terminal.text


def test_get_warns_in_one_sentence_where_somebody_reads_it(lawyer, person):
    make_set(person, SOON)
    text = get_on_terminal(lawyer)
    assert "in 10 days" in text and text.count("\n") == 1
    assert lawyer.get(SIGN_ON_HOST).err == ""
    make_set(person, FINE)
    assert get_on_terminal(lawyer) == ""


def test_a_get_by_another_environments_host_names_it_in_its_warning(lawyer, person):
    added = lawyer("--environment=qa", "account", "add", "--purpose=search", LOGIN,
                   input=f"password={CURRENT}\n")
    assert added.status == 0, added.err
    make_set(person, SOON, environment="qa")
    text = get_on_terminal(lawyer, "qa-login.uscourts.gov")
    assert f'"csolink --environment=qa account password --generate {LOGIN}"' in text


# --- a login's notice ----------------------------------------------------------------------------


def test_a_login_hears_of_all_environments(lawyer, person):
    make_set(person, SOON)
    make_set(person, OVER, login="desk0001", environment="qa")
    notice = lawyer("session", "notice")
    assert (notice.status, notice.out, notice.err.count("\n")) == (0, "", 2)
    assert f'"csolink --environment=practice account password --generate {LOGIN}"' in notice.err
    assert '"csolink --environment=qa account password --generate desk0001"' in notice.err


@pytest.mark.parametrize("configured", ["production", "practice"])
def test_a_login_hears_of_production_by_name_for_nobody_read_what_is_configured(
        lawyer, person, configured):
    person.configure(environment=configured)
    make_set(person, SOON, environment="production")
    command = f'"csolink --environment=production account password --generate {LOGIN}"'
    assert command in lawyer("session", "notice").err


def test_a_login_hears_nothing_of_a_removed_account(lawyer, person):
    make_set(person, OVER)
    assert lawyer("account", "remove", LOGIN).status == 0
    assert lawyer("session", "notice").err == ""


def test_a_login_with_nothing_to_hear_makes_no_files(person, csolink):
    notice = csolink("session", "notice")
    assert (notice.status, notice.out, notice.err) == (0, "", "")
    assert not person.state.exists()


def test_a_notice_asks_nobody(lawyer, person):
    """No bus, no keyring, no network, no other program: the state files and no more."""
    make_set(person, SOON)
    trace = Trace(person.home)
    with person.popen([*trace.under, PROGRAMS / "csolink", "session", "notice"],
                      env=trace.environment, stderr=subprocess.PIPE, text=True) as process:
        assert "in 10 days" in process.communicate(timeout=30)[1]
    calls = trace.as_root() + trace.as_user()
    assert not [call for call in calls if call.startswith(("connect(", "bind("))]
    assert [path for path in trace.executed() if not path.endswith("csolink")] == []


def damaged_state(person):
    make_set(person, "]\n=\x01[[")


def unreadable_state(person):
    (person.state / "practice" / f"{LOGIN}.state").chmod(0)


def damaged_configuration(person):
    person.write(person.configuration, "no key file\n")


@pytest.mark.parametrize("damage", [damaged_state, unreadable_state, damaged_configuration])
def test_a_notice_never_fails(lawyer, person, damage):
    with person.acting():
        damage(person)
    notice = lawyer("session", "notice")
    assert (notice.status, notice.out, notice.err) == (0, "", "")


def test_a_notice_that_hangs_ends_in_silence(lawyer, person):
    """A pipe in a state file's place is opened for ever, as a file of a dead server is."""
    state = person.state / "practice" / f"{LOGIN}.state"
    with person.acting():
        state.unlink()
        os.mkfifo(state)
    notice = lawyer("session", "notice", timeout=10 * PATIENCE)
    assert (notice.status, notice.out, notice.err) == (0, "", "")


@pytest.mark.skipif(not AS_ROOT, reason="/etc/profile.d/csolink.sh is installed by root only")
def test_a_login_shell_on_a_terminal_shows_the_notice(lawyer, person):
    make_set(person, SOON)
    with lawyer.program_on_terminal("bash", "--login") as shell:
        shell.expect("in 10 days")
        shell.type("exit")
        assert shell.wait() == 0
    for options in (["-c"], ["-i", "-c"]):  # a script's shell, and one without a terminal
        with person.popen(["bash", "--login", *options, "true"], text=True, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT) as shell:
            assert "PACER" not in shell.communicate(timeout=30)[0]
