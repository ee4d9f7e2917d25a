# SPDX-License-Identifier: MIT
"""maintenance/courts-from-lookup: PACER's lookup becomes the court directory, or nothing does."""

import json
import subprocess

import pytest

from support.places import TREE

SCRIPT = TREE / "maintenance/courts-from-lookup"
HEADER = """\
# The courts of the United States on CM/ECF: csolink's court directory.
# Source: PACER, court CM/ECF lookup (data.json of Sun, 01 Jan 2023 06:10:05 -0500); NextGen dates \
from the courts' notices.
# Columns, separated by tabs: id, name, type, host, PACER court code, NextGen since (empty: not known).
"""


def entry(code, title, kind="District", host=None, **more):
    """An entry in the lookup's shape; the real ones have counties, flags and addresses too."""
    host = host or f"ecf.{code[:-1].lower()}.uscourts.gov"
    return {"title": title, "court_name": "", "software_version": "NextGen CM/ECF Release 1.7.1",
            "login_url": f"https://{host}", "web_url": "http://www.example.org/",
            "counties": [{"name": "Albany", "state": "Wyoming"}], "circuit": "10",
            "court_id": code, "type": kind, **more}


LOOKUP = [
    {"title": "Pacer Case Locator", "login_url": "https://pcl.uscourts.gov/search",
     "court_id": "00PCL", "type": "District"},
    entry("WYDC", "Wyoming District Court"),
    entry("WYBK", "Wyoming  Bankruptcy Court &amp; Annex", "Bankruptcy", "ecf.wyb.uscourts.gov"),
    entry("09BAP", "Invented Panel", "Appeals", "ecf.ca9.uscourts.gov"),
    entry("09CA", "Invented Circuit", "Appeals", "ecf.ca9.uscourts.gov"),
    entry("INVTC", "Invented Trade Court", "National", "ecf.invt.uscourts.gov"),
]
TABLE = HEADER + """\
bap9	Invented Panel	appellate	ecf.ca9.uscourts.gov	09BAP	
ca9	Invented Circuit	appellate	ecf.ca9.uscourts.gov	09CA	
wyd	Wyoming District Court	district	ecf.wyd.uscourts.gov	WYDC	
wyb	Wyoming Bankruptcy Court & Annex	bankruptcy	ecf.wyb.uscourts.gov	WYBK	
invt	Invented Trade Court	other	ecf.invt.uscourts.gov	INVTC	
"""


@pytest.fixture
def run(tmp_path):
    """Runs the script over a lookup and an old table: status, table, and what it says."""
    def run(entries, old=None, text=None):
        lookup = tmp_path / "data.json"
        lookup.write_text(text if text is not None else json.dumps({
            "meta": {"last_updated": "Sun, 01 Jan 2023 06:10:05 -0500"}, "data": entries}))
        arguments = [SCRIPT, lookup]
        if old is not None:
            arguments.append(tmp_path / "old.tsv")
            arguments[-1].write_text(old)
        done = subprocess.run(arguments, capture_output=True, text=True)
        return done.returncode, done.stdout, done.stderr
    return run


def test_the_lookup_becomes_a_sorted_table_whatever_its_order(run):
    for entries in (LOOKUP, LOOKUP[::-1]):
        status, table, said = run(entries, TABLE)
        assert (status, table) == (0, TABLE)
        assert said == "left out, not on CM/ECF: 00PCL\n"


def test_dates_ids_and_rows_made_by_hand_come_from_the_old_table(run):
    by_hand = "# by hand: an invented court that PACER does not list\n" \
              "hand\tBy Hand\tother\tecf.hand.uscourts.gov\tHANDC\t2031-01\n"
    old = by_hand + "wyoming\tWyoming District Court\tdistrict\tecf.wyd.uscourts.gov\tWYDC\t" \
                    "2019-02-04\ngone\tGone\tdistrict\tecf.gone.uscourts.gov\tGONEC\t\n"
    status, table, said = run(LOOKUP, old)
    assert status == 0
    assert by_hand in table
    assert "\nwyoming\tWyoming District Court\tdistrict\tecf.wyd.uscourts.gov\tWYDC\t2019-02-04\n" \
        in table
    assert "gone: gone\tGone" in said and "GONEC" not in table
    assert "added: wyb\t" in said


def test_a_host_that_changed_is_told_first_and_loudly(run):
    old = TABLE.replace("ecf.wyb.", "ecf.older.").replace("Invented Circuit", "Older Name")
    status, table, said = run(LOOKUP, old)
    assert (status, table) == (0, TABLE)
    assert said.splitlines()[0] == ("HOST CHANGED: wyb: host was ecf.older.uscourts.gov, is "
                                    "ecf.wyb.uscourts.gov")
    assert "changed: ca9: name was Older Name, is Invented Circuit" in said


def test_a_host_by_hand_stays_and_is_told(run):
    old = TABLE.replace("wyb\t", "# by hand: moved early\nwyb\t").replace("ecf.wyb.", "ecf.wyb2.")
    status, table, said = run(LOOKUP, old)
    assert (status, "ecf.wyb2.uscourts.gov" in table) == (0, True)
    assert "HOST BY HAND: wyb: ecf.wyb2.uscourts.gov stays" in said


@pytest.mark.parametrize("bad, word", [
    (entry("EVILC", "Evil", host="ecf.uscourts.gov.example.com"), "not in uscourts.gov"),
    (entry("EVILC", "Evil", host="eviluscourts.gov"), "not in uscourts.gov"),
    (entry("EVILC", "Evil", login_url="https://ecf.evil.uscourts.gov@example.com/"),
     "not in uscourts.gov"),
    (entry("EVILC", "Evil", login_url=""), "no id"),
    (entry("EVILC", "E\x1bvil"), "cannot be printed"),
    (entry("EVILC", "Evil", kind="Local"), "type is unknown"),
    (entry("../evil", "Evil", host="ecf.evil.uscourts.gov"), "court_id"),
    (entry("EVILC", "Evil", host="ecf.wyd.uscourts.gov"), "two courts have the id wyd"),
    (entry("WYDC", "Wyoming again"), "twice"),
    (entry("EVILC", ["Evil"]), "no text"),
    ("words", "no object"),
])
def test_a_bad_entry_makes_no_table(run, bad, word):
    status, table, said = run([*LOOKUP, bad])
    assert (status, table) == (1, "")
    assert word in said and "Traceback" not in said


@pytest.mark.parametrize("text", ["", "{", "[]", "{\"data\": []}", "<html></html>",
                                  "{\"meta\": {\"last_updated\": \"1\"}, \"data\": {}}",
                                  "{\"meta\": {\"last_updated\": \"a\\nb\"}, \"data\": [1]}"])
def test_no_lookup_makes_no_table(run, text):
    status, table, said = run([], text=text)
    assert (status, table) == (1, "")
    assert "Traceback" not in said


def test_the_shipped_table_is_as_the_script_writes_one(run):
    shipped = (TREE / "etc/courts.tsv").read_text()
    kinds = {"appellate": "Appeals", "district": "District", "bankruptcy": "Bankruptcy",
             "other": "National"}
    rows = [line.split("\t") for line in shipped.splitlines() if not line.startswith("#")]
    entries = [entry(row[4], row[1], kinds[row[2]], row[3]) for row in rows]
    status, table, said = run(entries, shipped)
    assert (status, said) == (0, "")
    assert table.splitlines()[3:] == shipped.splitlines()[3:]
