# SPDX-License-Identifier: MIT
"""A court that means harm, met on the way to an honest one: it has its name, an end and a bound,
nothing goes where it does not belong, and the next court is linked all the same."""

import dataclasses
import re

from support import places
from support.office import TABLE, Office
from support.places import PATIENCE

EXIT = {"ok": 0, "timed_out": 75, "court_error": 75, "tls_failed": 76, "not_offered": 76,
        "page_not_recognised": 76, "refused_by_policy": 77}
REQUESTS_MAX = 24  # ten redirects from the hostile court, and a link at the honest one
MEMORY_KIB = 64 * 1024

# Bounds, not measures: csolink.conf(5) gives each request and each court its time. What answers at
# once has no part in them, but for the start of the programs.
REQUEST_SECONDS, WORKER_SECONDS, START_SECONDS = 2 * PATIENCE, 10 * PATIENCE, 5 * PATIENCE


@dataclasses.dataclass(frozen=True)
class Hostile:
    """What a court does, and what csolink calls it. stage: the last one that it is asked for."""
    name: str
    status: str
    fault: dict | None = None
    traits: dict = dataclasses.field(default_factory=dict)
    stage: str = "login"
    says: str = ""

    @property
    def submissions(self):
        """The filing password goes out once, where the court let it come to that."""
        return int(self.status == "ok" or self.stage in ("submit", "confirm"))

    @property
    def seconds(self):
        """Only a request that was timed out may last, and only as long as a request does."""
        if self.status == "timed_out":
            return REQUEST_SECONDS + START_SECONDS
        return WORKER_SECONDS + START_SECONDS


def new_office():
    """For a fixture; a generator."""
    office = Office()
    office.person.configure(request_timeout=REQUEST_SECONDS, worker_timeout=WORKER_SECONDS)
    yield office
    office.end()


def assert_bounded(taken, seconds):
    assert taken.seconds <= seconds
    if not (places.SANITIZERS or places.VALGRIND):  # theirs would be counted
        assert taken.memory_kib <= MEMORY_KIB


def assert_named(result, court, hostile):
    assert result.status == EXIT[hostile.status], result.err
    if hostile.status == "ok":
        assert f"{court}: linked" in result.out, result.err
        return
    told = re.search(rf"^csolink: {hostile.status} .*court {court}\b.*", result.err, re.M)
    assert told and hostile.says in told[0], result.err


def assert_passed(office, hostile):
    """Links the hostile court, and then an honest one."""
    court, honest = office.take_court(), office.take_court()
    office.store_filing_login(court, office.open_court(court, traits=hostile.traits))
    office.store_filing_login(honest, office.open_court(honest))
    if hostile.fault:
        office.fault(court, **hostile.fault)
    with office.watching(court) as seen:
        result, taken = office.timed("link", court, honest)
    assert_named(result, court, hostile)
    assert f"{honest}: linked" in result.out, result.err
    assert_bounded(taken, hostile.seconds)
    seen, = seen
    assert seen.violations == []
    assert seen.submissions == hostile.submissions
    assert not seen.linked or hostile.status in ("ok", "timed_out")
    assert seen.requests <= REQUESTS_MAX
    asked = office.court.state()["requests_by_host"].get(TABLE[court]["host"], 0)
    assert bool(asked) == (hostile.status != "tls_failed")
