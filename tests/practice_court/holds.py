# SPDX-License-Identifier: MIT
"""Stops the next request of a stage before or after its effect, until a test releases it."""

import dataclasses
import threading

STAGES = ("front", "sign_on", "logout", "login", "menu", "utilities", "link_form", "submit",
          "confirm")
LONGEST_HOLD_SECONDS = 120


@dataclasses.dataclass
class _Hold:
    stage: str
    host: str | None
    after: bool


class Holds:
    def __init__(self):
        self._changed = threading.Condition()
        self._armed = None
        self._held = None
        self._drop = False

    def arm(self, stage, host=None, after=False):
        """Hold the next request of this stage; replaces a hold that nothing met yet."""
        if stage not in STAGES:
            raise ValueError(f"no such stage: {stage}")
        with self._changed:
            self._armed = _Hold(stage, host, after)

    def held(self, timeout):
        """The stage of the request that is held, waiting for one until the timeout; or None."""
        with self._changed:
            self._changed.wait_for(lambda: self._held, timeout)
            return self._held.stage if self._held else None

    def release(self, drop=False):
        """Let the held request go on; with drop its connection closes and it has no effect.

        Where nothing is held, the hold that nothing met yet is taken back.
        """
        with self._changed:
            if self._held is None:
                self._armed = None
            self._held = None
            self._drop = drop
            self._changed.notify_all()

    def may_pass(self, stage, request, after):
        """Wait here while held. False: dropped, or the client went away meanwhile."""
        with self._changed:
            hold = self._armed
            if hold is None or (hold.stage, hold.after) != (stage, after):
                return True
            if hold.host not in (None, request.host):
                return True
            self._armed, self._held, self._drop = None, hold, False
            self._changed.notify_all()
            self._changed.wait_for(lambda: self._held is not hold, LONGEST_HOLD_SECONDS)
            return not self._drop and not request.peer_gone()
