# SPDX-License-Identifier: MIT
"""The practice court as a whole: brings each request to its site, past counters, holds, faults."""

import threading
import time

from counters import Counters
from court import Court
from exchange import Answer, Route
import faults
import front_pages
from holds import Holds
import pages
from pacer import SignOn
from sessions import Sessions
import watch
from world import SIGN_ON_HOSTS, World


class Clock:
    """The time of all sites; a test may set it off from the machine's own."""

    def __init__(self):
        self.offset = 0.0

    def now(self):
        return time.time() + self.offset


class Practice:
    def __init__(self, start, seed):
        self.seed = seed
        self.world = World(start)
        self.clock = Clock()
        self.counters = Counters()
        self.holds = Holds()
        self.faults = faults.Faults()
        self._lock = threading.RLock()
        self._begin()

    def _begin(self):
        self.sessions = Sessions()
        self._sign_on = {host: SignOn(environment, self)
                         for host, environment in SIGN_ON_HOSTS.items()}
        self._courts = {}

    def reset(self):
        """Counters to zero, faults and holds off, tokens dead, the world as at the start."""
        self.faults.clear()
        self.holds.release(drop=True)
        with self._lock:
            self.clock.offset = 0.0
            self.world.reset()
            self.counters.reset()
            self._begin()

    def patch_world(self, changes):
        with self._lock:
            self.world.patch(changes)

    def expire_tokens(self):
        with self._lock:
            self.sessions.expire_all()

    def state(self):
        with self._lock:
            return {**self.counters.snapshot(self.world.courts), "links": self.world.links()}

    def certify(self, authority):
        """Certificates for all hosts: also for decoys, to see who goes there."""
        authority.certify(self._host_names(), {
            court["host"]: court["traits"]["certificate"] for court in self.world.courts.values()
            if court["traits"]["certificate"] != "good"})

    def _host_names(self):
        names = {*SIGN_ON_HOSTS, faults.FOREIGN_HOST}
        for court in self.world.courts.values():
            names |= {court["host"], front_pages.training_host_of(court)}
        return names

    def answer(self, request):
        """The answer to one request; None closes its connection unanswered."""
        with self._lock:
            site, place = self._site(request.host)
            route = site.route(request) if site and request.tls else Route(None, _no_such_host)
            self._note_arrival(request, route.stage, place)
        if not self.holds.may_pass(route.stage, request, after=False):
            return None
        session = self.sessions.find(request.cookie("NextGenCSO") or "")
        request.faults = self.faults.take(request.host, route.stage, session)
        if not faults.delay(request, after=False):
            return None
        answer = faults.instead(request, after=False)
        if answer is None:
            with self._lock:
                answer = route.action(request)
            answer = faults.instead(request, after=True) or answer
        if not self.holds.may_pass(route.stage, request, after=True):
            return None
        if not faults.delay(request, after=True):
            return None
        return faults.spoil(request, answer)

    def _site(self, host):
        """The site of a host, and the name of the place for counters and the watch."""
        if host in self._sign_on:
            return self._sign_on[host], self._sign_on[host].environment
        for court_id, court in self.world.courts.items():
            if court["host"] == host:
                if court_id not in self._courts:
                    self._courts[court_id] = Court(court_id, self)
                return self._courts[court_id], court_id
        return None, None

    def _note_arrival(self, request, stage, place):
        self.counters.arrival(request, stage, place, place in self.world.courts)
        now = self.clock.now()
        for entry in watch.violations(request, stage, place, self.world, self.sessions, now):
            self.counters.append("violations", entry)


def _no_such_host(_request):
    return Answer.html(pages.plain("No such host."), 404)
