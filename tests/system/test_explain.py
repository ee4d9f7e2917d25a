# SPDX-License-Identifier: MIT
"""csolink explain tells what get then does, and csolink use makes an account the shell's."""

import json
import re

import pytest

from support import filer
from support.filer import COURT, LOGIN, host
from support.places import TREE

OTHER, DESK = "rroe5678", "desk0001"
OTHER_PASSWORD, DESK_PASSWORD = "Invented-Other-Password8", "Invented-Search-Password8"
NEW = "Invented-New-Password9"
PACER = "pacer.login.uscourts.gov"
ODD = "a'b$(id)\"c;d"


@pytest.fixture
def explain(csolink, secrets):
    """What csolink explain says, as JSON, for a host and options."""
    secrets.add(OTHER_PASSWORD, DESK_PASSWORD, NEW)

    def call(host, username=None, options=(), env=None):
        request = f"protocol=https\nhost={host}\n"
        request += f"username={username}\n" if username else ""
        result = csolink("explain", "--json", *options, input=request + "\n", env=env)
        assert (result.status, result.err) == (0, "")
        return json.loads(result.out)
    return call


def add_other(csolink, court):
    court.world(accounts={OTHER: {"password": OTHER_PASSWORD, "filer": True}})
    filer.add_account(csolink, login=OTHER, password=OTHER_PASSWORD, otp="none")


def add_desk(csolink):
    filer.add_account(csolink, login=DESK, password=DESK_PASSWORD, purpose="search", otp="none")


def printed(result):
    """What a get printed, in explain's words."""
    if not result.out:
        return "nothing"
    return "quit=1" if result.out == "quit=1\n\n" else "username and password"


def seen(court, person, keyring):
    """All that a command could have changed, but for the roster, a copy of what the keyring lists."""
    files = {path: path.read_bytes() for path in sorted(person.home.rglob("*")) if path.is_file()}
    folders = [path for path in sorted(person.home.rglob("*")) if path.is_dir()]
    state = court.state()
    kept = sorted(set(person.tokens.glob("*")) - set(person.tokens.glob("accounts *")))
    return files, folders, kept, keyring.items(), state["connections"]


# --- the table -----------------------------------------------------------------------------------

def rows_of_the_manual():
    text = (TREE / "man/csolink.1").read_text()
    section = text.split(".Ss Which account answers\n")[1].split(".Ss ")[0].replace("\\-", "-")
    return [tuple(row) for row in re.findall(r"^\.It (.+)\n(.+)$", section, re.M)]


def test_the_manual_repeats_the_table_row_for_row(explain, keyring, court):
    rows = [(row["if"], row["then"]) for row in explain(PACER)["table"]]
    assert rows == rows_of_the_manual()


def options(*words):
    return {"options": words}


CHOICES = [
    ({}, DESK),
    (options("--purpose=file"), None),
    (options("--purpose=search"), DESK),
    (options("--account=" + LOGIN), LOGIN),
    ({"username": OTHER}, OTHER),
    ({"username": "nobody99"}, None),
    ({"username": OTHER} | options("--account=" + LOGIN), None),
    ({"username": LOGIN} | options("--purpose=search"), None),
    ({"env": {"CSOLINK_ACCOUNT": OTHER}} | options("--purpose=file"), OTHER),
    ({"env": {"CSOLINK_ACCOUNT": OTHER}}, DESK),
]


def test_the_explained_account_is_the_one_that_answers(explain, csolink, keyring, court):
    filer.add_account(csolink)
    add_other(csolink, court)
    add_desk(csolink)
    for request, login in CHOICES:
        told, got = explain(PACER, **request), csolink.get(PACER, **request)
        assert (told["account"], got.fields.get("username")) == (login, login), request
        assert (told["prints"], told["status"] == "bad_input") == (printed(got), got.status == 65)
        assert [row["decides"] for row in told["table"]].count(True) == 1


def test_several_accounts_are_explained_by_their_names(explain, csolink, keyring, court):
    filer.add_account(csolink)
    add_other(csolink, court)
    told = explain(PACER)
    assert (told["status"], told["prints"], told["account"]) == ("bad_input", "nothing", None)
    assert LOGIN in told["why"] and OTHER in told["why"]


