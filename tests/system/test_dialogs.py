# SPDX-License-Identifier: MIT
"""Questions in dialogs of real pinentries, for who has a display and no terminal."""

import runpy
import signal
import time

import pytest

from support import filer, pinentries
from support.desktop import GNOME, GTK2, Desktop
from support.filer import COURT, LOGIN, host
from support.places import PATIENCE, PROGRAMS, TREE
from support.pinentries import Listener, is_running, put, session_of

TOTP = runpy.run_path(str(TREE / "tests/practice_court/totp.py"))
CALLERS = 10


def code_now():
    return TOTP["code"](filer.ACCOUNT["otp_secret"], TOTP["step_at"](time.time()))


@pytest.fixture
def desktop(person):
    desktop = Desktop(person)
    person.configure(pinentry=GTK2)
    yield desktop
    desktop.end()


@pytest.fixture
def asking(keyring, court, csolink):
    """Her account asks for each code; nothing else is missing."""
    filer.add_account(csolink, otp="ask")
    assert filer.add_filing(csolink).status == 0
    return csolink


@pytest.fixture
def unacknowledged(keyring, court, csolink):
    """Only the acknowledgement is missing."""
    filer.add_account_without_codes(csolink, court, acknowledge=False)
    assert filer.add_filing(csolink).status == 0
    return csolink


def start_link(csolink, desktop, **env):
    return csolink.start("link", COURT, env={**desktop.environment, **env})


def start_gets(csolink, desktop):
    """Ten tools at once."""
    callers = [csolink.start("get", env=desktop.environment) for _ in range(CALLERS)]
    for caller in callers:
        caller.stdin.write(filer.request(COURT) + "\n")
        caller.stdin.flush()
    return callers


# --- the code ---


@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_a_code_typed_in_a_dialog_signs_on(asking, court, desktop, bus, person, pinentry):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = start_link(asking, desktop)
    desktop.answer(code_now())
    result = asking.finish(link)
    assert result.status == 0, result.err
    assert (court.state()["sign_ons"], len(court.state()["links"])) == (1, 1)


@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_a_dismissed_dialog_is_cancelled_and_get_does_not_show_it_again(
        asking, court, desktop, bus, person, pinentry):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = start_link(asking, desktop)
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
    person.configure(pinentry=pinentry, person_timeout=5)
    desktop.tell(bus)
    link = start_link(asking, desktop)
    dialog = desktop.wait_for_dialog()
    desktop.type("1")
    result = asking.finish(link)
    assert (result.status, "timed_out" in result.err) == (75, True), result.err
    desktop.wait_for_end(dialog)
    assert court.state()["sign_on_requests"] == 0


def test_ten_processes_that_need_a_code_ask_once(asking, court, desktop, person):
    listener = Listener(person)
    callers = start_gets(asking, desktop)
    desktop.answer(code_now())
    results = [asking.finish(caller, prints_secret=True) for caller in callers]
    assert [result.err for result in results] == [""] * CALLERS
    assert (listener.count, court.state()["sign_ons"]) == (1, 1)


def test_ten_processes_whose_dialog_is_dismissed_show_no_other(asking, court, desktop, person):
    listener = Listener(person)
    callers = start_gets(asking, desktop)
    desktop.wait_for_dialog()
    desktop.press("Escape")
    results = [asking.finish(caller, prints_secret=True) for caller in callers]
    assert ["cancelled" in result.err for result in results] == [True] * CALLERS
    assert (listener.count, court.state()["sign_on_requests"]) == (1, 0)


# --- the acknowledgement ---


def test_a_yes_in_a_dialog_acknowledges_and_is_kept(unacknowledged, court, desktop, person):
    listener = Listener(person)
    link = start_link(unacknowledged, desktop)
    desktop.answer("yes")
    result = unacknowledged.finish(link)
    assert result.status == 0, result.err
    question, = listener.told("SETDESC")
    assert "Social Security" in question and "redaction rules." in question and LOGIN in question
    state, = person.state.rglob("*.state")
    for key in ("text_sha256=", "at=", f"by={person.name}"):
        assert key in state.read_text().split("[acknowledgement]", 1)[1]


