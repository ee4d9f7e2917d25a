# SPDX-License-Identifier: MIT
"""A filer, her keyring and many courts, for all tests of a module: a test takes a court of its own
and looks at the difference that it made."""

import collections
import contextlib
import dataclasses

from support import filer
from support.bus import Bus
from support.checks import MemoryReports, Secrets
from support.cli import Csolink
from support.court import WORLD, Court
from support.filer import LOGIN
from support.keyring import PASSWORD, KeyringDaemon
from support.person import Person
from support.places import TREE
from support.stopwatch import Stopwatch

FILING_LOGIN = "jdoe"
OF_THEIR_OWN = ("alnd", "cit")  # which tests name
SIGN_ON_HOST = "pacer.login.uscourts.gov"


def _table():
    rows = (line.split("\t") for line in (TREE / "etc/courts.tsv").read_text().splitlines()
            if not line.startswith("#"))
    return {row[0]: {"type": row[2], "host": row[3]} for row in rows}


TABLE = _table()


@dataclasses.dataclass
class Seen:
    """What one use of csolink did at PACER and at the courts."""
    requests: int
    sign_ons: int
    submissions: int
    confirmations: int
    linked: bool
    violations: list
    connections: dict  # over TLS, by host


class Office:
    """One at a time; end() it. Her account has no one-time codes: a code is good for one sign-on,
    and the next comes after half a minute."""

    def __init__(self):
        self.person = Person()
        self.bus = Bus(self.person)
        self.keyring = KeyringDaemon(self.bus)
        self.court = Court()
        self.court.introduce_to(self.person)
        self.person.configure(sign_ons_per_hour=100)
        self.secrets, self._reports = Secrets(), MemoryReports()
        self.secrets.add(PASSWORD)
        self.secrets.add_world(WORLD)
        self.csolink = Csolink(self.person, self.secrets, self._reports)
        self._stopwatch = Stopwatch(self.person)
        self._is_signed_on = self._has_faults = False
        self._free = {kind: collections.deque(court for court, row in TABLE.items()
                                              if row["type"] == kind
                                              and court not in OF_THEIR_OWN)
                      for kind in ("district", "bankruptcy")}
        filer.add_account_without_codes(self.csolink, self.court)

    def end(self):
        """Fails where a secret was said, or is in a page that was kept for support."""
        for page in self.person.state.rglob("*.page.html"):
            self.secrets.watch(page.name, page.read_text())
        self.secrets.add_tokens(self.person.tokens)
        self.court.stop()
        self.keyring.end()
        self.bus.end()
        self.person.leave()
        report = self._reports.take()
        assert not report, report
        assert not self.secrets.leaks()

    def timed(self, *arguments):
        """Runs csolink; returns its result and what it took."""
        return self._stopwatch(self.csolink, *arguments)

    def take_court(self, kind=None):
        """The id of a court that no test has used; of this type, or of any."""
        free = self._free[kind] if kind else max(self._free.values(), key=len)
        return free.popleft()

    def open_court(self, court, name=filer.ACCOUNT["name"], **record):
        """Makes it a court of the world, with a filing login of hers; returns its password."""
        password = f"Invented-{court.title()}-Filing7"
        self.secrets.add(password)
        self.court.world(courts={court: {
            "filing_logins": {FILING_LOGIN: {"password": password, "name": name}}, **record}})
        return password

    def store_filing_login(self, court, password):
        result = filer.add_filing(self.csolink, court, FILING_LOGIN, password=password)
        assert result.status == 0, result.err

    def sign_on(self):
        """From now on she has a token that the courts know, which costs nothing if she had."""
        if not self._is_signed_on:
            self.sign_off()
            assert self.csolink("token", prints_secret=True).status == 0
        self._is_signed_on = True

    def sign_off(self):
        assert self.csolink("logout").status == 0
        self._is_signed_on = False

    def fault(self, court, **fault):
        """The court has this fault until watching() ends."""
        self._has_faults = True
        self.court.fault(host=TABLE[court]["host"], **fault)

    @contextlib.contextmanager
    def watching(self, court):
        """Gives a list whose one entry is, afterwards, what was seen meanwhile. Faults end then;
        they may have cost the token."""
        before, seen = self.court.state(), []
        self.secrets.add_tokens(self.person.tokens)
        try:
            yield seen
        finally:
            self.court.clear_faults()
        seen.append(_difference(before, self.court.state(), court))
        has_token = any(self.person.tokens.glob("token *"))
        self._is_signed_on = has_token and not self._has_faults
        self._has_faults = False
        self.secrets.add_tokens(self.person.tokens)
        assert not self.secrets.leaks()


def _difference(before, after, court):
    connections = collections.Counter(after["tls_connections_by_host"])
    connections.subtract(before["tls_connections_by_host"])

    def more(name):
        return after[name].get(court, 0) - before[name].get(court, 0)

    return Seen(
        requests=after["requests"] - before["requests"],
        sign_ons=after["sign_on_requests"] - before["sign_on_requests"],
        submissions=more("link_submissions"), confirmations=more("confirmations"),
        linked=any((link["court"], link["account"]) == (court, LOGIN) for link in after["links"]),
        violations=after["violations"][len(before["violations"]):],
        connections={host: count for host, count in connections.items() if count})
