# SPDX-License-Identifier: MIT
"""Which account answers: nobody files as a colleague by default, and searches never sign."""

import pytest

from support import filer
from support.filer import COURT, LOGIN, host

OTHER = "rroe5678"


@pytest.fixture
def two_filers(keyring, court, csolink, secrets):
    secrets.add("Invented-Other-Password8")
    court.world(accounts={OTHER: {"password": "Invented-Other-Password8", "filer": True,
                                  "name": "Richard Roe"}})
    filer.add_account(csolink)
    filer.add_account(csolink, login=OTHER, password="Invented-Other-Password8", otp="none")
    return csolink


def test_two_filers_and_none_named_is_bad_input_with_their_names(two_filers, court):
    result = two_filers.get(host(COURT))
    assert (result.status, result.out) == (65, "")
    assert LOGIN in result.err and OTHER in result.err
    assert court.state()["requests"] == 0


def test_only_the_filing_logins_own_account_is_linked(two_filers, court):
    filer.add_filing(two_filers, account=LOGIN)
    assert "needs_person" in two_filers.get(host(COURT), username=OTHER).err
    assert court.state()["link_submissions"][COURT] == 0
    assert two_filers.get(host(COURT), username=LOGIN).err == ""
    assert [link["account"] for link in court.state()["links"]] == [LOGIN]


def test_a_filing_login_belongs_to_one_account(two_filers):
    assert filer.add_filing(two_filers, account=LOGIN).status == 0
    result = filer.add_filing(two_filers, account=OTHER)
    assert (result.status, LOGIN in result.err) == (65, True)


def test_the_named_account_answers_or_nothing(two_filers):
    assert two_filers.get("pacer.login.uscourts.gov", username=OTHER).fields["username"] == OTHER
    nobody = two_filers.get("pacer.login.uscourts.gov", username="nobody99")
    assert (nobody.status, nobody.out, nobody.err) == (0, "", "")
    named = two_filers.get("pacer.login.uscourts.gov", options=["--account=" + LOGIN])
    assert named.fields["username"] == LOGIN


def test_the_environment_and_the_configuration_prefer_an_account(two_filers, person):
    preferred = two_filers.get("pacer.login.uscourts.gov", env={"CSOLINK_ACCOUNT": OTHER})
    assert preferred.fields["username"] == OTHER
    person.configure(account=LOGIN)
    assert two_filers.get("pacer.login.uscourts.gov").fields["username"] == LOGIN


def test_unmarked_requests_get_the_search_account(two_filers, secrets):
    secrets.add("Invented-Search-Password8")
    filer.add_account(two_filers, login="desk0001", password="Invented-Search-Password8",
                      purpose="search", otp="none")
    assert two_filers.get(host(COURT)).fields["username"] == "desk0001"
    assert two_filers.get(host(COURT), options=["--purpose=file"]).status == 65
    named = two_filers.get(host(COURT), username=LOGIN, options=["--purpose=search"])
    assert named.out == ""


def test_environments_never_mix(two_filers):
    result = two_filers.get("qa-login.uscourts.gov")
    assert (result.status, result.out, result.err) == (0, "", "")
    assert two_filers("account", "list", "--environment=production").out == ""


def test_an_account_of_another_environment_never_goes_to_the_practice_court(
        two_filers, court, person):
    person.configure(environment="production", connect_timeout=1)
    filer.add_account(two_filers)
    result = two_filers.get(host(COURT))
    assert result.fields["username"] == LOGIN
    assert "offline" in result.err
    state = court.state()
    assert (state["connections"], state["requests"]) == (0, 0)


@pytest.mark.parametrize("missing", ["connect_to", "ca_file"])
def test_practice_without_its_court_is_refused(two_filers, person, missing):
    person.configure(**{missing: None})
    result = two_filers.get(host(COURT), username=LOGIN)
    assert (result.status, result.out) == (77, "quit=1\n\n")
    assert "refused_by_policy" in result.err


def test_items_have_every_attribute_and_the_secret_alone_as_value(two_filers, keyring):
    """A search by fewer attributes would find, and a store swallow, an item that has more."""
    filer.add_filing(two_filers, account=LOGIN)
    names = [set(item["attributes"]) for item in keyring.items()]
    assert len(names) > 3 and not [other for other in names if other != names[0]]
    assert keyring.lookup(kind="account", account=LOGIN) == filer.ACCOUNT["password"]
    assert keyring.lookup(kind="otp", account=LOGIN) == filer.ACCOUNT["otp_secret"]
    assert keyring.lookup(kind="filing", account=LOGIN) == filer.filing_password(COURT)


