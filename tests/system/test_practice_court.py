# SPDX-License-Identifier: MIT
"""The practice court itself: PACER's words, and nothing that csolink could know by heart."""

import json
import re

import pytest

from support.checks import TOKEN
from support.court import WORLD, Court
from support.filer import ACCOUNT, COURT, LOGIN, host
from support.other_tool import ask, sign_on

# PACER Authentication API User Guide (May 2025), p. 13 to 15; the leading blanks are the guide's.
WITHOUT_SEARCH = (
    "You may continue to log in and perform other activities (e.g., e-file, request filing "
    "privileges), but you will not have PACER search privileges.")
ANSWERS = [
    ({}, {}, "0", ""),
    ({"client_code_required": True}, {}, "0",
     "A required Client Code was not entered. " + WITHOUT_SEARCH),
    ({"disabled_search": True}, {}, "0",
     " Although you have a PACER account, your current account has been disabled. If you have any "
     "questions or for further details on how to activate your search privileges contact the PACER "
     "Service Center at (800) 676-6856 between the hours of 8 AM and 6 PM CT Monday through Friday "
     "or by email pacer@psc.uscourts.gov. " + WITHOUT_SEARCH),
    ({}, {"redactFlag": "0"}, "1",
     " All filers must redact: Social Security or taxpayer identification numbers; dates of birth; "
     "names of minor children; financial account numbers; and in criminal cases, home addresses in "
     "compliance with Fed. R. App. P. 25(a)(5), Fed. R. Civ. P. 5.2, Fed. R. Crim. P. 49.1, Fed. "
     "R. Bankr. P. 9037. This requirement applies to all documents, including attachments. Please "
     "verify that you have read and will comply with the redaction rules."),
    ({}, {"password": "wrong"}, "13", "Invalid username, password, or one-time passcode."),
    ({}, {"loginId": "nobody99"}, "13", "Invalid username, password, or one-time passcode."),
    ({"otp_secret": ACCOUNT["otp_secret"]}, {}, "13",
     "Invalid username, password, or one-time passcode."),
]


@pytest.fixture
def practice():
    """Starts one; its account is without one-time codes."""
    courts = []

    def start():
        courts.append(Court())
        courts[-1].world(accounts={LOGIN: {"otp_secret": None}})
        return courts[-1]

    yield start
    for court in courts:
        court.stop()


@pytest.mark.parametrize("account, fields, result, description", ANSWERS)
def test_sign_on_answers_in_pacers_words(practice, account, fields, result, description):
    court = practice()
    court.world(accounts={LOGIN: account})
    answer = sign_on(court, **fields)
    assert (answer["loginResult"], answer["errorDescription"]) == (result, description)
    token = answer["nextGenCSO"]
    assert TOKEN.fullmatch(token) if result == "0" else token == ""


def link_page(court):
    """Path, form address and field names of alnd's link page, as a browser finds them."""
    cookie = {"Cookie": f"NextGenCSO={sign_on(court)['nextGenCSO']}"}
    page = ask(court, host(COURT), "GET", "/cgi-bin/DisplayMenu.pl?Utilities", **cookie)
    path, = re.findall(r"href='([^']+)'>Link a CM/ECF account to my PACER account<", page)
    forms = ask(court, host(COURT), "GET", path, **cookie).split("<form")
    form, = [form for form in forms if "type='password'" in form]
    return path, re.search(r"action='([^']+)'", form)[1], set(re.findall(r"name='(\w+)'", form))


def test_link_paths_and_field_names_are_others_at_each_start(practice):
    path, action, names = link_page(practice())
    other_path, other_action, other_names = link_page(practice())
    assert path != other_path and action != other_action
    assert len(names) > 2 and not names & other_names


def test_the_control_endpoint_tells_counters_and_no_secret(practice):
    court = practice()
    token = sign_on(court)["nextGenCSO"]
    state = court.state()
    assert (state["sign_ons"], state["sign_on_requests"], state["links"]) == (1, 1, [])
    told = json.dumps(state)
    filing = WORLD["courts"][COURT]["filing_logins"]["jdoe"]["password"]
    assert not [secret for secret in (token, ACCOUNT["password"], filing) if secret in told]