def test_a_sign_on_host_of_another_environment_gets_no_account_of_this_one(
        explain, csolink, keyring, court):
    filer.add_account(csolink)
    told = explain("qa-login.uscourts.gov")
    assert (told["environment"], told["account"], told["prints"]) == ("qa", None, "nothing")


# --- what get then does --------------------------------------------------------------------------

def linked(csolink, court, person):
    filer.set_up(csolink)
    csolink.get(host(COURT))


def not_linked(csolink, court, person):
    filer.set_up(csolink)


def without_a_filing_login(csolink, court, person):
    filer.add_account(csolink)
    csolink.get(host(COURT))


def refused(csolink, court, person):
    filer.add_account(csolink, password=NEW)
    csolink.get(host(COURT))


def without_its_court(csolink, court, person):
    filer.add_account(csolink)
    person.configure(connect_to=None)
    csolink.get(host(COURT))


def without_a_state_folder(csolink, court, person):
    filer.add_account(csolink)
    for path in sorted(person.state.rglob("*"), reverse=True):
        path.rmdir() if path.is_dir() else path.unlink()
    person.state.rmdir()
    person.write(person.state, "a file")


def without_an_account(csolink, court, person):
    pass


@pytest.mark.parametrize("situation, starts, status", [
    (linked, False, "ok"), (not_linked, True, "ok"), (without_a_filing_login, False, "needs_person"),
    (refused, True, "ok"), (without_its_court, False, "refused_by_policy"),
    (without_a_state_folder, None, "refused_by_policy"), (without_an_account, None, "absent")])
def test_what_is_explained_is_what_get_does(
        situation, starts, status, explain, csolink, keyring, court, person):
    situation(csolink, court, person)
    before = seen(court, person, keyring)
    told = explain(host(COURT))
    assert seen(court, person, keyring) == before
    assert (told.get("starts_a_run"), told["status"], told["court"]) == (starts, status, COURT)
    got = csolink.get(host(COURT))
    if told.get("refused_before"):
        assert printed(got) == "quit=1" and "rejected" in told["why"]
    else:
        assert printed(got) == told["prints"]
    if not starts:
        assert court.state()["connections"] == before[-1]


def test_a_refused_filing_password_is_explained_with_what_to_do(csolink, explain, keyring, court):
    filer.add_account(csolink)
    filer.add_filing(csolink, password=OTHER_PASSWORD)
    csolink.get(host(COURT))
    advice = f'"csolink filing add --account={LOGIN} {COURT} '
    told = explain(host(COURT))
    assert (told["status"], advice + 'jdoe"' in told["why"]) == ("rejected", True)
    assert csolink("filing", "remove", COURT).status == 0
    assert advice + 'FILING_LOGIN"' in explain(host(COURT))["why"]


def test_the_court_of_the_password_is_asked_over_https_alone(csolink, keyring, court):
    filer.add_account(csolink)
    told = json.loads(csolink("explain", "--json", f"http://{host(COURT)}/").out)
    assert (told["prints"], told["status"]) == ("quit=1", "refused_by_policy")


@pytest.mark.parametrize("lock", ["lock", "restart_locked"])
def test_a_locked_keyring_is_explained(lock, explain, csolink, keyring, court):
    filer.add_account(csolink)
    getattr(keyring, lock)()
    told = explain(host(COURT))
    assert (told["keyring"], told["prints"], told["court"]) == ("locked", "nothing", COURT)
    assert {row["holds"] for row in told["table"]} == {None}
    assert csolink.get(host(COURT)).out == ""


def test_no_keyring_is_explained(explain, court):
    told = explain(host(COURT))
    assert (told["keyring"], told["prints"]) == ("no_keyring", "nothing")


def test_no_password_is_read(csolink, keyring, court):
    """The bus tells: get asks for a secret, explain does not."""
    filer.set_up(csolink)

    def calls_of(*words):
        return keyring.calls_during(
            lambda: csolink(*words, input=filer.request(COURT) + "\n", prints_secret=True))

    explained = calls_of("explain", COURT)
    assert "SearchItems" in explained and "GetSecrets" not in explained
    assert "GetSecrets" in calls_of("get")


