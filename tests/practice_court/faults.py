# SPDX-License-Identifier: MIT
"""The faults that a test switches on: the table of them, and what they do to an answer."""

import dataclasses
import threading

from exchange import Answer
import floods
import pages

FOREIGN_HOST = "evil.example"
TICK_SECONDS = 0.2

EVERY_STAGE = None
SIGNED_IN = ("login", "menu", "utilities", "link_form")


@dataclasses.dataclass
class Kind:
    """Which stages a fault meets unless it is told another, and how often at most."""
    stages: tuple | None = EVERY_STAGE
    times: int | None = None


KINDS = {
    "slow": Kind(),
    "hang": Kind(),
    "status": Kind(),
    "truncate": Kind(),
    "drip": Kind(),
    "redirect_foreign": Kind(),
    "meta_foreign": Kind(),
    "script_foreign": Kind(),
    "endless": Kind(),
    **{name: Kind() for name in floods.FLOODS},
    "not_json": Kind(stages=("sign_on", "logout")),
    "login_result": Kind(stages=("sign_on",)),
    "no_access_once": Kind(stages=SIGNED_IN, times=1),
    "login_page_once": Kind(stages=SIGNED_IN, times=1),
    "getpass": Kind(stages=("login",)),
    "no_link_entry": Kind(stages=("utilities", "menu")),
    "entry_foreign": Kind(stages=("utilities",)),
    "form_foreign": Kind(stages=("link_form",)),
    "names": Kind(stages=("submit",)),
    "no_names": Kind(stages=("submit",)),
    "no_confirmation": Kind(stages=("submit",)),
    "alert": Kind(stages=("submit", "confirm")),
}


@dataclasses.dataclass
class Fault:
    name: str
    stages: tuple | None
    times: int | None
    host: str | None
    after: bool
    options: dict
    sessions: frozenset | None = None
    cleared: threading.Event = dataclasses.field(default_factory=threading.Event)

    def meets(self, host, stage, session):
        return (self.host in (None, host) and (self.stages is None or stage in self.stages)
                and (self.sessions is None or session in self.sessions))


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._active = []

    def switch_on(self, name, /, host=None, stage=None, times=None, after=False, sessions=None,
                  **options):
        """times: a number or "always"; sessions: the fault meets only these. Options are the
        fault's own: seconds, code, bytes, to, name, side, result, token …"""
        if name not in KINDS:
            raise ValueError(f"no such fault: {name}")
        kind = KINDS[name]
        times = None if times == "always" else times or kind.times
        fault = Fault(name, (stage,) if stage else kind.stages, times, host, after, options,
                      sessions)
        with self._lock:
            self._active.append(fault)

    def clear(self):
        with self._lock:
            for fault in self._active:
                fault.cleared.set()
            self._active = []

    def take(self, host, stage, session):
        """The faults that this request meets, by name; each use is counted off."""
        with self._lock:
            met = {fault.name: fault for fault in self._active 
                   if fault.meets(host, stage, session)}
            for fault in met.values():
                if fault.times is not None:
                    fault.times -= 1
            self._active = [fault for fault in self._active if fault.times != 0]
        return met


def _status(fault, _request):
    code = int(fault.options.get("code", 500))
    return Answer.html(pages.plain("The server could not complete this request."), code)


def elsewhere(fault, request, path):
    """The address that a fault leads to, by its option "to"; none of them may be asked."""
    places = {"host": f"https://{FOREIGN_HOST}", "http": f"http://{request.host}",
              "port": f"https://{request.host}:8443"}
    return places[fault.options.get("to", "host")] + path


def _redirect(fault, request):
    location = elsewhere(fault, request, request.path)
    return Answer(status=int(fault.options.get("code", 302)), headers=[("Location", location)])


def _meta(fault, request):
    return Answer.html(pages.meta_refresh(elsewhere(fault, request, request.path)))


def _script(fault, request):
    return Answer.html(pages.script_location(elsewhere(fault, request, request.path)))


def _endless(fault, request):
    """To where the request came, and again."""
    again = f"{request.path}?{request.query}" if request.query else request.path
    if fault.options.get("by") == "http":
        return Answer(status=302, headers=[("Location", again)])
    page = {"meta": pages.meta_refresh, "script": pages.script_location}[fault.options["by"]]
    return Answer.html(page(again))


def _not_json(_fault, _request):
    return Answer.html(pages.plain("This service is not available at this time."))


def _no_access(_fault, _request):
    return Answer.html(pages.plain("This user has no access privileges defined."))


INSTEAD = {
    "status": _status,
    "redirect_foreign": _redirect,
    "meta_foreign": _meta,
    "script_foreign": _script,
    "endless": _endless,
    "not_json": _not_json,
    "no_access_once": _no_access,
}


def instead(request, after):
    """The answer that stands in for the site's own, or None; before its effect or after it."""
    for name, make in INSTEAD.items():
        fault = request.faults.get(name)
        if fault and fault.after == after:
            return make(fault, request)
    return None


def delay(request, after):
    """Wait as slow and hang demand. False: the client left meanwhile."""
    for name in ("slow", "hang"):
        fault = request.faults.get(name)
        if fault is None or fault.after != after:
            continue
        left = float(fault.options.get("seconds", 5)) if name == "slow" else float("inf")
        while left > 0 and not request.peer_gone():
            if fault.cleared.wait(min(TICK_SECONDS, left)):
                break
            left -= TICK_SECONDS
    return not request.peer_gone()


def spoil(request, answer):
    """What happens to a finished answer on its way: it grows, comes slowly, or breaks off."""
    floods.pour(request, answer)
    if "drip" in request.faults:
        answer.drip_seconds = float(request.faults["drip"].options.get("seconds", 0.5))
    if "truncate" in request.faults:
        half = len(answer.body) // 2
        answer.sent_bytes = int(request.faults["truncate"].options.get("bytes", half))
    return answer
