# SPDX-License-Identifier: MIT
"""What a person decides in a link step: names, consent, and which filing login is sent."""

import configparser
import json

import pytest

from support import filer
from support.court import WORLD
from support.filer import COURT, LOGIN, host
from support.pinentries import Listener
from support.places import PATIENCE
from support.processes import wait_until_all_wait
from support.state import State

TRUSTEE = "jdoetrustee"
PASSWORD = filer.filing_password(COURT)
YES_OR_NO = r"yes/no\) "


@pytest.fixture
def ready(keyring, court, csolink):
    """A filer without a filing login."""
    filer.add_account_without_codes(csolink, court)
    return csolink


@pytest.fixture
def filing(ready):
    assert filer.add_filing(ready).status == 0
    return ready


def call_her(court, name):
    court.world(accounts={LOGIN: {"name": name}})


def submissions(court):
    """Filing passwords, and names, that were submitted."""
    state = court.state()
    return state["link_submissions"].get(COURT, 0), state["confirmations"].get(COURT, 0)


def linked(court):
    return {(link["account"], link["filing_login"]) for link in court.state()["links"]}


def consents(person, account=LOGIN):
    state = configparser.ConfigParser()
    state.read(State(person, account).file)
    return {name.split()[1]: state[name] for name in state.sections()
            if name.startswith("consent ")}


def answer(csolink, *answers, command=("link", COURT), ending=0, **options):
    """Runs it on a terminal; answers are (what is shown, what she types). Returns its text."""
    with csolink.terminal(*command, **options) as terminal:
        for shown, typed in answers:
            terminal.expect(shown)
            terminal.expect(r"(\) |: )$")
            terminal.type(typed)
        assert terminal.wait() == ending, terminal.text
        return terminal.text


# --- names ---


@pytest.mark.parametrize("name, what", [
    ("John Q. Doe", "the first names differ"),
    ("Jane Doe", "one has a middle name that the other has not"),
    ("Jane Q. Doe, Jr.", "one has a suffix"),
])
def test_names_that_are_not_equal_are_linked_at_her_yes_alone(filing, court, name, what):
    call_her(court, name)
    nobody = filing.get(host(COURT))
    assert "needs_person" in nobody.err and f"not equal: {what}" in nobody.err
    assert submissions(court) == (1, 0)
    shown = answer(filing, (f"Compared: {what}", "yes"))
    for text in (LOGIN, "jdoe,", "Jane Q. Doe", name, f"({COURT})", "cannot undo"):
        assert text in shown
    assert linked(court) == {(LOGIN, "jdoe")}


def test_a_no_to_the_names_is_remembered_until_she_links_or_stores_another_login(filing, court):
    call_her(court, "John Roe")
    assert "names_differ" in answer(filing, ("same person", "no"), ending=3)
    assert submissions(court) == (1, 0)
    requests = court.state()["requests"]
    with filing.terminal("get", input=filer.request(COURT) + "\n", output=True) as terminal:
        assert terminal.wait() == 0
        assert "names_differ" in terminal.text and "yes/no" not in terminal.text
        assert f"username={LOGIN}" in terminal.out
    status = json.loads(filing("status", "--json").out)
    assert status["accounts"][0]["courts"][0]["last_status"] == "names_differ"
    assert court.state()["requests"] == requests
    assert "names_differ" in answer(filing, ("same person", ""), ending=3)
    assert filing("filing", "remove", COURT).status == 0
    court.world(courts={COURT: {"filing_logins": {"jroe": {
        "password": PASSWORD, "name": "John Roe"}}}})
    assert filer.add_filing(filing, login="jroe", password=PASSWORD).status == 0
    assert filing.get(host(COURT)).err == ""
    assert linked(court) == {(LOGIN, "jroe")}