# --- requests ------------------------------------------------------------------------------------

@pytest.mark.parametrize("word, court_id", [
    (COURT, COURT), ("ALND", COURT), ("ecf.alnd.uscourts.gov", COURT),
    ("https://ecf.alnd.uscourts.gov/cgi-bin/login.pl?1", COURT), ("example.com", None),
    ("https://[::1]:8443/", None)])
def test_a_request_is_a_url_a_host_or_a_courts_id(csolink, keyring, court, word, court_id):
    told = json.loads(csolink("explain", "--json", word).out)
    assert told["court"] == court_id


def test_a_url_tells_user_name_and_port_and_its_password_goes_nowhere(
        csolink, keyring, court, secrets):
    secrets.add(NEW)
    told = csolink("explain", "--json", f"https://{LOGIN}:{NEW}@Example.com:8443/x")
    request = json.loads(told.out)
    assert (request["username"], request["host"]) == (LOGIN, "Example.com:8443")


@pytest.mark.parametrize("word", ["https://", "://", "https://x:99999/", "\x1b[2J"])
def test_what_is_no_request_is_bad_input(csolink, court, word):
    result = csolink("explain", word)
    assert (result.status, result.out) == (65, "")
    assert "\x1b" not in result.err


def test_a_strangers_host_does_not_move_the_cursor(csolink, keyring, court):
    result = csolink("explain", "https://\N{CONTROL SEQUENCE INTRODUCER}2J.example.com/")
    assert result.out.isascii()


def test_lines_for_people_say_the_same(csolink, keyring, court):
    filer.set_up(csolink)
    told = csolink("explain", COURT).out
    assert re.search(r"^ +\d+ yes there is one only: that one  <- decides$", told, re.M)
    assert re.search(rf"^account +{LOGIN}$", told, re.M)
    assert re.search(r"^a run would start +yes$", told, re.M)
    assert re.search(r"^get prints +username and password \(ok\)", told, re.M)


# --- use -----------------------------------------------------------------------------------------

def in_a_shell(person, script):
    return person.run("sh", "-c", script)


def test_a_shell_uses_an_account_until_it_does_not(csolink, keyring, court, person):
    filer.add_account(csolink)
    add_other(csolink, court)
    script = (f'eval "$(csolink use {OTHER})"; echo "$CSOLINK_ACCOUNT"; '
              'csolink explain --json alnd; eval "$(csolink use)"; echo "${CSOLINK_ACCOUNT-unset}"')
    first, told, last = re.fullmatch(r"(\S+)\n(.*)\n(\S+)\n", in_a_shell(person, script),
                                     re.S).groups()
    assert (first, json.loads(told)["account"], last) == (OTHER, OTHER, "unset")


def test_no_login_is_code_for_the_shell(csolink, keyring, court, person, secrets):
    secrets.add(NEW)
    filer.add_account(csolink, login=ODD, password=NEW, purpose="search", otp="none")
    line = csolink("use", ODD).out
    assert in_a_shell(person, f'{line}printf %s "$CSOLINK_ACCOUNT"') == ODD


@pytest.mark.parametrize("lock", [False, True])
def test_an_account_that_is_not_there_is_not_used(csolink, keyring, court, lock):
    filer.add_account(csolink)
    if lock:
        keyring.lock()
    result = csolink("use", LOGIN if lock else "nobody99")
    assert (result.status, result.out) == (3 if lock else 1, "")
    assert result.err.count("\n") == 1


def test_a_person_at_a_terminal_is_told_how_to_use_it(csolink, keyring, court):
    filer.add_account(csolink)
    with csolink.terminal("use", LOGIN, output=False) as terminal:
        terminal.expect(re.escape(f"export CSOLINK_ACCOUNT='{LOGIN}'"))
        terminal.expect(re.escape(f"eval \"$(csolink use {LOGIN})\""))
        assert terminal.wait() == 0
