# SPDX-License-Identifier: MIT
"""The memory of a process: where a text stands in it, and stopping it before its end."""

import dataclasses
import os
import pathlib
import re
import shutil

from support.background import wait_for
from support.places import BUILD

# Greater mappings are a sanitizer's, and take hours to read.
MAPPING_MAX = 64 << 20
PIECE_BYTES = 8
HOLD_SECONDS = 60
HOLD = BUILD / "memory/hold.so"
SMAPS = re.compile(r"^([0-9a-f]+)-([0-9a-f]+) r\S+ \S+ \S+ \S+ *([^\n]*)$"
                   r".*?^VmFlags: ([a-z ]*)$", re.M | re.S)


@dataclasses.dataclass(frozen=True)
class Place:
    """A mapping that a text stands in: its name ("" where it has none) and the kernel's flags."""

    name: str
    flags: tuple

    @property
    def is_locked_and_not_dumped(self):
        return {"lo", "dd"} <= set(self.flags)


def places_of(process, *texts):
    """For each text, bytes, every place in the process where it stands."""
    found = {text: [] for text in texts}
    for mapping, content in _mappings(process):
        for text in texts:
            found[text] += [mapping] * content.count(text)
    return found


def flags_where(process, text):
    """The kernel's flags of every mapping of the process that text stands in, once a place."""
    return [place.flags for place in places_of(process, text.encode())[text.encode()]]


def found_in(process, secrets):
    """Which of the secrets (name -> bytes) stand in the process, in part or whole: name -> places.

    In part, for malloc writes into what was freed, and the rest of a secret tells enough.
    """
    wanted = {name: _pieces(secret) for name, secret in secrets.items()}
    places = places_of(process, *set().union(*wanted.values()))
    found = {name: {place for piece in parts for place in places[piece]}
             for name, parts in wanted.items()}
    return {name: where for name, where in found.items() if where}


def _pieces(secret):
    last = max(len(secret) - PIECE_BYTES, 0)
    return {secret[start:start + PIECE_BYTES]
            for start in [*range(0, last, PIECE_BYTES // 2), last]}


def _mappings(process):
    smaps = pathlib.Path(f"/proc/{process}/smaps").read_text()
    with open(f"/proc/{process}/mem", "rb", 0) as memory:
        for first, last, name, flags in SMAPS.findall(smaps):
            first, last = int(first, 16), int(last, 16)
            if last - first <= MAPPING_MAX:
                memory.seek(first)
                yield Place(name, tuple(flags.split())), _read(memory, last - first)


def _read(memory, size):
    try:
        return memory.read(size)
    except OSError:  # the kernel's own pages
        return b""


class Holding:
    """The environment in which a program of csolink's stops before its end."""

    def __init__(self, folder, wipes=()):
        """wipes: libraries, such as "libcurl.so", whose freed memory is wiped meanwhile."""
        library = pathlib.Path(shutil.copy(HOLD, folder))
        library.chmod(0o755)
        self.environment = {"LD_PRELOAD": str(library), "HOLD_WIPES": " ".join(wipes)}

    @staticmethod
    def wait(process):
        """Returns when the child has stopped; it must not end before."""
        how = os.WSTOPPED | os.WEXITED | os.WNOWAIT | os.WNOHANG
        wait_for(lambda: os.waitid(os.P_PID, process.pid, how), HOLD_SECONDS)
        ended = os.waitid(os.P_PID, process.pid, how)
        assert ended.si_code == os.CLD_STOPPED, "it was not held before its end"