def test_a_no_outlasts_runs_in_which_she_was_not_asked_again(filing, court):
    call_her(court, "John Roe")
    answer(filing, ("same person", "no"), ending=3)
    before = court.state()["requests"]
    nobody = filing("link", COURT)
    assert (nobody.status, "names_differ" in nobody.err) == (3, True)
    assert court.state()["requests"] == before
    court.fault("status", stage="utilities", code=500, times=1)
    with filing.terminal("link", COURT) as terminal:
        assert terminal.wait() == 75, terminal.text
    with filing.terminal("link", "--all") as terminal:
        assert terminal.wait() == 0, terminal.text
        assert "left out, the names differ" in terminal.text
    assert submissions(court) == (1, 0)


def test_a_no_outlasts_a_run_that_asked_her_something_else(filing, court, person):
    call_her(court, "John Roe")
    answer(filing, ("same person", "no"), ending=3)
    person.configure(confirm="always")
    court.fault("status", stage="submit", code=500, times=1)
    answer(filing, ("Link them", "yes"), ending=75)
    assert "left out, the names differ" in filing("link", "--all").out
    assert submissions(court) == (2, 0)


def test_a_no_that_nobody_could_check_is_remembered_too(filing, court):
    call_her(court, "John Roe")
    no_that_nobody_can_check(filing, court)
    court.clear_faults()
    assert "left out, the names differ" in filing("link", "--all").out
    with filing.terminal("get", input=filer.request(COURT) + "\n", output=True) as terminal:
        assert terminal.wait() == 0
    assert filing("link", "--check", COURT).status == 1
    assert filing("link", COURT).status == 3
    assert submissions(court) == (1, 0)
    shown = answer(filing, ("same person", "yes"))
    assert "linked" in shown and linked(court) == {(LOGIN, "jdoe")}


def test_her_yes_takes_the_no_back(filing, court):
    call_her(court, "John Roe")
    answer(filing, ("same person", "no"), ending=3)
    court.fault("status", stage="confirm", code=500, times=1)
    answer(filing, ("same person", "yes"), ending=75)
    assert "needs_person" in filing("link", "--all").err
    assert submissions(court) == (3, 1)


def test_the_sentence_of_a_no_says_what_helps(filing, court):
    call_her(court, "John Roe")
    shown = answer(filing, ("same person", "no"), ending=3).replace("\n", " ")
    for help_ in ("did not say that they are the same person", "ask the court",
                  f"csolink filing remove --account={LOGIN} {COURT}", f"csolink link {COURT}"):
        assert help_ in shown


def test_a_no_where_the_names_are_equal_is_cancelled(filing, court, person):
    person.configure(confirm="always")
    shown = answer(filing, ("Link them", "yes"), ("the names are equal", "no"), ending=3)
    assert "cancelled" in shown
    assert submissions(court) == (1, 0)


def no_that_nobody_can_check(csolink, court, *before):
    """She says no to the names, and then the court's menu cannot be read. Returns what was shown."""
    with csolink.terminal("link", COURT) as terminal:
        for question, typed in before:
            terminal.expect(question)
            terminal.type(typed)
        terminal.expect("same person, and shall they be linked")
        court.fault("status", stage="utilities", code=500)
        terminal.type("no")
        assert terminal.wait() == 3, terminal.text
        return " ".join(terminal.text.split())


def nobody_and_nobody_can_check(csolink, court):
    court.hold("submit")
    link = csolink.start("link", COURT)
    assert court.held() == "submit"
    court.fault("status", stage="utilities", code=500)
    court.release()
    result = csolink.finish(link)
    assert result.status == 3
    return result.err


@pytest.mark.parametrize("confirmation, check", [("labelled", 1), ("too_late", 0)])
@pytest.mark.parametrize("ask, name, settings", [
    (no_that_nobody_can_check, "John Roe", {}),
    (lambda *who: no_that_nobody_can_check(*who, ("Link them", "yes")), "Jane Q. Doe",
     {"confirm": "always"}),
    (nobody_and_nobody_can_check, "John Roe", {})], ids=["no", "cancelled", "nobody"])
