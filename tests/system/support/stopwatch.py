# SPDX-License-Identifier: MIT
"""What a run of csolink takes: its time, and its memory with that of the csolink-net it started."""

import dataclasses
import shutil

from support.places import BUILD, PROGRAMS


@dataclasses.dataclass(frozen=True)
class Taken:
    seconds: float
    memory_kib: int  # of the greater of both


class Stopwatch:
    """Starts csolink by tests/bench/stopwatch.c, which says why a program has to stand between."""

    def __init__(self, person):
        self._program = shutil.copy(BUILD / "bench/stopwatch", person.home)
        self._report = person.home / "taken"

    def __call__(self, csolink, *arguments):
        """Runs it; returns its result and what it took."""
        result = csolink("-o", str(self._report), str(PROGRAMS / "csolink"), *arguments,
                         program=self._program)
        microseconds, kib = self._report.read_text().split()
        return result, Taken(int(microseconds) / 1e6, int(kib))