@pytest.mark.parametrize("typed", ["", "no", "y"])
@pytest.mark.parametrize("pinentry", [GTK2, GNOME])
def test_enter_and_any_other_word_acknowledge_nothing(
        unacknowledged, court, desktop, bus, person, pinentry, typed):
    person.configure(pinentry=pinentry)
    desktop.tell(bus)
    link = start_link(unacknowledged, desktop)
    desktop.answer(typed)
    result = unacknowledged.finish(link)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err
    state = court.state()
    assert (state["sign_ons"], state["acknowledgements"]) == (0, 0)


def test_ten_processes_ask_once_for_the_acknowledgement_that_she_refuses(
        unacknowledged, court, desktop, person):
    listener = Listener(person)
    callers = start_gets(unacknowledged, desktop)
    desktop.answer("no")
    results = [unacknowledged.finish(caller, prints_secret=True) for caller in callers]
    assert ["needs_acknowledgement" in result.err for result in results] == [True] * CALLERS
    assert "needs_acknowledgement" in unacknowledged.get(host(COURT), env=desktop.environment).err
    assert (listener.count, court.state()["acknowledgements"]) == (1, 0)


def test_a_no_in_a_dialog_can_become_a_yes(unacknowledged, desktop):
    for answer, status in (("no", 3), ("yes", 0)):
        link = start_link(unacknowledged, desktop)
        desktop.answer(answer)
        assert unacknowledged.finish(link).status == status


def test_no_option_and_no_script_acknowledges(unacknowledged, court, csolink):
    with csolink.start("link", COURT) as process:
        process.communicate("yes\n" * 9, timeout=60 * PATIENCE)
        assert process.returncode == 3
    assert court.state()["acknowledgements"] == 0


def test_a_text_that_was_acknowledged_is_not_asked_for_again(unacknowledged, court, desktop,
                                                              person):
    """Another yes to it would change nothing."""
    listener = Listener(person)
    rules = "Practice: rules that no yes satisfies."
    court.fault("login_result", result="1", token="", description=rules)
    link = start_link(unacknowledged, desktop)
    desktop.answer("yes")
    assert unacknowledged.finish(link).status == 3
    assert "needs_acknowledgement" in unacknowledged("link", COURT, env=desktop.environment).err
    assert (listener.count, court.state()["sign_on_requests"]) == (1, 3)


def test_a_text_that_pacer_changed_is_asked_for_in_a_dialog(keyring, court, csolink, desktop,
                                                            person):
    """Also where the flag of the old one was sent."""
    filer.add_account_without_codes(csolink, court)
    filer.add_filing(csolink)
    listener = Listener(person)
    rules = "Practice: other rules."
    court.fault("login_result", result="1", token="", description=rules, times=1)
    link = start_link(csolink, desktop)
    desktop.answer("yes")
    assert csolink.finish(link).status == 0
    question, = listener.told("SETDESC")
    assert rules in question


def test_a_text_that_no_dialog_can_hold_needs_a_terminal(keyring, court, csolink, desktop):
    filer.add_account_without_codes(csolink, court, acknowledge=False)
    filer.add_filing(csolink)
    court.fault("login_result", result="1", token="", description="Rule. " * 160, times=2)
    result = csolink("link", COURT, env=desktop.environment)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err


# --- what a dialog shows, and what its program gets ---


def test_hostile_names_are_shown_as_plain_text(asking, court, desktop, person):
    listener = Listener(person)
    court.fault("names", name="<b>Jane</b>%0A%25\n\x07\x1b[2JPress OK \u202e& Doe_")
    link = start_link(asking, desktop)
    desktop.answer(code_now())
    desktop.answer("no")
    result = asking.finish(link)
    assert (result.status, "cancelled" in result.err) == (3, True), result.err
    question = listener.told("SETDESC")[1]
    assert "%0A%25" in question and "Press OK" in question
    assert "<" not in question and "\x07" not in question and "\x1b" not in question
    assert question.isascii() and question.count("\n") == 5