def test_where_no_menu_tells_whether_a_no_came_in_time_nothing_is_claimed(
        filing, court, person, ask, name, settings, confirmation, check):
    person.configure(**settings)
    call_her(court, name)
    court.world(courts={COURT: {"traits": {"confirmation": confirmation}}})
    shown = ask(filing, court)
    assert "the court may have linked before it asked" in shown
    assert f'"csolink link --check {COURT}"' in shown
    told = shown + filing.get(host(COURT)).err + filing("status").out
    assert "needs_person" in told
    assert "nothing was linked" not in told and "nothing was changed" not in told
    court.clear_faults()
    before = submissions(court)
    assert filing("link", "--check", COURT).status == check
    if check == 0:
        assert filing("link", COURT).status == 0
    assert submissions(court) == before == (1, 0)


@pytest.mark.parametrize("said, ending", [("no", "names_differ"), ("yes", None)])
def test_all_that_wait_share_one_question_about_names(
        filing, court, desktop, person, said, ending):
    listener = Listener(person)
    call_her(court, "John Roe")
    gets = filer.start_gets(filing, 5, desktop.environment)
    link = filer.start_link(filing, desktop.environment)
    wait_until_all_wait([*gets, link])
    desktop.answer(said)
    errors = [filing.finish(process, prints_secret=True).err for process in [*gets, link]]
    assert [ending in error if ending else error == "" for error in errors] == [True] * 6
    assert (listener.count, submissions(court)) == (1, (1, 0 if ending else 1))


def test_a_dismissed_dialog_is_a_no(filing, court, desktop, person):
    call_her(court, "John Roe")
    link = filer.start_link(filing, desktop.environment)
    desktop.wait_for_dialog()
    desktop.press("Escape")
    assert "names_differ" in filing.finish(link).err
    assert submissions(court) == (1, 0)


def test_a_question_that_nobody_answers_is_no_yes_and_not_put_again_by_get(
        filing, court, desktop, person):
    listener = Listener(person)
    person.configure(person_timeout=5 * PATIENCE)
    call_her(court, "John Roe")
    for _ in range(2):
        get, = filer.start_gets(filing, 1, desktop.environment)
        assert "needs_person" in filing.finish(get, prints_secret=True).err
    assert (listener.count, submissions(court)) == (1, (1, 0))


# --- consent ---


def test_filing_add_says_what_will_happen_before_it_stores(ready, person):
    command = ("filing", "add", COURT, "jdoe")
    shown = answer(ready, ("Password of filing login jdoe", PASSWORD), ("Store it", "no"),
                   command=command, ending=3)
    for fact in ("at the first use", LOGIN, "Alabama Northern District Court", "cannot undo",
                 "without showing the names first"):
        assert fact in shown
    assert "run the command again" in shown and "csolink link" not in shown
    assert (ready("filing", "list").out, consents(person)) == ("", {})
    told = filer.add_filing(ready).err
    assert "cannot undo" in told and "without showing the names first" in told


def test_the_consent_names_account_court_and_login_and_goes_with_them(filing, person):
    for _ in range(2):
        consent = consents(person)[COURT]
        assert (consent["account"], consent["court"], consent["filing_login"], consent["by"]) == (
            LOGIN, COURT, "jdoe", person.name)
        assert filer.add_filing(filing).status == 0
    assert filing("filing", "remove", COURT).status == 0
    assert consents(person) == {}
    assert filer.add_filing(filing).status == 0
    assert filing("account", "remove", LOGIN).status == 0
    assert consents(person) == {}


def test_the_consent_to_a_link_that_was_made_stays(filing, person):
    person.configure(keep_filing_login="true")
    assert filing.get(host(COURT)).err == ""
    assert filing("filing", "remove", COURT).status == 0
    assert consents(person)[COURT]["filing_login"] == "jdoe"


