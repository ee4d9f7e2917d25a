# SPDX-License-Identifier: MIT
"""Questions in dialogs of real pinentries, for who has a display and no terminal."""

import signal

import pytest

from support import authenticator, filer, pinentries
from support.desktop import GNOME, GTK2
from support.filer import COURT, LOGIN, host
from support.pinentries import Listener, is_running, put, session_of
from support.places import PATIENCE, PROGRAMS

CALLERS = 10

# Signals 32 and 33: whoever started us may ignore them, and glibc lets no program change that.
GLIBCS_OWN = 3 << 31


@pytest.fixture
def asking(keyring, court, csolink):
    """Her account asks for each code; nothing else is missing."""
    filer.add_account(csolink, otp="ask")
    assert filer.add_filing(csolink).status == 0
    return csolink


# --- the code ---


@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_a_code_typed_in_a_dialog_signs_on(asking, court, desktop, bus, person, pinentry):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = filer.start_link(asking, desktop.environment)
    desktop.answer(authenticator.code_now())
    result = asking.finish(link)
    assert result.status == 0, result.err
    assert (court.state()["sign_ons"], len(court.state()["links"])) == (1, 1)


@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_a_dismissed_dialog_is_cancelled_and_get_does_not_show_it_again(
        asking, court, desktop, bus, person, pinentry):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = filer.start_link(asking, desktop.environment)
    desktop.wait_for_dialog()
    desktop.press("Escape")
    result = asking.finish(link)
    assert (result.status, "cancelled" in result.err) == (3, True), result.err
    again = asking.get(host(COURT), env=desktop.environment)
    assert (again.fields["username"], "cancelled" in again.err) == (LOGIN, True)
    assert court.state()["sign_on_requests"] == 0


@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_nobody_answers_the_dialog(asking, court, desktop, bus, person, pinentry):
    """Also where she has begun to type: pinentry-gtk-2 then forgets the time."""
    person.configure(pinentry=pinentry, person_timeout=5 * PATIENCE)
    desktop.tell(bus)
    link = filer.start_link(asking, desktop.environment)
    dialog = desktop.wait_for_dialog()
    desktop.type("1")
    result = asking.finish(link)
    assert (result.status, "timed_out" in result.err) == (75, True), result.err
    desktop.wait_for_end(dialog)
    assert court.state()["sign_on_requests"] == 0


def test_ten_processes_that_need_a_code_ask_once(asking, court, desktop, person):
    listener = Listener(person)
    callers = filer.start_gets(asking, CALLERS, desktop.environment)
    desktop.answer(authenticator.code_now())
    results = [asking.finish(caller, prints_secret=True) for caller in callers]
    assert [result.err for result in results] == [""] * CALLERS
    assert (listener.count, court.state()["sign_ons"]) == (1, 1)


def test_ten_processes_whose_dialog_is_dismissed_show_no_other(asking, court, desktop, person):
    listener = Listener(person)
    callers = filer.start_gets(asking, CALLERS, desktop.environment)
    desktop.wait_for_dialog()
    desktop.press("Escape")
    results = [asking.finish(caller, prints_secret=True) for caller in callers]
    assert ["cancelled" in result.err for result in results] == [True] * CALLERS
    assert (listener.count, court.state()["sign_on_requests"]) == (1, 0)


# --- what a dialog shows, and what its program gets ---


def test_hostile_names_are_shown_as_plain_text(asking, court, desktop, person):
    listener = Listener(person)
    court.fault("names", name="Jane%0A%25\n\x07\x1bPress OK \u202e& Doe_")
    link = filer.start_link(asking, desktop.environment)
    desktop.answer(authenticator.code_now())
    desktop.answer("no")
    result = asking.finish(link)
    assert (result.status, "names_differ" in result.err) == (3, True), result.err
    question = listener.told("SETDESC")[1]
    assert "%0A%25" in question and "Press OK" in question
    assert "\x07" not in question and "\x1b" not in question
    assert question.isascii() and question.count("\n") == 6


def test_a_pinentry_finds_nothing_of_ours(asking, desktop, person):
    """No secret, no terminal, no descriptor; and nothing of ours is ignored by it."""
    listener = Listener(person)
    link = filer.start_link(asking, {**desktop.environment, "GPG_TTY": "/dev/pts/0"})
    desktop.answer(authenticator.code_now())
    assert asking.finish(link).status == 0
    for place in ("environ", "cmdline", "told"):
        text = listener.heard(place)
        for secret in (filer.ACCOUNT["password"], filer.ACCOUNT["otp_secret"],
                       filer.filing_password(COURT)):
            assert secret not in text
    assert "GPG_TTY" not in listener.heard("environ")
    assert "ttyname" not in listener.heard("told")
    ignored = dict(line.split(":\t", 1) for line in listener.heard("status").splitlines())
    assert int(ignored["SigIgn"], 16) & ~GLIBCS_OWN == int(ignored["SigBlk"], 16) == 0
    descriptors = [line.split(" -> ") for line in listener.heard("descriptors").splitlines()
                   if " -> " in line]
    assert [target for name, target in descriptors if "socket" in target] != []
    assert len([target for _, target in descriptors if "socket" in target]) == 2
    process, session = session_of(listener.heard("stat"))
    assert process == session


