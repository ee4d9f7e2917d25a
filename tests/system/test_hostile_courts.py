# SPDX-License-Identifier: MIT
"""Courts that mislead, break off, drip and flood: each has its name, an end and a bound, nothing
goes where it does not belong, and the next court is linked all the same."""

import dataclasses
import pathlib
import re

import pytest

from support import places
from support.filer import ACCOUNT, LOGIN
from support.office import SIGN_ON_HOST, TABLE, Office
from support.places import BUILD, PATIENCE
from support.worker import Worker

STAGES = ("login", "utilities", "link_form", "submit", "confirm")
BEFORE_A_PASSWORD = ("login", "utilities", "link_form")
ELSEWHERE = ("host", "http", "port")
EXIT = {"ok": 0, "timed_out": 75, "court_error": 75, "tls_failed": 76, "not_offered": 76,
        "refused_by_policy": 77}
REQUESTS_MAX = 24  # ten redirects from the hostile court, and a link at the honest one
MEMORY_KIB = 64 * 1024
REQUEST_SECONDS = 2 * PATIENCE


@dataclasses.dataclass(frozen=True)
class Hostile:
    """What a court does, and what csolink calls it. stage: the last one that it is asked for."""
    name: str
    status: str
    fault: dict | None = None
    traits: dict = dataclasses.field(default_factory=dict)
    stage: str = "login"

    @property
    def submissions(self):
        """The filing password goes out once, where the court let it come to that."""
        return int(self.stage in ("submit", "confirm"))


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
    *(faulty("truncate", "court_error", stage) for stage in STAGES),
    *(faulty("truncate", "court_error", stage, bytes=0) for stage in ("login", "submit")),
    *(faulty("status", "court_error", stage, code=500, times=1) for stage in STAGES),
    faulty("status", "court_error", "login", code=503),
    *(faulty("big_page", "court_error", stage) for stage in (*BEFORE_A_PASSWORD, "submit")),
    *(faulty("drip", "timed_out", stage) for stage in ("login", "submit")),
    *(Hostile(f"certificate {word}", "tls_failed", None, {"certificate": word})
      for word in ("other_name", "expired", "self_signed", "closed")),
]


@pytest.fixture(scope="module")
def office():
    office = Office()
    office.person.configure(request_timeout=REQUEST_SECONDS, worker_timeout=10 * PATIENCE)
    yield office
    office.end()


@pytest.mark.parametrize("hostile", MISLEADING + BROKEN, ids=lambda row: row.name.replace(" ", "_"))
def test_a_hostile_court_is_named_and_the_next_one_is_linked(office, hostile):
    court, honest = office.take_court(), office.take_court()
    office.store_filing_login(court, office.open_court(court, traits=hostile.traits))
    office.store_filing_login(honest, office.open_court(honest))
    if hostile.fault:
        office.fault(court, **hostile.fault)
    with office.watching(court) as seen:
        result = office.csolink("link", court, honest)
    assert result.status == EXIT[hostile.status], result.err
    assert re.search(rf"^csolink: {hostile.status} .*court {court}\b", result.err, re.M), result.err
    assert f"{honest}: linked" in result.out, result.err
    seen, = seen
    assert seen.violations == []
    assert seen.submissions == hostile.submissions
    assert not seen.linked or hostile.stage == "confirm"  # which may have taken effect
    assert seen.requests <= REQUESTS_MAX
    asked = office.court.state()["requests_by_host"].get(TABLE[court]["host"], 0)
    assert bool(asked) == (hostile.status != "tls_failed")


@pytest.mark.parametrize("stage", BEFORE_A_PASSWORD)
def test_a_court_that_fails_once_is_linked_the_next_time(office, stage):
    court = office.take_court()
    office.store_filing_login(court, office.open_court(court))
    office.court.fault("status", code=500, times=1, stage=stage, host=TABLE[court]["host"])
    assert office.csolink("link", court).status == EXIT["court_error"]
    assert office.csolink("link", court).status == 0


TOO_MANY, TOO_LARGE = "the page has too many elements", "the page is larger than 2 MiB"
FLOODS = {
    "a page of 5 MB": ({"fault": "big_page"}, "court_error", TOO_LARGE),
    **{f"2 MB of {tag}": ({"fault": "nested", "tag": tag}, "court_error", TOO_MANY) for tag in (
        "<div>", "<b>", "<p><i>", "<table><tr><td>", "<form><input>", "<a href=x>", "<svg>",
        "<br>", "<script>x</script>")},
    "2 MB of text": ({"fault": "nested", "tag": "&lt;\n"}, "ok", None),
}


@pytest.mark.skipif(places.VALGRIND, reason="it takes more processor time than csolink-net has")
@pytest.mark.parametrize("flood", FLOODS)
def test_a_flood_takes_less_than_64_mib(office, flood):
    fault, status, detail = FLOODS[flood]
    court = office.take_court()
    office.open_court(court)
    host = TABLE[court]["host"]
    with Worker(BUILD / "csolink-net") as worker:
        worker.ask("open", [("connect_to[]", office.court.connect_to)], sign_on_host=SIGN_ON_HOST,
                   court=court, court_host=host, court_type=TABLE[court]["type"],
                   ca_file=office.court.ca_file, request_timeout=20)
        token = worker.ask("authenticate", login=LOGIN, password=ACCOUNT["password"],
                           redact=1).tokens[-1]
        office.court.fault(stage="login", host=host, **fault)
        reply = worker.ask("check", token=token)
        peak = pathlib.Path(f"/proc/{worker.process.pid}/status").read_text()
    office.court.clear_faults()
    assert (reply.status, reply.detail) == (status, detail)
    if not places.SANITIZERS:  # theirs would be counted
        assert int(re.search(r"VmHWM:\s*(\d+) kB", peak)[1]) < MEMORY_KIB
