# SPDX-License-Identifier: MIT
"""What happened so far, as GET /state tells it: numbers and names, never a secret."""

import collections
import copy
import threading

COUNTED_STAGES = {"submit": "link_submissions", "confirm": "confirmations"}
PER_COURT = ("link_submissions", "confirmations", "wrong_passwords")


class Counters:
    def __init__(self):
        self._lock = threading.Lock()
        self.reset()

    def reset(self):
        with self._lock:
            self._numbers = collections.Counter(
                sign_ons=0, sign_on_requests=0, acknowledgements=0, refused_sign_ons=0, logouts=0,
                requests=0, connections=0)
            self._by_name = {
                "requests_by_host": collections.Counter(),
                "tls_connections_by_host": collections.Counter(),
                "link_submissions": collections.Counter(),
                "confirmations": collections.Counter(),
                "wrong_passwords": collections.Counter(),
                "sign_on_requests_by_agent": collections.Counter(),
            }
            self._lists = {"violations": [], "codes_seen": [], "user_agents": []}
            self._client_codes = {}

    def add(self, number):
        with self._lock:
            self._numbers[number] += 1

    def add_for(self, number, name):
        with self._lock:
            self._by_name[number][name] += 1

    def append(self, name, entry):
        with self._lock:
            self._lists[name].append(entry)

    def arrival(self, request, stage, place, is_court):
        """Count a request when it arrives: what was sent was sent, whatever becomes of it."""
        with self._lock:
            self._numbers["requests"] += 1
            self._by_name["requests_by_host"][request.host] += 1
            agent = request.headers.get("User-Agent") or ""
            if stage == "sign_on":
                self._numbers["sign_on_requests"] += 1
                self._by_name["sign_on_requests_by_agent"][agent.partition("/")[0]] += 1
            if is_court:
                codes = self._client_codes.setdefault(place, [])
                code = request.cookie("PacerClientCode")
                if code not in codes:
                    codes.append(code)
            if stage in COUNTED_STAGES:
                self._by_name[COUNTED_STAGES[stage]][place] += 1
            if agent not in self._lists["user_agents"]:
                self._lists["user_agents"].append(agent)

    def snapshot(self, court_ids):
        """A copy of everything; each court has its numbers, zero included."""
        with self._lock:
            counted = {name: {**dict.fromkeys(court_ids, 0), **self._by_name[name]}
                       for name in PER_COURT}
            return copy.deepcopy({**self._numbers, **self._by_name, **counted, **self._lists,
                                  "client_codes": self._client_codes})
