# SPDX-License-Identifier: MIT
"""csolink courts and csolink status: the directory, how she stands at each court, what to do."""

import datetime
import json
import re
import shutil

import pytest

from support import filer
from support.filer import BANKRUPTCY, COURT, LOGIN, host
from support.places import BUILD, TREE
from support.state import State

TOMORROW = datetime.date.today() + datetime.timedelta(days=2)
THIS_MONTH = f"{datetime.date.today():%Y-%m}"
NEXT_MONTH = f"{datetime.date.today().replace(day=28) + datetime.timedelta(days=7):%Y-%m}"

# How a run can end: the state that people see, and words of what they do about it.
ENDS = {
    "ok": ("linked", None),
    "needs_code": ("not linked", 'run "csolink link {}" in a terminal'),
    "needs_acknowledgement": ("not linked", 'run "csolink link {}" in a terminal'),
    "names_differ": ("not linked", '"csolink link {}"'),
    "needs_person": ("not linked", 'run "csolink link {}" in a terminal'),
    "cancelled": ("not linked", 'run "csolink link {}"'),
    "not_offered": ("not linked", "request filing privileges at PACER: Manage My Account, "
                    "Maintenance tab, Attorney (or Non-Attorney) Admissions / E-File Registration"),
    "not_nextgen": ("not linked", "ask the court"),
    "manual_court": ("not linked", '"csolink link {}" prints the steps'),
    "page_not_recognised": ("not linked", '"csolink link --check {}" asks whether it is linked'),
    "offline": ("pending", 'a later use tries again, or "csolink link {}" now'),
    "timed_out": ("pending", "a later use tries again"),
    "court_error": ("pending", "a later use tries again"),
    "tls_failed": ("not linked", "tell your administrator; nothing was sent over that connection"),
    "rejected": ("pending", f'"csolink account password {LOGIN}"'),
    "refused_by_policy": ("not linked", '"csolink link --check {}" asks whether it is linked'),
}


@pytest.fixture
def remembered(person, csolink):
    """A state file with a court for each way in which a run can end; no keyring, no court."""
    person.configure(environment="practice")
    ids = sorted(line.split("\t")[0] for line in (BUILD / "courts.tsv").read_text().splitlines()
                 if "\tdistrict\t" in line)
    courts = dict(zip(ENDS, ids))
    groups = [f"[court {court}]\nlast_status={end}\nlast_at=1700000000\nlast_run=1\n"
              + ("linked=true\nlinked_at=1700000000\n" if end == "ok" else "")
              for end, court in courts.items()]
    person.write(State(person).file, "\n".join(groups))
    return courts


@pytest.fixture
def own_directory(person):
    """Copies the programs to a folder whose court table the test may change; the table's path."""
    folder = person.home / "programs"
    with person.acting():
        folder.mkdir()
    for name in ("csolink", "csolink-net", "csolink-bus.so", "courts.tsv"):
        shutil.copy(BUILD / name, folder)
        (folder / name).chmod(0o755)
    return folder / "courts.tsv"


def join_nextgen_on(table, court, date):
    rows = [line.split("\t") for line in table.read_text().splitlines()]
    for row in rows:
        if row[0] == court:
            row[5] = str(date)
    table.write_text("\n".join("\t".join(row) for row in rows) + "\n")


# --- courts ---

def courts(csolink, *arguments):
    result = csolink("courts", "--json", *arguments)
    assert (result.status, result.err) == (0, "")
    return {row["court"]: row for row in json.loads(result.out)}


@pytest.mark.parametrize("pattern, found", [
    ("alnd", {"alnd"}), ("ALND", {"alnd"}), ("ecf.ca9.", {"ca9", "bap9"}),
    ("international trade", {"cit"}), ("ALNDC", {"alnd"}), ("al?d", {"alnd"} | {"alsd", "almd"}),
    ("*first circuit*", {"ca1", "bap1"})])
def test_a_pattern_is_a_part_of_id_name_host_or_code_or_a_glob(csolink, person, pattern, found):
    person.configure(environment="practice")
    assert set(courts(csolink, pattern)) == found


def test_all_courts_are_listed_without_a_pattern_and_none_is_an_error(csolink, person):
    person.configure(environment="practice")
    assert len(courts(csolink)) == 208
    result = csolink("courts", "no-such-court\033[2J")
    assert (result.status, result.out) == (1, "")
    assert result.err == "csolink: no court's id, name, host or PACER code matches " \
                         "no-such-court?[2J\n"


def test_the_list_tells_links_from_files_alone(remembered, csolink):
    """There is neither a bus nor a keyring nor a network in this test."""
    rows = courts(csolink)
    for end, court in remembered.items():
        assert rows[court]["state"] == ENDS[end][0]
    linked = rows[remembered["ok"]]
    assert (linked["account"], linked["contact"]) == (
        LOGIN, f"https://{linked['host']}/cgi-bin/CourtInfo.pl?location=main")
    assert (rows["ca4"]["state"], rows["ca4"]["by_hand"]) == (None, True)
    shown = csolink("courts", "ca4").out
    assert "by hand" in shown and "contact page: https://" in shown


