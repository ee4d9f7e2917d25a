# SPDX-License-Identifier: MIT
"""The demo from its beginning to its end."""

import pathlib
import re
import subprocess
import sys

from support.court import WORLD
from support.filer import ACCOUNT
from support.places import AS_ROOT, PATIENCE, TREE

SECONDS = 20 * PATIENCE


def left():
    """What a demo could leave on the machine: processes, and files."""
    processes = {path.name for path in pathlib.Path("/proc").glob("[0-9]*")}
    return processes, {path for top in ("/tmp", "/run") for path in pathlib.Path(top).iterdir()}


def test_demo_shows_the_first_link_in_time_and_leaves_nothing():
    before = left()
    demo = subprocess.run([sys.executable, TREE / "tests/demo/demo.py"], capture_output=True,
                          text=True, timeout=SECONDS)
    assert (demo.returncode, demo.stderr) == (0, "")
    assert ("session optional" if AS_ROOT else "needs root") in re.sub(" +", " ", demo.stdout)
    filled = f"username=jdoe1234\npassword={ACCOUNT['password']}\n"
    assert demo.stdout.count(filled) == 2
    first, second = demo.stdout.split("The same again")
    assert re.findall(r"step +(\d+) of 11", first) == [str(n) for n in range(2, 12)]
    assert "step" not in second
    assert "sign-ons: 1, link submissions at alnd: 1" in second
    filing = WORLD["courts"]["alnd"]["filing_logins"]["jdoe"]["password"]
    assert filing not in demo.stdout and ACCOUNT["otp_secret"] not in demo.stdout
    assert left() == before