def test_a_court_that_shows_no_names_is_asked_about_before_where_policy_says_so(
        filing, court, person):
    person.configure(confirm="always")
    court.fault("no_confirmation")
    assert "needs_person" in filing.get(host(COURT)).err
    assert "cancelled" in answer(filing, ("Link them", "no"), ending=3)
    assert submissions(court) == (0, 0)
    answer(filing, ("Link them", "yes"))
    assert linked(court) == {(LOGIN, "jdoe")}


@pytest.fixture
def two(ready, court, secrets):
    """One person's two accounts and two filing logins at one court, all of one name."""
    password = "Trustee-Invented-Secret4"
    secrets.add(password)
    court.world(
        accounts={TRUSTEE: {"password": password, "filer": True, "redaction_required": False,
                            "name": WORLD["accounts"][LOGIN]["name"]}},
        courts={COURT: {"filing_logins": {"jdoet": {"password": PASSWORD, "name": "Jane Q. Doe"}}}})
    filer.add_account(ready, login=TRUSTEE, password=password, otp="none", acknowledge=False)
    return ready


def test_two_logins_of_one_name_are_told_apart_by_account(two, court):
    filer.add_filing(two)
    filer.add_filing(two, login="jdoet", account=TRUSTEE, password=PASSWORD)
    for account in (TRUSTEE, LOGIN):
        assert two("link", f"--account={account}", COURT).status == 0
    assert linked(court) == {(LOGIN, "jdoe"), (TRUSTEE, "jdoet")}


def test_the_other_accounts_filing_login_is_never_sent(two, court):
    """Neither while it is stored nor when it has been linked and left the keyring."""
    filer.add_filing(two)
    link = ("link", f"--account={TRUSTEE}", COURT)
    typed = ("Filing login for PACER account " + TRUSTEE, "JDoe")
    assert two(*link).status == 3
    assert f"belongs to account {LOGIN}" in answer(two, typed, command=link, ending=3)
    assert two("link", f"--account={LOGIN}", COURT).status == 0
    assert f"is linked to account {LOGIN}" in answer(two, typed, command=link, ending=3)
    refused = filer.add_filing(two, account=TRUSTEE)
    assert (refused.status, f"is linked to account {LOGIN}" in refused.err) == (65, True)
    assert (submissions(court), linked(court)) == ((1, 1), {(LOGIN, "jdoe")})


# --- a filing login that is not stored ---


def test_without_a_filing_login_nobody_is_told_the_command(ready, court):
    told = ready.get(host(COURT)).err
    assert f"needs_person (court {COURT}, account {LOGIN})" in told
    assert (f'no filing login is stored; "csolink filing add --account={LOGIN} {COURT} '
            'FILING_LOGIN" stores one' in told)


def test_the_question_for_the_filing_login_says_where_to_ask_and_is_put_once(ready, court):
    request = filer.request(COURT) + "\n"
    with ready.terminal("get", input=request, output=True) as terminal:
        terminal.expect("Alabama Northern District Court .alnd. asks for the filing login that it "
                        "issued before NextGen")
        terminal.expect("the court must reset it: "
                        r"https://ecf\.alnd\.uscourts\.gov/cgi-bin/CourtInfo\.pl\?location=main")
        terminal.expect(f"Filing login for PACER account {LOGIN}: ")
        terminal.press("D")
        assert terminal.wait() == 0
    requests = court.state()["requests"]
    with ready.terminal("get", input=request, output=True) as terminal:
        assert terminal.wait() == 0
        assert "cancelled" in terminal.text and "Filing login for" not in terminal.text
    assert court.state()["requests"] == requests
    answer(ready, ("Filing login for", "jdoe"), ("Password of filing login", PASSWORD),
           ("Link them", "yes"))
    assert linked(court) == {(LOGIN, "jdoe")}