def test_of_several_accounts_one_is_named(remembered, csolink, person):
    person.write(State(person, "search9012").file, "[sign-on]\nrun=1\n")
    assert "linked" in csolink("courts", remembered["ok"]).out
    person.write(State(person, "other5678").file, "[court alnd]\nlinked=true\n")
    result = csolink("courts", remembered["ok"])
    assert (result.status, "linked" in result.out) == (0, False)
    names = result.err.strip().rpartition("--account: ")[2]
    assert sorted(names.split(", ")) == [LOGIN, "other5678"]
    shown = csolink("courts", f"--account={LOGIN}", remembered["ok"]).out
    assert shown.startswith(f"account {LOGIN}:\n") and "linked" in shown


# --- status ---

def test_status_tells_state_since_last_result_and_what_to_do(remembered, csolink):
    account, = json.loads(csolink("status", "--json").out)["accounts"]
    rows = {row["court"]: row for row in account["courts"]}
    for end, court in remembered.items():
        row, (state, words) = rows[court], ENDS[end]
        assert (row["account"], row["state"], row["last_status"]) == (LOGIN, state, end)
        assert row["since"].startswith("2023-11-14") and row["last_at"].startswith("2023-11-14")
        assert words.format(court) in row["next"] if words else row["next"] == ""


def fields_of_the_manual():
    """Of the object, of an account, and of a court."""
    text = (TREE / "man/csolink.1").read_text()
    section = text.split(".Ss What status prints in JSON\n")[1].split(".Ss ")[0]
    return [set(re.findall(r"^\.It (.+)$", part, re.M)) for part in section.split(".Bl ")[1:]]


def fields_of(row):
    within = {f"{name}.{inner}" for name, value in row.items() if isinstance(value, dict)
              for inner in value}
    return set(row) | within


def test_the_manual_names_each_field_of_status(keyring, court, csolink):
    filer.add_account_without_codes(csolink, court)
    court.world(accounts={LOGIN: {"client_code_required": True}})  # which PACER warns of
    csolink("link", BANKRUPTCY)
    told = json.loads(csolink("status", "--json").out)
    account, = told["accounts"]
    row, = account["courts"]
    assert [fields_of(part) for part in (told, account, row)] == fields_of_the_manual()


def test_the_table_of_status_is_aligned_in_eighty_columns(remembered, csolink):
    lines = csolink("status").out.splitlines()
    assert max(map(len, lines)) <= 80
    assert [line for line in lines if line.count('"') % 2] == []  # commands are to be pasted
    head = next(line for line in lines if "COURT" in line)
    rows = {line.split()[0]: line for line in lines if line[:2] == "  " and line[2:3].islower()
            and line.split()[0] in remembered.values()}
    for end, court in remembered.items():
        assert rows[court][head.index("STATE"):].startswith(ENDS[end][0])
        assert rows[court][head.index("SINCE"):].startswith("2023-11-14")
        assert rows[court][head.index("LAST"):].startswith(end)
    text = " ".join(" ".join(lines).split())
    assert ENDS["not_offered"][1] in text


# --- courts that are not on NextGen yet ---

@pytest.mark.parametrize("begins_with", [THIS_MONTH, datetime.date.today()])
def test_before_its_date_a_court_is_not_asked_and_the_date_is_named(
        keyring, court, csolink, own_directory, begins_with):
    filer.set_up_without_codes(csolink, court, COURT, BANKRUPTCY)
    join_nextgen_on(own_directory, COURT, TOMORROW)
    own = own_directory.with_name("csolink")
    words = f"the court joins NextGen on {TOMORROW}"
    requests = court.state()["requests"]
    for command in (["link", COURT], ["link", "--check", COURT]):
        result = csolink(*command, program=own)
        assert (result.status, "not_nextgen" in result.err, words in result.err) == (76, True, True)
    result = csolink.get(host(COURT), program=own)
    assert (result.fields["username"], words in result.err) == (LOGIN, True)
    assert f"not_nextgen): {words}" in csolink("explain", COURT, program=own).out
    assert courts_with(csolink, own)[COURT]["next"] == f"wait: {words}"
    assert "not yet" in csolink("courts", COURT, program=own).out
    assert court.state()["requests"] == requests

    result = csolink("link", "--all", program=own)
    assert (result.status, words in result.err) == (76, True)
    assert result.out.splitlines() == [f"{BANKRUPTCY}: linked, account {LOGIN}",
                                       "2 courts: 1 linked, 1 failed"]
    assert csolink("session", "link", program=own).status == 0
    assert host(COURT) not in court.state()["requests_by_host"]
    join_nextgen_on(own_directory, COURT, NEXT_MONTH)
    result = csolink("link", COURT, program=own)
    assert (result.status, f"the court joins NextGen in {NEXT_MONTH}" in result.err) == (76, True)
    assert host(COURT) not in court.state()["requests_by_host"]
    join_nextgen_on(own_directory, COURT, begins_with)
    assert csolink.get(host(COURT), program=own).err == ""
    assert len(court.state()["links"]) == 2


def test_a_filing_login_of_a_court_that_left_the_directory_is_named(
        keyring, court, csolink, own_directory):
    filer.set_up_without_codes(csolink, court)
    rows = own_directory.read_text().splitlines(keepends=True)
    own_directory.write_text("".join(row for row in rows if not row.startswith(f"{COURT}\t")))
    result = csolink("link", "--all", program=own_directory.with_name("csolink"))
    assert result.err == f"csolink: {COURT} is left out: the court directory has no such court\n"
    assert court.state()["requests"] == 0


def courts_with(csolink, program):
    account, = json.loads(csolink("status", "--json", program=program).out)["accounts"]
    return {row["court"]: row for row in account["courts"]}
