# SPDX-License-Identifier: MIT
"""Courts that mislead, break off and drip. Those that flood are in test_floods.py."""

import pytest

from support.hostile_court import EXIT, Hostile, assert_passed, new_office
from support.office import TABLE

STAGES = ("login", "utilities", "link_form", "submit", "confirm")
BEFORE_A_PASSWORD = ("login", "utilities", "link_form")
ELSEWHERE = ("host", "http", "port")


def faulty(fault, status, stage, **options):
    name = " ".join([fault, *(f"{key} {value}" for key, value in options.items()), "at", stage])
    return Hostile(name, status, {"fault": fault, "stage": stage, **options}, stage=stage)


MISLEADING = [
    *(faulty(fault, "refused_by_policy", stage)
      for fault in ("redirect_foreign", "meta_foreign", "script_foreign") for stage in STAGES),
    *(faulty(fault, "refused_by_policy", stage, to=to) for to in ("http", "port")
      for fault in ("redirect_foreign", "meta_foreign", "script_foreign")
      for stage in ("login", "submit")),
    *(faulty("entry_foreign", "refused_by_policy", "utilities", to=to) for to in ELSEWHERE),
    *(faulty("form_foreign", "refused_by_policy", stage, to=to)
      for stage in ("link_form", "submit") for to in ELSEWHERE),
    *(Hostile(f"{fault} at the front page", "refused_by_policy",
              {"fault": fault, "stage": "front"}, {"login_pl": "nothing"})
      for fault in ("redirect_foreign", "meta_foreign", "script_foreign")),
    Hostile("entry a button that goes elsewhere", "refused_by_policy",
            {"fault": "entry_foreign"}, {"entry": "button_post"}, "utilities"),
]
BROKEN = [
    *(faulty("endless", "court_error", stage, by=by)
      for by in ("http", "meta", "script") for stage in ("login", "utilities")),
    *(faulty("truncate", "court_error", stage) for stage in STAGES if stage != "confirm"),
    faulty("truncate", "ok", "confirm"),
    *(faulty("truncate", "court_error", stage, bytes=0) for stage in ("login", "submit")),
    *(faulty("status", "court_error", stage, code=500, times=1) for stage in STAGES),
    faulty("status", "court_error", "login", code=503),
    *(faulty("drip", "timed_out", stage) for stage in ("login", "submit")),
    *(Hostile(f"certificate {word}", "tls_failed", None, {"certificate": word})
      for word in ("other_name", "expired", "self_signed", "closed")),
]


office = pytest.fixture(scope="module")(new_office)


@pytest.mark.parametrize("hostile", MISLEADING + BROKEN, ids=lambda row: row.name.replace(" ", "_"))
def test_a_hostile_court_is_named_and_the_next_one_is_linked(office, hostile):
    assert_passed(office, hostile)


@pytest.mark.parametrize("stage", BEFORE_A_PASSWORD)
def test_a_court_that_fails_once_is_linked_the_next_time(office, stage):
    court = office.take_court()
    office.store_filing_login(court, office.open_court(court))
    office.court.fault("status", code=500, times=1, stage=stage, host=TABLE[court]["host"])
    assert office.csolink("link", court).status == EXIT["court_error"]
    assert office.csolink("link", court).status == 0
