# SPDX-License-Identifier: MIT
"""csolink history: when, which program asked, how it ended; and no secret."""

import json
import stat
import time

import pytest

from support import filer
from support.background import ask, wait_for_end
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import PROGRAMS
from support.state import State

WRONG = "Wrong-Invented-Secret5"
LINES = 1000


@pytest.fixture
def filing(keyring, court, csolink, secrets):
    secrets.add(WRONG)
    filer.add_account_without_codes(csolink, court)
    return csolink


@pytest.fixture
def history(csolink):
    def read(*options):
        result = csolink("history", "--json", *options)
        assert result.status == 0, result.err
        return json.loads(result.out)
    return read


def tool(person, name, calls):
    """A program of hers that calls csolink; an interpreter runs it, as most tools."""
    path = person.home / name
    person.write(path, f"""#!/usr/bin/python3
import subprocess, sys
subprocess.run({calls!r}, input=sys.stdin.read(), text=True)
""")
    with person.acting():
        path.chmod(0o755)
    return path


def test_a_first_use_is_told_with_its_program_and_its_end(filing, court, person, history):
    assert filer.add_filing(filing).status == 0
    script = tool(person, "file-it", [str(PROGRAMS / "csolink"), "get"])
    person.run(script, "--password=Invented-Argument7", input=filer.request(COURT) + "\n")
    rows = history()
    assert [(row["operation"], row["court"], row["status"], row["sent"]) for row in rows] == [
        ("sign-on", None, "ok", True), ("link", COURT, "ok", True)]
    assert all(row["by"] == ["file-it (python3.11)"] for row in rows)
    assert all(row["account"] == LOGIN for row in rows)
    assert court.state()["sign_on_requests"] == 1


def test_the_accounts_are_told_in_the_order_of_time(filing, court, history):
    other = "aroe1234"  # before hers in the alphabet
    court.world(accounts={other: {"password": filer.ACCOUNT["password"]}})
    filer.add_account(filing, other, purpose="search", otp="none")
    for login in (LOGIN, other, LOGIN):
        assert filing("login", f"--account={login}").status == 0
        assert filing("logout", f"--account={login}").status == 0
        begun = int(time.time())
        while int(time.time()) == begun:
            time.sleep(0.02)
    assert [row["account"] for row in history()] == [LOGIN] * 2 + [other] * 2 + [LOGIN] * 2


def test_the_file_is_hers_alone_and_holds_no_secret(filing, person, secrets):
    assert filer.add_filing(filing).status == 0
    script = tool(person, "file-it", [str(PROGRAMS / "csolink"), "get"])
    person.run(script, "--password=Invented-Argument7", input=filer.request(COURT) + "\n")
    file = State(person).history
    secrets.add("Invented-Argument7")
    secrets.watch("the history", file.read_text())
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert file.stat().st_uid == person.uid


def test_behind_git_and_shells_stands_who_called_them(filing, history, person):
    script = tool(person, "nightly", ["sh", "-c", f"{PROGRAMS}/csolink link {BANKRUPTCY}; true"])
    person.run(script)
    assert history()[0]["by"] == ["sh (dash)", "nightly (python3.11)"]
    filing.git_credential("fill", host(COURT))
    names = history()[0]["by"]
    assert names[0].startswith("sh") or names[0].startswith("git")


def test_no_more_than_four_names_are_told(filing, history, person):
    person.write(person.home / "script0", f"{PROGRAMS}/csolink link {BANKRUPTCY}; true\n")
    for level in range(5):
        person.write(person.home / f"script{level + 1}", f"sh script{level}; true\n")
    person.run("sh", "script5")
    assert history()[0]["by"] == ["sh (dash)"] * 4


def test_a_refusal_is_told_and_so_is_that_nothing_is_sent_after_it(filing, court, history):
    court.world(accounts={LOGIN: {"password": "Another-Invented-Secret9"}})
    for _ in range(2):
        filing("link", COURT)
    assert [(row["status"], row["sent"]) for row in history()] == [
        ("rejected", True), ("rejected", False)]
    text = filing("history").out.splitlines()
    assert "rejected, nothing sent" in text[1] and "nothing sent" not in text[0]


