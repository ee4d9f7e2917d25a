# SPDX-License-Identifier: MIT
"""What PAM sees of csolink: each file of tests/scenarios is a test, on the real libpam."""

import re
import subprocess

import pytest

from support.places import BUILD, PATIENCE, TREE

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


def test_each_option_has_a_login_with_each_control():
    table = re.findall(r"^\.It Cm (\w+)", (BUILD / "pam_options.mdoc").read_text(), re.M)
    stacks = "".join(path.read_text() for path in FOLDER.glob("login-with-*.scenario"))
    for group in ("auth", "account", "password", "session"):
        for control in ("required", "requisite", "optional"):
            lines = re.findall(rf"^{group} +{control} +pam_csolink.so (.*)$", stacks, re.M)
            words = {word.partition("=")[0] for line in lines for word in line.split()}
            assert table and not set(table) - words