def test_the_filing_login_is_asked_for_in_dialogs_too(ready, court, desktop):
    get, = filer.start_gets(ready, 1, desktop.environment)
    for typed in ("jdoe", PASSWORD, "yes"):
        desktop.answer(typed)
    assert ready.finish(get, prints_secret=True).err == ""
    assert linked(court) == {(LOGIN, "jdoe")}


# --- characters that courts name as impossible ---


@pytest.mark.parametrize("login", ["j&doe", "jdoe@firm.example", "j$doe", "jdoe*"])
def test_impossible_characters_are_told_before_anything_is_stored(ready, person, login):
    shown = answer(ready, ("Password of", PASSWORD), ("linking fails", "no"),
                   command=("filing", "add", COURT, login), ending=3)
    assert shown.index("& @ $ *") < shown.index("Store it")
    assert (ready("filing", "list").out, consents(person)) == ("", {})
    assert "linking fails" in filer.add_filing(ready, login=login, password=PASSWORD).err
    assert consents(person)[COURT]["filing_login"] == login


def test_impossible_characters_are_told_before_anything_is_sent(ready, court):
    answer(ready, ("Filing login for", "j&doe"), ("Password of", PASSWORD), ("linking fails", "no"),
           ending=3)
    assert submissions(court) == (0, 0)


def test_ordinary_logins_are_stored_without_that_warning(ready):
    assert "linking fails" not in filer.add_filing(ready, login="jdoe").err


# --- lower case ---


LOWER = r"Try jdoe once, with the same password\?"


@pytest.fixture
def capitals(ready):
    """The filing login with a capital that the court does not know."""
    assert filer.add_filing(ready, login="JDoe", password=PASSWORD).status == 0
    return ready


def test_lower_case_is_tried_at_her_word(capitals, court, person):
    answer(capitals, (LOWER, "yes"))
    assert (submissions(court), linked(court)) == ((2, 1), {(LOGIN, "jdoe")})
    assert consents(person)[COURT]["filing_login"] == "jdoe"
    assert capitals("filing", "list").out == ""
    entries = json.loads(capitals("history", "--json").out)
    assert [entry["status"] for entry in entries if entry["operation"] == "link"] == [
        "rejected", "ok"]


def test_lower_case_is_tried_for_a_login_that_she_typed(ready, court):
    answer(ready, ("Filing login for", "JDOE"), ("Password of", PASSWORD), ("Link them", "yes"),
           (LOWER, "yes"))
    assert (submissions(court), linked(court)) == ((2, 1), {(LOGIN, "jdoe")})


def test_without_her_word_lower_case_is_not_tried(capitals, court):
    for _ in range(2):
        assert "rejected" in answer(capitals, (LOWER, "y"), ending=77)
    assert submissions(court) == (1, 0)


def test_where_nobody_is_there_the_command_that_offers_it_is_told(capitals, court):
    told = capitals.get(host(COURT)).err
    assert f'"csolink link {COURT}" in a terminal offers to try it in lower case' in told
    assert capitals("session", "link").status == 0
    assert submissions(court) == (1, 0)
    answer(capitals, (LOWER, "yes"))
    assert (submissions(court), linked(court)) == ((2, 1), {(LOGIN, "jdoe")})


def test_lower_case_is_tried_once(ready, court, secrets):
    wrong = "Wrong-Invented-Secret4"
    secrets.add(wrong)
    assert filer.add_filing(ready, login="JDoe", password=wrong).status == 0
    assert "rejected" in answer(ready, (LOWER, "yes"), ending=77)
    assert "rejected" in answer(ready, ending=77)
    assert "lower case" not in ready("link", COURT).err
    assert submissions(court) == (2, 0)


def test_a_refused_login_without_capitals_is_not_asked_about(ready, court, secrets):
    wrong = "Wrong-Invented-Secret4"
    secrets.add(wrong)
    assert filer.add_filing(ready, password=wrong).status == 0
    assert "lower case" not in answer(ready, ending=77)
    assert submissions(court) == (1, 0)
