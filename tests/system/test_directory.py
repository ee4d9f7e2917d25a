# SPDX-License-Identifier: MIT
"""The court directory: what the administrator adds in /etc counts, what anybody else adds does not."""

import pathlib
import shutil

import pytest

from support import filer
from support.filer import COURT, LOGIN, host

pytestmark = pytest.mark.pam  # root alone writes to /etc
FOLDER = pathlib.Path("/etc/csolink/courts.d")
NEW = "newd\tInvented Court\tdistrict\tecf.newd.uscourts.gov\tNEWDC\t\n"
FILING = {"jdoe": {"password": "Invented-Newd-Filing7", "name": "Jane Q. Doe"}}


@pytest.fixture
def tables():
    """Writes a table of the administrator's, until the test ends."""
    def write(name, text):
        FOLDER.mkdir(exist_ok=True)
        (FOLDER / name).write_text(text)
    yield write
    shutil.rmtree(FOLDER, ignore_errors=True)


def test_courts_are_added_and_moved_by_the_administrator(
        keyring, court, csolink, secrets, tables):
    tables("10-firm.tsv", NEW + f"{COURT}\tMoved\tdistrict\tecf.moved.uscourts.gov\tALNDC\t\n")
    secrets.add(FILING["jdoe"]["password"])
    court.world(courts={"newd": {"name": "Invented Court", "type": "district",
                                 "host": "ecf.newd.uscourts.gov", "filing_logins": FILING},
                        COURT: {"host": "ecf.moved.uscourts.gov"}})
    filer.add_account_without_codes(csolink, court)
    assert filer.add_filing(csolink, "newd", password=FILING["jdoe"]["password"]).status == 0
    assert filer.add_filing(csolink, COURT).status == 0
    result = csolink("link", "newd", COURT)
    assert result.status == 0, result.err
    assert result.err == ""
    assert csolink.get("ecf.newd.uscourts.gov").fields["username"] == LOGIN
    assert {link["court"] for link in court.state()["links"]} == {"newd", COURT}
    assert court.state()["requests_by_host"].get(host(COURT), 0) == 0
    assert court.state()["violations"] == []


def test_nothing_of_a_users_extends_it(keyring, court, csolink, person):
    for folder in (".config/csolink", ".local/share/csolink", ".local/state/csolink"):
        person.write(person.home / folder / "courts.d/1.tsv", NEW)
        person.write(person.home / folder / "courts.tsv", NEW)
    home = str(person.home)
    env = {"XDG_DATA_DIRS": f"{home}/.local/share", "XDG_CONFIG_DIRS": f"{home}/.config",
           "XDG_CONFIG_HOME": f"{home}/.config", "XDG_DATA_HOME": f"{home}/.local/share",
           "CSOLINK_SYSCONFDIR": f"{home}/.config/csolink"}
    result = csolink("link", "newd", env=env)
    assert (result.status, "no such court" in result.err) == (65, True)


def test_people_are_told_what_does_not_count_and_git_is_not(keyring, court, csolink, tables):
    tables("1-bad.tsv", "newd\tInvented\tdistrict\tecf.example.com\tNEWDC\t\n" + NEW)
    tables("2-loose.tsv", NEW)
    tables("3-\x1b[1m.tsv", "words\n")
    (FOLDER / "2-loose.tsv").chmod(0o666)
    told = [f"csolink: {FOLDER}/1-bad.tsv: line 1 does not count: its host is outside uscourts.gov",
            f"csolink: {FOLDER}/2-loose.tsv does not count: it, or its folder, can be written by "
            "others than root",
            "line 1 does not count: it has not 6 fields between tabs"]
    for command in (["link", "nosuch"], ["explain", "newd"]):
        lines = csolink(*command).err.splitlines()
        assert lines[:2] == told[:2]
        assert lines[2].endswith(told[2]) and "\x1b" not in lines[2]
    assert "ecf.newd.uscourts.gov" in csolink("explain", "newd").out
    for word in ("get", "store", "erase"):
        assert csolink(word, input=filer.request(COURT) + "\n").err == ""
