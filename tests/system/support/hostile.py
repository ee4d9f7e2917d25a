# SPDX-License-Identifier: MIT
"""The test host of the PAM module (tests/hostile/), and what the probe in it has written down."""

import os
import pathlib
import shutil
import subprocess
import tempfile

from support.background import wait_for
from support.places import BUILD, PATIENCE

PROGRAMS = BUILD / "hostile"
HOST = PROGRAMS / "host"
TIMEOUT_SECONDS = 60 * PATIENCE


def situations(*kinds):
    """Names in the host's table; kinds: "starts" (csolink is started), "refuses" (it is not),
    "replaced" (csolink-session or csolink is another program)."""
    lines = subprocess.run([HOST, "--list"], check=True, capture_output=True, text=True).stdout
    table = [line.split() for line in lines.splitlines()]
    return [name for name, kind in table if not kinds or kind in kinds]


class Stage:
    """A folder of the person's, with what stands in for csolink-session and csolink."""

    def __init__(self, person):
        self.person, self.folder = person, pathlib.Path(tempfile.mkdtemp(prefix="hostile-"))
        self.report = self.folder / "report"
        for program in ("bad_helper", "probe"):
            shutil.copy(PROGRAMS / program, self.folder)
        self.folder.chmod(0o755)
        os.chown(self.folder, person.uid, person.gid)

    def clear(self):
        """What still writes a report is not waited for; /tmp goes with the machine."""
        shutil.rmtree(self.folder, ignore_errors=True)
        pathlib.Path("/dev/log").unlink(missing_ok=True)

    def host(self, situation="nothing-peculiar", under=(), env=None):
        """Runs the host in a situation; what was wrong comes out on standard error."""
        return subprocess.run([*under, HOST, situation, self.folder], capture_output=True,
                              text=True, env=os.environ | (env or {}), timeout=TIMEOUT_SECONDS)

    def read_report(self):
        """The probe's report as lists of values by key; waits for it."""
        wait_for(self.report.exists)
        report = {}
        for line in self.report.read_text().splitlines():
            key, _, value = line.partition("=")
            report.setdefault(key, []).append(value)
        return report
