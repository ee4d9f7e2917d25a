# SPDX-License-Identifier: MIT
"""The faults that a test switches on: the table of them, and what they do to an answer."""

import dataclasses
import threading

from exchange import Answer
import pages

FOREIGN_HOST = "evil.example"
BIG_PAGE_BYTES = 5 * 1024 * 1024
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
    "redirect_foreign": Kind(),
    "meta_foreign": Kind(),
    "big_page": Kind(),
    "not_json": Kind(stages=("sign_on", "logout")),
    "login_result": Kind(stages=("sign_on",)),
    "no_access_once": Kind(stages=SIGNED_IN, times=1),
    "login_page_once": Kind(stages=SIGNED_IN, times=1),
    "getpass": Kind(stages=("login",)),
    "no_link_entry": Kind(stages=("utilities", "menu")),
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
    cleared: threading.Event = dataclasses.field(default_factory=threading.Event)

    def meets(self, host, stage):
        return self.host in (None, host) and (self.stages is None or stage in self.stages)


class Faults:
    def __init__(self):
        self._lock = threading.Lock()
        self._active = []

    def switch_on(self, name, /, host=None, stage=None, times=None, after=False,
                  **options):
        """Options are the fault's own: seconds, code, bytes, name, side, result, token …"""
        if name not in KINDS:
            raise ValueError(f"no such fault: {name}")
        kind = KINDS[name]
        fault = Fault(name, (stage,) if stage else kind.stages, times or kind.times, host, after,
                      options)
        with self._lock:
            self._active.append(fault)

    def clear(self):
        with self._lock:
            for fault in self._active:
                fault.cleared.set()
            self._active = []

    def take(self, host, stage):
        """The faults that this request meets, by name; each use is counted off."""
        with self._lock:
            met = {fault.name: fault for fault in self._active if fault.meets(host, stage)}
            for fault in met.values():
                if fault.times is not None:
                    fault.times -= 1
            self._active = [fault for fault in self._active if fault.times != 0]
        return met


def _status(fault, _request):
    code = int(fault.options.get("code", 500))
    return Answer.html(pages.plain("The server could not complete this request."), code)


def _redirect(fault, request):
    location = f"https://{FOREIGN_HOST}{request.path}"
    return Answer(status=int(fault.options.get("code", 302)), headers=[("Location", location)])


def _meta(_fault, request):
    return Answer.html(pages.meta_refresh(f"https://{FOREIGN_HOST}{request.path}"))


def _not_json(_fault, _request):
    return Answer.html(pages.plain("This service is not available at this time."))


def _no_access(_fault, _request):
    return Answer.html(pages.plain("This user has no access privileges defined."))


INSTEAD = {
    "status": _status,
    "redirect_foreign": _redirect,
    "meta_foreign": _meta,
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
    """What happens to a finished answer on its way: it grows, or it breaks off."""
    if "big_page" in request.faults:
        comment = b"<!--" + b"x" * BIG_PAGE_BYTES + b"-->"
        answer.body = answer.body.replace(b"</body>", comment + b"</body>", 1)
    if "truncate" in request.faults:
        half = len(answer.body) // 2
        answer.sent_bytes = int(request.faults["truncate"].options.get("bytes", half))
    return answer