def test_removing_an_account_removes_all_its_secrets(two_filers, keyring):
    filer.add_filing(two_filers, account=LOGIN)
    assert two_filers("account", "remove", LOGIN).status == 0
    left = [item["attributes"] for item in keyring.items()]
    assert not [item for item in left if item.get("account") == LOGIN]
    assert [item for item in left if item.get("account") == OTHER]


@pytest.mark.parametrize("arguments, lines, word", [
    (["account", "add", "--purpose=file", "new1234"], "", "password="),
    (["account", "add", "--purpose=file", "--otp=stored", "new1234"], "password=x\n",
     "otp_secret="),
    (["account", "add", "--purpose=file", "--otp=stored", "new1234"],
     "password=x\notp_secret=0189\n", "base32"),
    (["account", "add", "new1234"], "password=x\n", "--purpose"),
    (["account", "add", "--purpose=file", "new 1234"], "password=x\n", "blank"),
    (["account", "add", "--purpose=search", "--client-code=a,b", "new1234"], "password=x\n",
     "client code"),
    (["account", "add", "--purpose=file", LOGIN], "password=x\n", "stored already"),
    (["account", "add", "--purpose=file", "new1234"], "password=\n", "empty"),
    (["filing", "add", "--account=" + LOGIN, "nowhere", "jdoe"], "password=x\n", "no such court"),
])
def test_bad_input_says_why_and_changes_nothing(two_filers, keyring, arguments, lines, word):
    before = keyring.items()
    result = two_filers(*arguments, input=lines)
    assert (result.status, word in result.err) == (65, True), result.err
    assert keyring.items() == before


@pytest.mark.parametrize("arguments, lines, key", [
    (["account", "add", "--purpose=file", "new1234"], "password=x\npassword=x\n", "password="),
    (["account", "add", "--purpose=file", "--otp=stored", "new1234"],
     "password=x\notp_secret=ABCDEFGH\notp_secret=HGFEDCBA\n", "otp_secret="),
    (["account", "password", LOGIN], "password=\npassword=x\n", "password="),
    (["account", "otp", LOGIN], "otp_secret=ABCDEFGH\notp_secret=HGFEDCBA\n", "otp_secret="),
    (["filing", "add", "--account=" + LOGIN, COURT, "jdoe"], "password=x\npassword=y\n",
     "password="),
])
def test_of_two_secrets_none_is_stored(two_filers, keyring, court, arguments, lines, key):
    filer.add_filing(two_filers, account=LOGIN)

    def stored():
        return keyring.items(), [keyring.lookup(kind=kind, account=LOGIN)
                                 for kind in ("account", "otp", "filing")]
    before = stored()
    result = two_filers(*arguments, input=lines)
    assert (result.status, f"more than one line {key}" in result.err) == (65, True), result.err
    assert (stored(), court.state()["requests"]) == (before, 0)


def test_a_home_that_is_no_absolute_path_does_not_scatter_the_state(
        keyring, court, csolink, person):
    """What was refused in one working directory would be sent again from another."""
    filer.add_account(csolink)
    before = sorted(person.state.rglob("*.state"))
    settings = {"HOME": "elsewhere", "XDG_CONFIG_HOME": str(person.configuration.parents[1])}
    told = csolink.get(host(COURT), env=settings)
    assert told.fields["username"] == LOGIN
    assert sorted(person.home.rglob("*.state")) == before != []


@pytest.mark.parametrize("name", ["account", "purpose", "otp", "client_code"])
def test_an_item_with_control_characters_is_no_account_and_never_reaches_a_terminal(
        two_filers, keyring, person, name):
    keyring.set_attribute("account", name, "x\x1b]0;invented\x07")
    person.write(person.state / "practice/x%1b]0;invented.state", "")
    for command in (["status"], ["account", "list"], ["explain", f"https://{host(COURT)}"],
                    ["token"], ["session", "notice"], ["history"]):
        result = two_filers(*command, prints_secret=True)
        assert "\x1b" not in result.out + result.err, command
    keyring.lock()
    assert "\x1b" not in two_filers("status").out