def test_a_pinentry_finds_nothing_of_ours(asking, desktop, person):
    """No secret, no terminal, no descriptor; and nothing of ours is ignored by it."""
    listener = Listener(person)
    link = start_link(asking, desktop, GPG_TTY="/dev/pts/0")
    desktop.answer(code_now())
    assert asking.finish(link).status == 0
    for place in ("environ", "cmdline", "told"):
        text = listener.heard(place)
        for secret in (filer.ACCOUNT["password"], filer.ACCOUNT["otp_secret"],
                       filer.filing_password(COURT)):
            assert secret not in text
    assert "GPG_TTY" not in listener.heard("environ")
    assert "ttyname" not in listener.heard("told")
    ignored = dict(line.split(":\t", 1) for line in listener.heard("status").splitlines())
    assert int(ignored["SigIgn"], 16) == int(ignored["SigBlk"], 16) == 0
    descriptors = [line.split(" -> ") for line in listener.heard("descriptors").splitlines()
                   if " -> " in line]
    assert [target for name, target in descriptors if "socket" in target] != []
    assert len([target for _, target in descriptors if "socket" in target]) == 2
    process, session = session_of(listener.heard("stat"))
    assert process == session


def test_the_dialog_goes_when_csolink_is_killed(asking, desktop):
    link = start_link(asking, desktop)
    dialog = desktop.wait_for_dialog()
    link.send_signal(signal.SIGKILL)
    asking.finish(link)
    desktop.wait_for_end(dialog)


# --- nobody to ask ---


@pytest.mark.parametrize("fault", pinentries.BAD)
def test_a_pinentry_that_does_not_work_is_nobody(asking, court, desktop, person, fault):
    person.configure(person_timeout=5)
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
    person.configure(person_timeout=5)
    put(person, pinentries.HANGS.format(note=note))
    result = asking("link", COURT, env=desktop.environment)
    assert (result.status, "timed_out" in result.err) == (75, True), result.err
    assert not is_running(int(note.read_text()))
    assert court.state()["sign_on_requests"] == 0


def test_a_pinentry_that_never_ends_its_answer_is_cut_off(asking, desktop, person):
    person.configure(person_timeout=5)
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
        terminal.type(code_now())
        assert terminal.wait() == 0, terminal.text
    assert listener.count == 0


def test_a_background_job_asks_in_a_dialog(asking, desktop):
    display = desktop.environment["DISPLAY"]
    with asking.shell() as terminal:
        terminal.type(f"DISPLAY={display} {PROGRAMS}/csolink link {COURT} & wait $!; "
                      "echo ended=$?")
        desktop.answer(code_now())
        terminal.expect("ended=0")


def test_a_person_at_a_display_is_asked_for_what_a_job_without_one_lacked(asking, desktop):
    """Who waits for a sign-on that has nobody to ask asks her own person."""
    assert "needs_code" in asking.get(host(COURT)).err
    get = asking.start("get", env=desktop.environment)
    get.stdin.write(filer.request(COURT) + "\n")
    get.stdin.flush()
    desktop.answer(code_now())
    assert asking.finish(get, prints_secret=True).err == ""


def test_a_search_account_never_acknowledges(keyring, court, csolink, desktop, person):
    """Nor is its person asked to, where PACER takes it for a filer's."""
    listener = Listener(person)
    court.world(accounts={LOGIN: {"otp_secret": None}})
    filer.add_account(csolink, purpose="search", otp="none")
    result = csolink("token", f"--account={LOGIN}", env=desktop.environment, prints_secret=True)
    assert (result.status, "needs_acknowledgement" in result.err) == (3, True), result.err
    state = court.state()
    assert (listener.count, state["sign_on_requests"], state["acknowledgements"]) == (0, 1, 0)


@pytest.mark.parametrize("key, ending, sign_ons", [("Return", 0, 1), ("Escape", 3, 0)])
def test_ten_tools_that_need_a_token_ask_once(
        asking, court, desktop, person, key, ending, sign_ons):
    """Her answer, or none, is everybody's."""
    listener = Listener(person)
    tools = [asking.start("token", f"--account={LOGIN}", env=desktop.environment)
             for _ in range(CALLERS)]
    desktop.wait_for_dialog()
    desktop.type(code_now())
    desktop.press(key)
    results = [asking.finish(tool, prints_secret=True) for tool in tools]
    assert [result.status for result in results] == [ending] * CALLERS
    assert (listener.count, court.state()["sign_ons"]) == (1, sign_ons)
