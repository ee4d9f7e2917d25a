# SPDX-License-Identifier: MIT
"""What PAM sees of csolink: each file of tests/scenarios is a test, on the real libpam."""

import subprocess

import pytest

from support.places import PATIENCE, TREE

pytestmark = pytest.mark.pam
FOLDER = TREE / "tests/scenarios"
LEFT_OUT = ": left out: "
TIMEOUT_SECONDS = 70 * PATIENCE


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.scenario")))
def test_scenario(name):
    played = subprocess.run([FOLDER / "run", FOLDER / f"{name}.scenario"], cwd=TREE, text=True,
                            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                            timeout=TIMEOUT_SECONDS)
    if LEFT_OUT in played.stdout:
        pytest.skip(played.stdout.split(LEFT_OUT)[1].strip())
    assert (played.returncode, played.stdout) == (0, "")
