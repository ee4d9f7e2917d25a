# SPDX-License-Identifier: MIT
"""Copies of pages that were not recognised: few, the user's alone, and nothing of hers in them."""

import json
import re

import pytest

from support import filer
from support.filer import COURT, LOGIN

# Courts of the directory; a filing login of the same words is invented for each.
COURTS = ["akd", "almd", "alsd", "ared", "arwd", "azd", "cacd", "caed", "cand", "casd", "cod", "ctd"]
MOST = 10


@pytest.fixture
def filing(keyring, court, csolink):
    """A filer at a court whose confirmation page has her names, and one that cannot be one."""
    filer.set_up_without_codes(csolink, court)
    court.fault("names", name=f"Jane Q. Doe <jdoe@{LOGIN}.example>")
    return csolink


def pages(person):
    return person.state / "pages"


def copies(person):
    return sorted(path.name for path in pages(person).iterdir())


def not_recognised(csolink, *courts):
    result = csolink("link", *courts)
    assert result.status == 76, result.err
    return result.err


def test_the_ten_newest_of_twelve_are_kept_without_what_is_hers(
        filing, court, csolink, secrets, person):
    password = "Invented-Filing-Everywhere7"
    secrets.add(password)
    court.world(courts={name: {"filing_logins": {"jdoe": {
        "password": password, "name": "Jane Q. Doe"}}} for name in COURTS})
    for name in COURTS:
        assert filer.add_filing(csolink, name, password=password).status == 0
    said = not_recognised(csolink, *COURTS)
    assert copies(person) == [f"practice-{name}.page.html" for name in COURTS[-MOST:]]
    assert pages(person).stat().st_mode & 0o777 == 0o700
    token = csolink("token", prints_secret=True).out.strip()
    hers = [password, filer.ACCOUNT["password"], token, LOGIN, "jdoe", "Jane", "Doe"]
    for path in pages(person).iterdir():
        assert (path.stat().st_mode & 0o777, path.stat().st_uid) == (0o600, person.uid)
        text = path.read_text()
        assert "<form" in text
        assert not [word for word in hers if word in text]
        assert not re.search(r"[A-Za-z0-9]{60}", text)
        assert f"~/{path.relative_to(person.home)}" in said


def test_a_courts_next_copy_takes_the_place_of_the_one_before(filing, csolink, person):
    not_recognised(csolink, COURT)
    copy = pages(person) / f"practice-{COURT}.page.html"
    person.write(copy, "an older page\n")
    not_recognised(csolink, COURT)
    assert copies(person) == [copy.name]
    assert "<form" in copy.read_text()


def test_status_names_the_copy_as_long_as_it_is_there(filing, csolink, person):
    not_recognised(csolink, COURT)
    copy = pages(person) / f"practice-{COURT}.page.html"
    named = f"a copy of the page is in ~/{copy.relative_to(person.home)}"
    assert named in " ".join(csolink("status").out.split())
    row, = json.loads(csolink("status", "--json").out)["accounts"][0]["courts"]
    assert row["next"].endswith(named)
    copy.unlink()
    assert "a copy" not in csolink("status").out


def test_no_link_leads_a_copy_elsewhere(filing, csolink, person):
    victim = person.home / "victim"
    person.write(victim, "hers\n")
    copy = pages(person) / f"practice-{COURT}.page.html"
    person.write(pages(person) / "keep", "")
    copy.symlink_to(victim)
    not_recognised(csolink, COURT)
    assert (victim.read_text(), copy.is_symlink()) == ("hers\n", False)


def test_a_folder_that_leads_elsewhere_gets_none(filing, csolink, person):
    elsewhere = person.home / "elsewhere"
    with person.acting():
        elsewhere.mkdir()
        pages(person).symlink_to(elsewhere)
    assert "a copy is in" not in not_recognised(csolink, COURT)
    assert list(elsewhere.iterdir()) == []
