# SPDX-License-Identifier: MIT
"""The system calls of a command and all that it starts, told apart by who made them."""

import re

CALLS = "%file,%process,%creds,connect,bind"
BECOMES = re.compile(r"setresuid\((\d+), \d+, \d+\) += 0")
STARTS = re.compile(r"(?:clone3?|v?fork)\(.*\) += (\d+)")
EXECUTES = re.compile(r'execve(?:at)?\("([^"]+)".* = 0$')


class Trace:
    """One trace in the folder, which must be there and writable for who runs the command."""

    def __init__(self, folder):
        self._files = folder / "trace"

    @property
    def under(self):
        """What stands before the command that is traced. It ends when all that it started has."""
        return ["strace", "-ff", "-qq", "-s", "256", "-e", f"trace={CALLS}", "-o",
                str(self._files)]

    # LeakSanitizer wants to trace by itself.
    environment = {"ASAN_OPTIONS": "detect_leaks=0"}

    def as_root(self):
        """The calls of processes while root was one of their user IDs."""
        return [line for line, is_root in self._calls() if is_root]

    def as_user(self):
        return [line for line, is_root in self._calls() if not is_root]

    def executed(self):
        """Paths of the programs that were started."""
        return [found[1] for line, _ in self._calls() if (found := EXECUTES.match(line))]

    def _calls(self):
        traces = {path.suffix[1:]: path.read_text().splitlines()
                  for path in self._files.parent.glob(f"{self._files.name}.*")}
        started = {found[1] for lines in traces.values() for line in lines
                   if (found := STARTS.match(line))}
        first, = set(traces) - started
        return list(_calls_of(traces, first, True))


def _calls_of(traces, process, is_root):
    """A process begins as who started it. LeakSanitizer starts one that cannot be traced."""
    for line in traces.get(process, []):
        if found := STARTS.match(line):
            yield from _calls_of(traces, found[1], is_root)
        yield line, is_root
        if found := BECOMES.match(line):
            is_root = found[1] == "0"