def test_a_refusal_by_the_limit_is_told(filing, court, person, history):
    person.configure(sign_ons_per_hour=1)
    for _ in range(2):
        court.expire_tokens()
        filing("link", BANKRUPTCY)
    assert [(row["status"], row["sent"]) for row in history()] == [
        ("ok", True), ("refused_by_policy", False)]


def test_a_second_try_with_another_code_is_an_event_of_its_own(
        keyring, court, csolink, history):
    filer.add_account(csolink)
    court.clock(600)
    csolink("link", BANKRUPTCY)
    assert [row["status"] for row in history()] == ["rejected", "ok"]
    assert court.state()["sign_on_requests"] == 2


def test_a_killed_sign_on_is_told_without_an_end(filing, court, history):
    filer.kill_held(filer.start_held(filing, court, "link", COURT), court)
    row, = history()
    assert (row["operation"], row["status"]) == ("sign-on", None)
    assert "its end is not known" in filing("history").out


def test_damaged_lines_are_skipped_and_cost_nothing_that_follows(filing, court, person, history):
    filing("link", BANKRUPTCY)
    file = State(person).history
    with file.open("ab") as damaged:
        damaged.write(b'null\n[1]\n{"id": 7}\n\xff\xfe{\n\n{"id":"x","at":1,"opera')
    court.expire_tokens()
    filing("link", BANKRUPTCY)
    assert [row["operation"] for row in history()] == ["sign-on", "sign-on"]


def test_control_characters_in_the_file_do_not_reach_the_terminal(filing, person):
    filing("link", BANKRUPTCY)
    evil = {"id": "x", "at": 1, "operation": "sign\x1b[2J-on", "by": ["a\x1b]0;b\x07\nc"],
            "status": "ok\u009b", "court": "al\r\nnd"}
    with State(person).history.open("a") as file:
        file.write(json.dumps(evil) + "\n")
    for options in ([], ["--json"]):
        out = filing("history", *options).out
        assert not [c for c in out if not (c == "\n" or " " <= c <= "~")]
    assert len(filing("history").out.splitlines()) == 2


def test_a_programs_name_cannot_move_the_cursor(filing, person, history):
    script = tool(person, "a\x1b[2J", [str(PROGRAMS / "csolink"), "link", BANKRUPTCY])
    person.run(script)
    assert history()[0]["by"] == ["a?[2J (python3.11)"]


def test_the_file_does_not_grow_for_ever(filing, court, person, history):
    filing("link", BANKRUPTCY)
    file = State(person).history
    line = json.dumps({"id": "old", "at": 1, "operation": "sign-on", "by": [], "status": "ok"})
    with file.open("a") as longer:
        longer.writelines(line.replace("old", f"old{i}") + "\n" for i in range(2 * LINES))
    court.expire_tokens()
    filing("link", BANKRUPTCY)
    assert len(file.read_text().splitlines()) <= LINES
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert history()[-1]["at"] > "2020" and history()[-1]["status"] == "ok"
    assert history()[-2]["at"] < "1971"


def test_without_a_keyring_the_history_is_there(filing, keyring, history):
    filing("link", BANKRUPTCY)
    keyring.end()
    assert len(history(f"--account={LOGIN}")) == 1


def test_an_account_that_is_not_known_is_absent(filing):
    result = filing("history", "--account=nobody99")
    assert (result.status, result.out) == (1, "")


@pytest.mark.pam
def test_a_login_is_told_as_one(filing, court, person, history):
    assert filer.add_filing(filing).status == 0
    assert ask(person, "session", link="login") == {"status": "ok"}
    wait_for_end(person)
    rows = history()
    assert [row["operation"] for row in rows] == ["sign-on", "link"]
    assert all(row["by"] == ["pam (csolink-session)"] for row in rows)


def test_the_history_of_many_at_once_loses_no_line(filing, court, history):
    court.world(accounts={LOGIN: {"password": "Another-Invented-Secret9"}})
    processes = [filing.start("link", court_id, stdin=None)
                 for court_id in (COURT, BANKRUPTCY) * 10]
    for process in processes:
        filing.finish(process, None)
    rows = history()
    assert [row["sent"] for row in rows].count(True) == 1
    assert all(row["status"] == "rejected" for row in rows)