def test_the_dialog_goes_when_csolink_is_killed(asking, desktop):
    link = filer.start_link(asking, desktop.environment)
    dialog = desktop.wait_for_dialog()
    link.send_signal(signal.SIGKILL)
    asking.finish(link)
    desktop.wait_for_end(dialog)


# --- nobody to ask ---


@pytest.mark.parametrize("fault", pinentries.BAD)
def test_a_pinentry_that_does_not_work_is_nobody(asking, court, desktop, person, fault):
    person.configure(person_timeout=5 * PATIENCE)
    put(person, pinentries.BAD[fault])
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "needs_code" in result.err) == (3, True), result.err
    assert court.state()["sign_on_requests"] == 0


@pytest.mark.parametrize("path", ["/nowhere/pinentry", "pinentry", ""])
def test_without_a_pinentry_there_is_nobody(asking, desktop, person, path):
    person.configure(pinentry=path)
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "needs_code" in result.err) == (3, True), result.err


def test_a_pinentry_that_hangs_is_killed_with_what_it_started(asking, court, desktop, person):
    note = person.home / "note"
    person.configure(person_timeout=5 * PATIENCE)
    put(person, pinentries.HANGS.format(note=note))
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "timed_out" in result.err) == (75, True), result.err
    assert not is_running(int(note.read_text()))
    assert court.state()["sign_on_requests"] == 0


def test_a_pinentry_that_never_ends_its_answer_is_cut_off(asking, desktop, person):
    person.configure(person_timeout=5 * PATIENCE)
    put(person, pinentries.TALKS_ON)
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "timed_out" in result.err) == (75, True), result.err


def test_an_answer_longer_than_any_is_bad_input(asking, court, desktop, person):
    put(person, pinentries.ANSWERS_TOO_LONG)
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "bad_input" in result.err) == (65, True), result.err
    assert court.state()["sign_on_requests"] == 0


@pytest.mark.parametrize("env", [{"DISPLAY": ""}, {"GIT_TERMINAL_PROMPT": "0"},
                                 {"GIT_TERMINAL_PROMPT": "false"}])
def test_no_display_or_gits_word_is_nobody_and_starts_no_pinentry(asking, desktop, person, env):
    listener = Listener(person)
    result = asking("link", COURT, env={**desktop.environment, **env})
    assert (result.status, "needs_code" in result.err) == (3, True), result.err
    assert listener.count == 0


def test_a_login_in_the_background_asks_nobody(asking, court, desktop, person):
    listener = Listener(person)
    assert asking("session", "link", env=desktop.environment).status == 0
    assert (listener.count, court.state()["sign_on_requests"]) == (0, 0)


def test_a_terminal_comes_before_a_dialog(asking, desktop, person):
    listener = Listener(person)
    with asking.terminal("link", COURT, env=desktop.environment) as terminal:
        terminal.expect(f"One-time code for {LOGIN}: ")
        terminal.type(authenticator.code_now())
        assert terminal.wait() == 0, terminal.text
    assert listener.count == 0


def test_a_background_job_asks_in_a_dialog(asking, desktop):
    display = desktop.environment["DISPLAY"]
    with asking.shell() as terminal:
        terminal.type(f"DISPLAY={display} {PROGRAMS}/csolink link {COURT} & wait $!; "
                      "echo ended=$?")
        desktop.answer(authenticator.code_now())
        terminal.expect("ended=0")


def test_a_person_at_a_display_is_asked_for_what_a_job_without_one_lacked(asking, desktop):
    """Who waits for a sign-on that has nobody to ask asks her own person."""
    assert "needs_code" in asking.get(host(COURT)).err
    get, = filer.start_gets(asking, 1, desktop.environment)
    desktop.answer(authenticator.code_now())
    assert asking.finish(get, prints_secret=True).err == ""


@pytest.mark.parametrize("key, ending, sign_ons", [("Return", 0, 1), ("Escape", 3, 0)])
def test_ten_tools_that_need_a_token_ask_once(
        asking, court, desktop, person, key, ending, sign_ons):
    """Her answer, or none, is everybody's."""
    listener = Listener(person)
    tools = [asking.start("token", f"--account={LOGIN}", env=desktop.environment)
             for _ in range(CALLERS)]
    desktop.wait_for_dialog()
    desktop.type(authenticator.code_now())
    desktop.press(key)
    results = [asking.finish(tool, prints_secret=True) for tool in tools]
    assert [result.status for result in results] == [ending] * CALLERS
    assert (listener.count, court.state()["sign_ons"]) == (1, sign_ons)
